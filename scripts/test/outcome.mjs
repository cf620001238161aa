import { stripVTControlCharacters } from 'node:util';

/**
 * How the tests of one step ended. What failed has a title and what its error said. What is unsteady failed first and
 * passed when it was tried again; it is among those that passed too.
 * @typedef {{ title: string, reason: string | null }} NamedTest
 * @typedef {{ passed: number, failed: NamedTest[], skipped: NamedTest[], unsteady?: NamedTest[], tests?: import('./trust-rows.mjs').RunTest[] }} Outcome
 */

/** @returns {Outcome} of a step that counts as one test, such as the type check */
export const single = (exitCode) => ({ passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? [] : [ended(exitCode)], skipped: [] });

/**
 * @param {Outcome | null} written what the reporter left behind; null when the runner broke down
 * @returns {Outcome} with at least one failure whenever the runner says that it failed
 */
export function ofRun(exitCode, written) {
  const outcome = written ?? { passed: 0, failed: [], skipped: [] };
  const mustFail = exitCode !== 0 || written === null;
  return mustFail && outcome.failed.length === 0 ? { ...outcome, failed: [ended(exitCode)] } : outcome;
}

const ended = (exitCode) => ({ title: 'the tool itself', reason: `it ended with ${exitCode}` });

/** The longest part of an error that is told again at the end of a run, in characters. */
const toldAgain = 800;

/** @returns {string | null} what the errors of a test say, without colours and not longer than a screen takes in at once */
export function reasonOfErrors(errors) {
  const text = errors.map(({ message, value }) => message ?? value ?? '').join('\n');
  return stripVTControlCharacters(text).trim().slice(0, toldAgain) || null;
}

/** @returns {Outcome} in which every test that was skipped without being allowed to counts as failed */
export function requireAllBut(allowed, { failed, skipped, ...rest }) {
  const refused = skipped.filter(({ title }) => !allowed.has(title));
  return { ...rest, failed: [...failed, ...refused.map(skippedInCi)], skipped: skipped.filter(({ title }) => allowed.has(title)) };
}

const skippedInCi = ({ title, reason }) => ({ title, reason: `it was skipped, but CI requires it: ${reason ?? 'no reason given'}` });

/** How many tests of a run may be unsteady. One in thousands is a test to mend; several are a defect of the app, or a machine that is too busy to judge it. */
const unsteadyAtMost = 2;

/** @returns {Outcome} in which the unsteady tests count as failed where there are too many of them */
export function refuseManyUnsteady({ passed, failed, unsteady, ...rest }) {
  if (unsteady.length <= unsteadyAtMost) return { ...rest, passed, failed, unsteady };
  const told = unsteady.map(({ title, reason }) => ({
    title,
    reason: `it passed at the second try only, like ${unsteady.length - 1} others: ${reason ?? 'no reason given'}`,
  }));
  return { ...rest, passed: passed - unsteady.length, failed: [...failed, ...told], unsteady: [] };
}

/** @param {Outcome[]} outcomes */
export const sum = (outcomes) => ({
  passed: outcomes.reduce((total, { passed }) => total + passed, 0),
  failed: outcomes.flatMap(({ failed }) => failed),
  skipped: outcomes.flatMap(({ skipped }) => skipped),
  unsteady: outcomes.flatMap(({ unsteady = [] }) => unsteady),
});

export const summaryLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;

/** The titles in a text with one title per line; a line that starts with `#` is a comment. */
export const parseTitles = (text) =>
  new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
