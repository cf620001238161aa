import { describe, expect, test } from 'vitest';
import { progressLine, watchProgress } from './progress.mjs';

describe('The progress of a run', () => {
  test('the progress of a run says how much is done, for how long, and how long the rest may take', () => {
    expect(progressLine({ name: 'e2e', done: 37, total: 376, elapsedMs: 60_000 })).toBe('[e2e 37/376, 1 min, about 9 left]');
    expect(progressLine({ name: 'unit', done: 0, total: 10, elapsedMs: 1000 })).toBe('[unit 0/10, 1 min]');
  });

  test('the progress of a run is said at most once in half a minute', () => {
    let now = 0;
    const said = [];
    const progress = watchProgress('unit', { say: (line) => said.push(line), now: () => now });
    progress.total = 100;
    for (now = 1000; now <= 61_000; now += 1000) progress.oneMore();
    expect(said).toEqual(['[unit 30/100, 1 min, about 1 left]', '[unit 60/100, 1 min, about 1 left]']);
  });
});
