/**
 * How the tests of one step ended.
 * @typedef {{ title: string, reason: string | null }} SkippedTest
 * @typedef {{ passed: number, failed: number, skipped: SkippedTest[] }} Outcome
 */

/** @returns {Outcome} of a step that counts as one test, such as the type check */
export const single = (exitCode) => ({ passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: [] });

/**
 * @param {Outcome | null} written what the reporter left behind; null when the runner broke down
 * @returns {Outcome} with at least one failure whenever the runner says that it failed
 */
export function ofRun(exitCode, written) {
  const outcome = written ?? { passed: 0, failed: 0, skipped: [] };
  const mustFail = exitCode !== 0 || written === null;
  return mustFail && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

/** @returns {Outcome} in which every test that was skipped without being allowed to counts as failed */
export function requireAllBut(allowed, { passed, failed, skipped }) {
  const refused = skipped.filter(({ title }) => !allowed.has(title));
  return { passed, failed: failed + refused.length, skipped: skipped.filter(({ title }) => allowed.has(title)), refused };
}

/** @param {Outcome[]} outcomes */
export const sum = (outcomes) => ({
  passed: outcomes.reduce((total, { passed }) => total + passed, 0),
  failed: outcomes.reduce((total, { failed }) => total + failed, 0),
  skipped: outcomes.flatMap(({ skipped }) => skipped),
});

export const summaryLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped.length} skipped`;

/** The titles in a text with one title per line; a line that starts with `#` is a comment. */
export const parseTitles = (text) =>
  new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
