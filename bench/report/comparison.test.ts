import { describe, expect, test } from 'vitest';
import { changeText, comparisonWith, renewed } from './comparison.ts';
import { table } from './report.ts';
import { rowOf, type Measured } from './row.ts';

const row = (ours: readonly number[], more: Partial<Measured> = {}) => rowOf({ what: 'start', unit: 'ms', ours, budget: { kind: 'information' }, ...more });
const against = (values: readonly number[]) => ({ reference: { what: 'an empty app', values } });

describe('a comparison with what was measured before', () => {
  test('a comparison with what was measured before says "worse" or "better" only beyond the middle halves', () => {
    const before = row([100, 110, 120]);
    expect(changeText(row([100, 119, 130]), before)).toBe('110 ms (105–115)');
    expect(changeText(row([120, 130, 140]), before)).toBe('110 ms (105–115): worse now');
    expect(changeText(row([80, 90, 100]), before)).toBe('110 ms (105–115): better now');
  });

  test('a comparison with what was measured before knows where more is better', () => {
    const answers = (...ours: readonly number[]) => row(ours, { unit: '/s', better: 'more' });
    expect(changeText(answers(500, 510, 520), answers(100, 110, 120))).toContain(': better now');
    expect(changeText(answers(50, 51, 52), answers(100, 110, 120))).toContain(': worse now');
  });

  test('a comparison with what was measured before takes the ratio where there is one, as the machine may be slower now', () => {
    const before = row([110, 120, 130], against([100, 100, 100]));
    expect(changeText(row([220, 240, 260], against([200, 200, 200])), before)).toBe('1.20 × (1.15–1.25)');
    expect(changeText(row([110, 120, 130], against([50, 50, 50])), before)).toContain(': worse now');
  });

  test('a comparison with what was measured before believes one measurement of a number of calls, and not one of a time', () => {
    expect(changeText(row([900]), row([100]))).toBe('100 ms');
    expect(changeText(row([3], { unit: '' }), row([1], { unit: '' }))).toBe('1: worse now');
  });

  test('a comparison with what was measured before finds the same row against the same reference, and says nothing of a new one', () => {
    const before = [row([1], against([1])), row([2])];
    const comparison = comparisonWith(before);
    expect([comparison(row([7])), comparison(row([7], against([1]))), comparison(row([7], { what: 'another' }))]).toEqual([before[1], before[0], null]);
    expect(changeText(row([7]), null)).toBe('');
  });
});

test('a result that is kept has all that was ever measured, as it was last', () => {
  const kept = renewed([row([1]), row([2], { what: 'memory' })], [row([3], { what: 'prompt' }), row([4])]);
  expect(kept.map(({ what, ours }) => [what, ours.median])).toEqual([
    ['start', 4],
    ['memory', 2],
    ['prompt', 3],
  ]);
});

test('the table has a column for the result of before where there is one', () => {
  const [header = '', , line = ''] = table([row([120, 130, 140])], comparisonWith([row([100, 110, 120])])).split('\n');
  expect(header).toContain('| before');
  expect(line).toContain('110 ms (105–115): worse now');
  expect(table([row([1])])).not.toContain('before');
});
