import { describe, expect, test } from 'vitest';
import { ofRun, parseTitles, reasonOfErrors, refuseManyUnsteady, requireAllBut, single, sum, summaryLine } from './outcome.mjs';

const named = (title) => ({ title, reason: 'needs macOS' });
const broken = (exitCode) => ({ title: 'the tool itself', reason: `it ended with ${exitCode}` });

describe('The outcome of the tests', () => {
  test('the outcome of the tests sums all steps up in one line', () => {
    const total = sum([single(0), single(1), { passed: 10, failed: [named('b'), named('c')], skipped: [named('a')] }]);
    expect(summaryLine(total)).toBe('11 passed, 3 failed, 1 skipped');
  });

  test('the outcome of the tests counts a runner that broke down without a report as one failure', () => {
    expect(ofRun(0, null)).toEqual({ passed: 0, failed: [broken(0)], skipped: [] });
  });

  test('the outcome of the tests counts one failure when the runner failed and no test did', () => {
    expect(ofRun(1, { passed: 5, failed: [], skipped: [] })).toMatchObject({ passed: 5, failed: [broken(1)] });
  });

  test('the outcome of the tests counts the failed tests alone when there are some', () => {
    expect(ofRun(1, { passed: 5, failed: [named('b')], skipped: [] })).toMatchObject({ failed: [named('b')] });
  });

  test('the outcome of the tests turns a skipped test into a failure in CI unless it is allowed', () => {
    const outcome = { passed: 1, failed: [], skipped: [named('opens iTerm2'), named('applies with Terraform')] };
    const total = requireAllBut(new Set(['opens iTerm2']), outcome);
    expect(total.failed).toEqual([{ title: 'applies with Terraform', reason: 'it was skipped, but CI requires it: needs macOS' }]);
    expect(summaryLine(total)).toBe('1 passed, 1 failed, 1 skipped');
  });

  test('the outcome of the tests names up to two that passed at the second try, and counts them as passed', () => {
    const total = sum([
      { passed: 9, failed: [], skipped: [], unsteady: [named('a')] },
      { passed: 1, failed: [], skipped: [], unsteady: [named('b')] },
      single(0),
    ]);
    expect(refuseManyUnsteady(total)).toEqual(total);
    expect([summaryLine(total), total.unsteady]).toEqual(['11 passed, 0 failed, 0 skipped', [named('a'), named('b')]]);
  });

  test('the outcome of the tests counts those that passed at the second try as failed where there are three of them', () => {
    const total = refuseManyUnsteady(sum([{ passed: 9, failed: [], skipped: [], unsteady: ['a', 'b', 'c'].map(named) }]));
    expect([summaryLine(total), total.unsteady]).toEqual(['6 passed, 3 failed, 0 skipped', []]);
    expect(total.failed[0]).toEqual({ title: 'a', reason: 'it passed at the second try only, like 2 others: needs macOS' });
  });

  test('the reason of a failure is what its errors say, without colours and cut to a length that a screen takes in', () => {
    expect(reasonOfErrors([{ message: '\u001b[31mexpected 1\u001b[39m' }, { value: 'thrown' }])).toBe('expected 1\nthrown');
    expect(reasonOfErrors([{ message: 'a'.repeat(5000) }])).toHaveLength(800);
    expect(reasonOfErrors([])).toBeNull();
  });

  test('allowed titles are read from lines, without comments and empty ones', () => {
    expect(parseTitles('# on macOS\n\n a › b \nc\n')).toEqual(new Set(['a › b', 'c']));
  });
});
