#!/usr/bin/env node
// npm test: types, lint, unit and e2e tests; with --with-package also the package. Runs every step,
// even when an earlier one has failed, and ends with one line that sums them up.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './setup/build.mjs';
import { readJson, root, runtimeFolder } from './setup/checkout.mjs';
import { show, showTool } from './setup/child-process.mjs';
import { environmentFor } from './setup/electron-runtime.mjs';
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';
import { ofRun, parseTitles, requireAllBut, single, sum, summaryLine } from './test/outcome.mjs';

const reporter = (runner) => join(root, 'scripts', 'test', `${runner}-reporter.mjs`);

const steps = (env) => [
  { name: 'build', run: () => build() },
  { name: 'types', run: async () => single(await showTool('tsc', ['--noEmit'])) },
  { name: 'format', run: async () => single(await showTool('oxfmt', ['--check'])) },
  { name: 'lint', run: async () => single(await showTool('oxlint', ['--type-aware', '--deny-warnings'])) },
  {
    name: 'unit tests',
    run: () => withReporter('vitest', ['run', '--reporter=default', `--reporter=${reporter('vitest')}`], process.env),
  },
  { name: 'e2e tests', run: () => endToEnd(env, '--grep-invert', '@package') },
];

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
  const { values } = parseArgs({ options: { 'with-package': { type: 'boolean', default: false } } });
  const env = environmentFor(await setUp('test', { build: false }));
  mkdirSync(runtimeFolder, { recursive: true });

  const outcomes = [];
  const failedSteps = [];
  for (const { name, run } of [...steps(env), ...(values['with-package'] ? packageSteps(env) : [])]) {
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
  process.exitCode = tellFailure(error, 'node scripts/test.mjs [--with-package]');
  console.log(summaryLine(sum([single(process.exitCode)])));
}
