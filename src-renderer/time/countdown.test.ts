import { describe, expect, it } from 'vitest';
import { durationParts, fractionLeft, fullDays, nextDay, nextFullDay, sessionCountdown, startOfDay, waitCountdown, type Countdown } from './countdown.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const until = Date.UTC(2030, 0, 1, 12);

describe('a session countdown', () => {
  it('a session countdown counts started minutes, so that a new session of 8 hours reads 8 hours', () => {
    expect(sessionCountdown.shown(until, until - 8 * hour)).toBe(8 * 3600);
    expect(sessionCountdown.shown(until, until - 8 * hour + 1)).toBe(8 * 3600);
    expect(sessionCountdown.shown(until, until - 8 * hour + minute)).toBe(8 * 3600 - 60);
  });

  it('a session countdown counts seconds in the last ten minutes', () => {
    expect(sessionCountdown.shown(until, until - 10 * minute)).toBe(600);
    expect(sessionCountdown.shown(until, until - 10 * minute + second)).toBe(599);
    expect(sessionCountdown.shown(until, until - 1)).toBe(1);
  });

  it('a session countdown stays at zero once the session has run out', () => {
    expect(sessionCountdown.shown(until, until)).toBe(0);
    expect(sessionCountdown.shown(until, until + hour)).toBe(0);
    expect(sessionCountdown.nextChange(until, until)).toBeNull();
  });

  it('a session countdown is due once a minute at first and once a second at the end', () => {
    expect(sessionCountdown.nextChange(until, until - 2 * hour)).toBe(until - 2 * hour + minute);
    expect(sessionCountdown.nextChange(until, until - 10 * minute)).toBe(until - 10 * minute + second);
    expect(sessionCountdown.nextChange(until, until - 500)).toBe(until);
  });
});

describe('every countdown', () => {
  const countdowns: readonly (readonly [string, Countdown])[] = [
    ['session', sessionCountdown],
    ['wait', waitCountdown],
  ];
  it.each(countdowns)('every countdown changes exactly when it says: %s', (_name, countdown) => {
    for (let now = until - 12 * minute - 321; now < until;) {
      const next = countdown.nextChange(until, now);
      if (next === null) throw new Error('a countdown ended too early');
      expect(next).toBeGreaterThan(now);
      expect(countdown.shown(until, next - 1)).toBe(countdown.shown(until, now));
      expect(countdown.shown(until, next)).toBeLessThan(countdown.shown(until, now));
      now = next;
    }
  });
});

describe('a duration', () => {
  it.each([
    [28_740, { kind: 'hours-minutes', hours: 7, minutes: 59 }],
    [3600, { kind: 'hours', hours: 1 }],
    [3540, { kind: 'minutes', minutes: 59 }],
    [600, { kind: 'minutes', minutes: 10 }],
    [599, { kind: 'minutes-seconds', minutes: 9, seconds: 59 }],
    [60, { kind: 'minutes-seconds', minutes: 1, seconds: 0 }],
    [59, { kind: 'seconds', seconds: 59 }],
    [0, { kind: 'seconds', seconds: 0 }],
  ])('a duration of %i seconds is said in units that a person would use', (seconds, parts) => {
    expect(durationParts(seconds)).toEqual(parts);
  });
});

describe('the ring', () => {
  const span = { issuedAt: until - 8 * hour, expiresAt: until };

  it('the ring empties with the session', () => {
    expect(fractionLeft(span, 4 * 3600)).toBe(0.5);
    expect(fractionLeft(span, 0)).toBe(0);
  });

  it('the ring is never more than full, whatever the clocks say', () => {
    expect(fractionLeft(span, 9 * 3600)).toBe(1);
    expect(fractionLeft({ issuedAt: until, expiresAt: until }, 60)).toBe(0);
  });
});

describe('a day', () => {
  it('a day begins at local midnight and ends at the next', () => {
    const noon = new Date(2030, 0, 31, 12).getTime();
    expect(startOfDay(noon)).toBe(new Date(2030, 0, 31).getTime());
    expect(nextDay(noon)).toBe(new Date(2030, 1, 1).getTime());
  });
});

describe('an age in days', () => {
  const born = until - 90 * 24 * hour;

  it('an age in days counts whole days, and none before it began', () => {
    expect(fullDays(born, until - 1)).toBe(89);
    expect(fullDays(born, until)).toBe(90);
    expect(fullDays(born, born - hour)).toBe(0);
  });

  it('an age in days changes when the next day is full', () => {
    expect(nextFullDay(born, until - 1)).toBe(until);
    expect(nextFullDay(born, until)).toBe(until + 24 * hour);
  });
});
