import { describe, expect, it } from 'vitest';
import { hoursAndMinutes } from './duration.ts';

const second = 1000;
const minute = 60 * second;

describe('hours and minutes', () => {
  it('hours and minutes count a started minute, so a new session reads 8 h 0 min', () => {
    expect(hoursAndMinutes(8 * 60 * minute)).toEqual({ hours: 8, minutes: 0 });
    expect(hoursAndMinutes(8 * 60 * minute - second)).toEqual({ hours: 8, minutes: 0 });
    expect(hoursAndMinutes(second)).toEqual({ hours: 0, minutes: 1 });
    expect(hoursAndMinutes(0)).toEqual({ hours: 0, minutes: 0 });
  });
});
