import { describe, expect, test } from 'vitest';
import { notes, table } from './report.ts';
import { missedBy, rowOf, type Budget } from './row.ts';

const measured = { what: 'start', unit: 'ms' as const, ours: [110, 120, 130], reference: { what: 'an empty app', values: [100, 100, 100] } };
const row = (budget: Budget) => rowOf({ ...measured, budget });

describe('a row', () => {
  test('a row meets a ratio up to its limit', () => {
    expect(missedBy(row({ kind: 'ratio', max: 1.2 }))).toBeNull();
  });

  test('a row tells by how much a ratio is missed', () => {
    expect(missedBy(row({ kind: 'ratio', max: 1.1 }))).toBe('9.09 % over');
  });

  test('a row tells by how much a value is missed', () => {
    expect(missedBy(row({ kind: 'value', max: 60 }))).toBe('100 % over');
    expect(missedBy(row({ kind: 'value', max: 120 }))).toBeNull();
  });

  test('a row tells how many were too many where a number is wanted exactly', () => {
    const calls = (count: number) => rowOf({ what: 'calls', unit: '', ours: [count], budget: { kind: 'exactly', value: 1 } });
    expect(missedBy(calls(1))).toBeNull();
    expect(missedBy(calls(3))).toBe('2 too many');
  });

  test('a row is held to nothing when it is there for information', () => {
    expect(missedBy(row({ kind: 'information' }))).toBeNull();
  });

  test('a row does not meet a ratio to nothing', () => {
    const idle = rowOf({ what: 'CPU', unit: '%', ours: [1], reference: { what: 'an empty app', values: [0] }, budget: { kind: 'ratio', max: 1 } });
    expect(idle.ratio).toBeNull();
    expect(missedBy(idle)).toBe('nothing to compare with');
  });
});

test('why a budget is missed is told only where it is', () => {
  const whyMissed = 'Too much is loaded.';
  const missed = rowOf({ ...measured, budget: { kind: 'ratio', max: 1 }, whyMissed, note: 'On a Monday.' });
  const met = rowOf({ ...measured, budget: { kind: 'ratio', max: 2 }, whyMissed, note: 'On a Monday.' });
  expect(notes([missed, met])).toEqual(['start, against an empty app: Too much is loaded. On a Monday.', 'start, against an empty app: On a Monday.']);
});

test('the table has a line for each row, with medians, quartiles and the verdict', () => {
  const lines = table([row({ kind: 'ratio', max: 1.15 }), rowOf({ what: 'prompts', unit: '', ours: [1], budget: { kind: 'exactly', value: 1 } })]).split('\n');
  expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    '| what | ours | reference | against | ratio | budget | met |',
    lines[1],
    '| start | 120 ms (115–125) | 100 ms (100–100) | an empty app | 1.20 × (1.15–1.25) | ≤ 1.15 × | 4.35 % over |',
    '| prompts | 1 | | | | 1 | yes |',
  ]);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});

test('notes name their row and its reference', () => {
  expect(notes([rowOf({ ...measured, budget: { kind: 'information' }, note: 'as it was.' }), row({ kind: 'information' })])).toEqual([
    'start, against an empty app: as it was.',
  ]);
});
