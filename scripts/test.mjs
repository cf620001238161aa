#!/usr/bin/env node
// npm test: types, format, lint, unit and e2e tests, or the part that the words behind it select; with
// --with-package also the package; with --with-desktop also a day's work on one whole desktop; with --trust as often as
// docs/trust.md says, whose tables have to hold then.
// Runs every step, even when an earlier one has failed, and ends with one line that sums them up.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './setup/build.mjs';
import { readJson, root, runtimeFolder } from './setup/checkout.mjs';
import { show, showTool } from './setup/child-process.mjs';
import { environmentFor } from './setup/electron-runtime.mjs';
import { setUp } from './setup/set-up.mjs';
import { SetupError, tellFailure } from './setup/setup-error.mjs';
import { baseOfChange, changeSince } from './test/change.mjs';
import { ofRun, parseTitles, refuseManyUnsteady, requireAllBut, single, sum, summaryLine } from './test/outcome.mjs';
import { runSteps } from './test/run-steps.mjs';
import { selectionOf, specsFor, usage } from './test/selection.mjs';
import { tried, trustRows, trustTable, unheld } from './test/trust-rows.mjs';

const reporter = (runner) => join(root, 'scripts', 'test', `${runner}-reporter.mjs`);

/** @typedef {import('./test/run-steps.mjs').Step} Step */

/** @type {Step} */
const buildStep = { name: 'build', run: () => build() };

/** @type {Step[]} */
const checks = [
  { name: 'types', run: async (runTool) => single(await runTool('tsc', ['--noEmit'])) },
  { name: 'format', run: async (runTool) => single(await runTool('oxfmt', ['--check'])) },
  { name: 'lint', run: async (runTool) => single(await runTool('oxlint', ['--type-aware', '--deny-warnings'])) },
];

/** @returns {Step} */
const unitStep = (env, ...selection) => ({
  name: 'unit tests',
  run: (runTool) => withReporter(runTool, 'vitest', ['run', '--reporter=default', `--reporter=${reporter('vitest')}`, ...selection], env),
});

/** @returns {Step} */
const endToEndStep = (env, specs) => ({ name: 'e2e tests', run: (runTool) => endToEnd(runTool, env, '--grep-invert', '@package', ...specs) });

/**
 * @param {import('./test/selection.mjs').Selection} selection
 * @returns {Promise<(Step | Step[])[]>}
 */
async function stepsFor({ kind, paths }, env) {
  switch (kind) {
    case 'unit':
      return [unitStep(env, ...paths)];
    case 'e2e':
      return [buildStep, endToEndStep(env, paths)];
    case 'changed':
      return stepsForChange(await changeSince(await baseOfChange()), env);
    default:
      return [buildStep, besideEndToEnd(unitStep(env, oneWorker)), endToEndStep(env, [])];
  }
}

/** The tests that go through windows wait for them half of the time, in which the others run. */
const besideEndToEnd = (unit) => [...checks, unit];
const oneWorker = '--maxWorkers=1';

function stepsForChange({ base, files }, env) {
  const specs = specsFor(files);
  console.log(`${files.length} files differ from ${base}. Specs: ${specs.join(' ') || 'none'}.`);
  const unit = (...more) => unitStep(env, '--changed', base, '--passWithNoTests', ...more);
  return specs.length === 0 ? [...checks, unit()] : [buildStep, besideEndToEnd(unit(oneWorker)), endToEndStep(env, specs)];
}

/** @returns {Step[]} */
const packageSteps = (env) => [
  { name: 'package', run: async () => single(await show(process.execPath, ['scripts/package.mjs'])) },
  { name: 'tests of the package', run: (runTool) => endToEnd(runTool, env, '--grep', '@package') },
];

/** @type {Step} As an ordinary user, with Chromium's sandbox on, as no other test has it where these run as root. */
const desktopStep = { name: 'a day on a desktop', run: async () => single(await show(process.execPath, ['scripts/desktops/main.mjs', '--sample'])) };

async function build() {
  try {
    await bundle({ root, rebuild: false, say: console.log });
    return single(0);
  } catch (error) {
    return single(tellFailure(error));
  }
}

const endToEnd = (runTool, env, ...selection) => {
  const args = ['test', '-c', 'e2e/playwright.config.ts', `--reporter=list,${reporter('playwright')}`, ...selection];
  return withReporter(runTool, 'playwright', args, env);
};

/** Runs a test runner with one of our reporters, which writes the outcome to a file. */
async function withReporter(runTool, tool, args, env) {
  const file = join(runtimeFolder, `${tool}-outcome.json`);
  rmSync(file, { force: true });
  const exitCode = await runTool(tool, args, { env: { ...env, OUTCOME_FILE: file } });
  return ofRun(exitCode, readJson(file));
}

/** Shows the tables of docs/trust.md as these steps left them. A row that does not hold counts as failed. */
function trust(outcomes) {
  const rows = trustRows(readFileSync(join(root, 'docs', 'trust.md'), 'utf8'));
  const results = tried(
    rows,
    outcomes.flatMap(({ tests = [] }) => tests),
  );
  console.log(`\n── what docs/trust.md says\n${trustTable(results)}`);
  return { passed: 0, failed: unheld(results), skipped: [] };
}

const indented = (reason) => (reason ?? 'no reason given').replaceAll('\n', '\n  ');

/** Tests that only another operating system can run, so that even CI may skip them. */
const allowedSkips = () => parseTitles(readFileSync(join(root, '.ci', 'allowed-skips.txt'), 'utf8'));

try {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const { values, positionals } = parseArgs({ options: { 'with-package': flag, 'with-desktop': flag, trust: flag }, allowPositionals: true });
  const selection = selectionOf(positionals);
  if (selection === null) throw new SetupError(`There is no test run called "${positionals.join(' ')}": say ${usage}`);
  if (values.trust && !(selection.kind === 'all' && values['with-package']))
    throw new SetupError('--trust needs every test, also --with-package: `npm run test:trust` runs its own alone.');
  // The tests reach nothing that would have such a certificate, and Node reads them all at each start.
  const { NODE_EXTRA_CA_CERTS: _, ...usual } = environmentFor(await setUp('test', { build: false }));
  const env = values.trust ? { ...usual, TRUST: 'yes' } : usual;
  mkdirSync(runtimeFolder, { recursive: true });

  const more = [...(values['with-package'] ? packageSteps(env) : []), ...(values['with-desktop'] ? [desktopStep] : [])];
  const steps = [...(await stepsFor(selection, env)), ...more];
  const outcomes = await runSteps(steps, showTool);
  const all = refuseManyUnsteady(sum(values.trust ? [...outcomes, trust(outcomes)] : outcomes));
  const total = process.env.CI === 'true' ? requireAllBut(allowedSkips(), all) : all;
  console.log();
  for (const { title, reason } of total.skipped) console.log(`Skipped: ${title} (${reason ?? 'no reason given'})`);
  for (const { title, reason } of total.unsteady) console.log(`Passed at the second try only: ${title}\n  ${indented(reason)}`);
  // Told again, since thousands of lines may stand between a failure and the end.
  for (const { title, reason } of total.failed) console.log(`Failed: ${title}\n  ${indented(reason)}`);
  process.exitCode = total.failed.length > 0 ? 1 : 0;
  console.log(summaryLine(total));
} catch (error) {
  process.exitCode = tellFailure(error, usage);
  console.log(summaryLine(sum([single(process.exitCode)])));
}
