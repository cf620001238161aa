import { describe, expect, test } from 'vitest';
import { ofRun, parseTitles, requireAllBut, single, sum, summaryLine } from './outcome.mjs';

const skip = (title) => ({ title, reason: 'needs macOS' });

describe('The outcome of the tests', () => {
  test('the outcome of the tests sums all steps up in one line', () => {
    const total = sum([single(0), single(1), { passed: 10, failed: 2, skipped: [skip('a')] }]);
    expect(summaryLine(total)).toBe('11 passed, 3 failed, 1 skipped');
  });

  test('the outcome of the tests counts a runner that broke down without a report as one failure', () => {
    expect(ofRun(0, null)).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  test('the outcome of the tests counts one failure when the runner failed and no test did', () => {
    expect(ofRun(1, { passed: 5, failed: 0, skipped: [] })).toMatchObject({ passed: 5, failed: 1 });
  });

  test('the outcome of the tests counts the failed tests alone when there are some', () => {
    expect(ofRun(1, { passed: 5, failed: 2, skipped: [] })).toMatchObject({ failed: 2 });
  });

  test('the outcome of the tests turns a skipped test into a failure in CI unless it is allowed', () => {
    const outcome = { passed: 1, failed: 0, skipped: [skip('opens iTerm2'), skip('applies with Terraform')] };
    const { refused, ...rest } = requireAllBut(new Set(['opens iTerm2']), outcome);
    expect(refused).toEqual([skip('applies with Terraform')]);
    expect(summaryLine(rest)).toBe('1 passed, 1 failed, 1 skipped');
  });

  test('allowed titles are read from lines, without comments and empty ones', () => {
    expect(parseTitles('# on macOS\n\n a › b \nc\n')).toEqual(new Set(['a › b', 'c']));
  });
});
