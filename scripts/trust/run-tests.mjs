import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, root } from '../setup/checkout.mjs';
import { titlePattern } from '../test/trust-rows.mjs';

export const isEndToEnd = ({ file }) => file.endsWith('.spec.ts');

const reporter = (runner) => join(root, 'scripts', 'test', `${runner}-reporter.mjs`);
const unit = (pattern) => ['run', '--reporter=default', `--reporter=${reporter('vitest')}`, '-t', pattern];
// The tests of the package go on from each other, so all of them run. A fault that only the first try sees is seen.
const endToEnd = (pattern) => [
  'test',
  '-c',
  'e2e/playwright.config.ts',
  '--retries=0',
  `--reporter=list,${reporter('playwright')}`,
  '--grep',
  `${pattern}|@package`,
];

/**
 * Runs the tests of rows that are all unit tests or all end to end.
 * @param {readonly import('../test/trust-rows.mjs').TrustRow[]} rows
 * @param {{ folder?: string, env: NodeJS.ProcessEnv, runTool: typeof import('../setup/child-process.mjs').showTool }} where `folder` is a checkout
 * @returns {Promise<Pick<import('../test/outcome.mjs').Outcome, 'tests' | 'failed'>>} of these rows and of what their files run with them
 */
export async function runTests(rows, { folder = root, env, runTool }) {
  const none = { tests: [], failed: [] };
  if (rows.length === 0) return none;
  const [tool, args] = rows.every(isEndToEnd) ? ['playwright', endToEnd] : ['vitest', unit];
  const outcome = join(folder, '.runtime', `trust-${tool}.json`);
  rmSync(outcome, { force: true });
  const files = [...new Set(rows.map(({ file }) => file))];
  await runTool(tool, [...args(titlePattern(rows)), ...files], { cwd: folder, env: { ...env, OUTCOME_FILE: outcome } });
  return readJson(outcome) ?? none;
}
