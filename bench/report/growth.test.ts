import { expect, test } from 'vitest';
import { growthRows, pointsOf } from './growth.ts';

const growth = new Map([
  [1, [1, 2, 3]],
  [1000, [30, 10, 20]],
]);

test('what grows is a line with a point for each count, and a row of the table', () => {
  expect(pointsOf(growth)).toEqual([
    { count: 1, median: 2, low: 1.5, high: 2.5 },
    { count: 1000, median: 20, low: 15, high: 25 },
  ]);
  expect(growthRows('status', 'ms', 'sessions', growth).map(({ what, ours }) => [what, ours.median])).toEqual([
    ['status, 1 session', 2],
    ['status, 1,000 sessions', 20],
  ]);
});
