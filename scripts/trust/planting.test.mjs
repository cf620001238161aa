import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../setup/checkout.mjs';
import { trustRows } from '../test/trust-rows.mjs';
import { plantedFaults } from './planted/planted-faults.mjs';
import { flawsOf, planted } from './planting.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');
const row = (what) => ({ what, times: 1, file: 'a.test.ts', title: 'a › b' });
const change = { file: 'lock.ts', find: '0o600', put: '0o644' };
const flaws = (names, faults) => flawsOf(names.map(row), faults, () => 'mode 0o600');

describe('A planted fault', () => {
  test('every row of docs/trust.md has a fault that can be planted, or a reason why there is none', () => {
    expect(flawsOf(trustRows(read('docs/trust.md')), plantedFaults, read)).toEqual([]);
  });

  test('a planted fault changes its text and nothing else', () => {
    expect(planted('mode 0o600;', change)).toBe('mode 0o644;');
    expect(planted('a', { find: 'a', put: '$&$1' })).toBe('$&$1');
    expect(flaws(['a kill'], { 'a kill': [change] })).toEqual([]);
    expect(flaws(['a kill'], { 'a kill': { none: 'a reason' } })).toEqual([]);
  });

  test.each([
    ['is missing for a row', [], {}, 'No fault is planted for the row “a kill”'],
    ['could be that of two rows', ['a kill'], { 'a kill': [change] }, 'Two rows of docs/trust.md are called “a kill”'],
    ['belongs to no row', [], { 'a kill': [change], gone: [change] }, 'a fault for “gone”, which is no row'],
    ['is nowhere in its file', [], { 'a kill': [{ ...change, find: '0o700' }] }, 'stands 0 times in lock.ts'],
    ['is in two places', [], { 'a kill': [{ ...change, find: 'o' }] }, 'stands 2 times in lock.ts'],
    ['changes nothing', [], { 'a kill': [{ ...change, put: change.find }] }, 'changes nothing'],
  ])('a planted fault that %s is told of', (_, more, faults, sentence) => {
    expect(flaws(['a kill', ...more], faults)).toEqual([expect.stringContaining(sentence)]);
  });
});
