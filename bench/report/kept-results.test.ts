import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepResults, readResults, writePictures } from './kept-results.ts';
import { rowOf } from './row.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-results-'));
});
afterEach(() => rm(folder, { recursive: true }));

const row = (what: string, value: number) => rowOf({ what, unit: 'ms', ours: [value], budget: { kind: 'information' } });
const june = (day: number) => Date.UTC(2026, 5, day);

test('results that are kept are read again, each row with the day on which it was measured', async () => {
  const file = join(folder, 'results', 'machine.json');
  expect(await readResults(file)).toBeNull();
  await keepResults(file, { machine: '2 × A', rows: [row('start', 1), row('memory', 2)], now: june(1) });
  await keepResults(file, { machine: '2 × A', rows: [row('start', 3)], now: june(2) });
  const kept = await readResults(file);
  expect(kept?.machine).toBe('2 × A');
  expect(kept?.rows.map(({ what, ours, measuredAt }) => [what, ours.median, measuredAt])).toEqual([
    ['start', 3, '2026-06-02'],
    ['memory', 2, '2026-06-01'],
  ]);
});

test('results that are damaged are not taken for none', async () => {
  const file = join(folder, 'machine.json');
  await writeFile(file, '{');
  await expect(readResults(file)).rejects.toThrow(SyntaxError);
});

test('each curve is a picture in the folder', async () => {
  const lines = [{ name: 'a', points: [{ count: 1, median: 1, low: 1, high: 1 }] }];
  await writePictures(join(folder, 'pictures'), [{ name: 'history', title: 'History', of: 'lines', unit: 'ms', lines }]);
  expect(await readFile(join(folder, 'pictures', 'history.svg'), 'utf8')).toMatch(/^<svg /);
});
