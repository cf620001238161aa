import { describe, expect, it } from 'vitest';
import { hoursAndMinutes, saidLength } from './duration.ts';

const second = 1000;
const minute = 60 * second;

describe('hours and minutes', () => {
  it('hours and minutes count a started minute, so a new session has 8 h and no minute', () => {
    expect(hoursAndMinutes(8 * 60 * minute)).toEqual({ hours: 8, minutes: 0 });
    expect(hoursAndMinutes(8 * 60 * minute - second)).toEqual({ hours: 8, minutes: 0 });
    expect(hoursAndMinutes(second)).toEqual({ hours: 0, minutes: 1 });
    expect(hoursAndMinutes(0)).toEqual({ hours: 0, minutes: 0 });
  });
});

describe('how a length of time is said', () => {
  it('a length of whole hours is said without minutes, a shorter one than an hour without hours', () => {
    expect(saidLength(8 * 60 * minute)).toEqual({ kind: 'hours', hours: 8 });
    expect(saidLength(8 * 60 * minute - second)).toEqual({ kind: 'hours', hours: 8 });
    expect(saidLength(7 * 60 * minute + 59 * minute)).toEqual({ kind: 'hours-minutes', hours: 7, minutes: 59 });
    expect(saidLength(59 * minute)).toEqual({ kind: 'minutes', minutes: 59 });
    expect(saidLength(0)).toEqual({ kind: 'minutes', minutes: 0 });
  });
});
