import { expect, it } from 'vitest';
import { firstCheckAt, nextCheckAt } from './check-times.ts';

const hour = 3_600_000;
const now = 1_000 * hour;

it('a check that never was is due at once, and so is one after a clock that was ahead', () => {
  expect(nextCheckAt({ last: null, now, random: 1 })).toBe(now);
  expect(nextCheckAt({ last: now + 1, now, random: 1 })).toBe(now);
});

it('the next check is a day later at the earliest, and not for everybody at the same time', () => {
  expect(nextCheckAt({ last: now, now, random: 0 })).toBe(now + 24 * hour);
  expect(nextCheckAt({ last: now, now, random: 1 })).toBe(now + 26 * hour);
});

it('after a start the app waits a minute at least, and a quarter of an hour at most', () => {
  expect(firstCheckAt({ now, random: 0 })).toBe(now + hour / 60);
  expect(firstCheckAt({ now, random: 1 })).toBe(now + hour / 4);
});
