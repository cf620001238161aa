#!/usr/bin/env node
// npm test: types, format, lint, unit and e2e tests, or the part that the words behind it select; with
// --with-package also the package. Runs every step, even when an earlier one has failed, and ends with
// one line that sums them up.
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
import { ofRun, parseTitles, requireAllBut, single, sum, summaryLine } from './test/outcome.mjs';
import { selectionOf, specsFor, usage } from './test/selection.mjs';

const reporter = (runner) => join(root, 'scripts', 'test', `${runner}-reporter.mjs`);

const buildStep = { name: 'build', run: () => build() };

const checks = [
  { name: 'types', run: async () => single(await showTool('tsc', ['--noEmit'])) },
  { name: 'format', run: async () => single(await showTool('oxfmt', ['--check'])) },
  { name: 'lint', run: async () => single(await showTool('oxlint', ['--type-aware', '--deny-warnings'])) },
];

const unitStep = (...selection) => ({
  name: 'unit tests',
  run: () => withReporter('vitest', ['run', '--reporter=default', `--reporter=${reporter('vitest')}`, ...selection], process.env),
});

const endToEndStep = (env, specs) => ({ name: 'e2e tests', run: () => endToEnd(env, '--grep-invert', '@package', ...specs) });

/** @param {import('./test/selection.mjs').Selection} selection */
async function stepsFor({ kind, paths }, env) {
  switch (kind) {
    case 'unit':
      return [unitStep(...paths)];
    case 'e2e':
      return [buildStep, endToEndStep(env, paths)];
    case 'changed':
      return stepsForChange(await changeSince(await baseOfChange()), env);
    default:
      return [buildStep, ...checks, unitStep(), endToEndStep(env, [])];
  }
}

function stepsForChange({ base, files }, env) {
  const specs = specsFor(files);
  console.log(`${files.length} files differ from ${base}. Specs: ${specs.join(' ') || 'none'}.`);
  const unit = unitStep('--changed', base, '--passWithNoTests');
  return specs.length === 0 ? [...checks, unit] : [buildStep, ...checks, unit, endToEndStep(env, specs)];
}

const packageSteps = (env) => [
  { name: 'package', run: async () => single(await show(process.execPath, ['scripts/package.mjs'])) },
  { name: 'tests of the package', run: () => endToEnd(env, '--grep', '@package') },
];

async function build() {
  try {
    await bundle({ root, rebuild: false, say: console.log });
    return single(0);
  } catch (error) {
    return single(tellFailure(error));
  }
}

const endToEnd = (env, ...selection) => {
  const args = ['test', '-c', 'e2e/playwright.config.ts', `--reporter=list,${reporter('playwright')}`, ...selection];
  return withReporter('playwright', args, env);
};

/** Runs a test runner with one of our reporters, which writes the outcome to a file. */
async function withReporter(tool, args, env) {
  const file = join(runtimeFolder, `${tool}-outcome.json`);
  rmSync(file, { force: true });
  const exitCode = await showTool(tool, args, { env: { ...env, OUTCOME_FILE: file } });
  return ofRun(exitCode, readJson(file));
}

/** Tests that only another operating system can run, so that even CI may skip them. */
const allowedSkips = () => parseTitles(readFileSync(join(root, '.ci', 'allowed-skips.txt'), 'utf8'));

try {
  const { values, positionals } = parseArgs({ options: { 'with-package': { type: 'boolean', default: false } }, allowPositionals: true });
  const selection = selectionOf(positionals);
  if (selection === null) throw new SetupError(`There is no test run called "${positionals.join(' ')}": say ${usage}`);
  const env = environmentFor(await setUp('test', { build: false }));
  mkdirSync(runtimeFolder, { recursive: true });

  const outcomes = [];
  const failedSteps = [];
  for (const { name, run } of [...(await stepsFor(selection, env)), ...(values['with-package'] ? packageSteps(env) : [])]) {
    console.log(`\n── ${name}`);
    const outcome = await run();
    outcomes.push(outcome);
    if (outcome.failed > 0) failedSteps.push(name);
  }

  let total = sum(outcomes);
  console.log();
  if (process.env.CI === 'true') {
    const { refused, ...rest } = requireAllBut(allowedSkips(), total);
    for (const { title, reason } of refused) console.log(`Skipped, but CI requires it: ${title} (${reason ?? 'no reason given'})`);
    total = rest;
  }
  for (const { title, reason } of total.skipped) console.log(`Skipped: ${title} (${reason ?? 'no reason given'})`);
  if (failedSteps.length > 0) console.log(`Failed: ${failedSteps.join(', ')}. What failed is shown above.`);
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(summaryLine(total));
} catch (error) {
  process.exitCode = tellFailure(error, usage);
  console.log(summaryLine(sum([single(process.exitCode)])));
}
