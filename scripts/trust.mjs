#!/usr/bin/env node
// npm run test:trust: runs the tests that docs/trust.md names, and prints what was tried, how often and with what result.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './setup/build.mjs';
import { readJson, root, runtimeFolder } from './setup/checkout.mjs';
import { showTool } from './setup/child-process.mjs';
import { environmentFor } from './setup/electron-runtime.mjs';
import { setUp } from './setup/set-up.mjs';
import { tellFailure } from './setup/setup-error.mjs';
import { titlePattern, tried, trustRows, trustTable } from './test/trust-rows.mjs';

/** @returns {Promise<import('./test/trust-rows.mjs').RunTest[]>} those that ran, of these rows and of what their files run with them */
async function run(tool, rows, args, env) {
  if (rows.length === 0) return [];
  const file = join(runtimeFolder, `trust-${tool}.json`);
  rmSync(file, { force: true });
  const files = [...new Set(rows.map((row) => row.file))];
  await showTool(tool, [...args(titlePattern(rows)), ...files], { env: { ...env, OUTCOME_FILE: file } });
  return readJson(file)?.tests ?? [];
}

const reporter = (runner) => join(root, 'scripts', 'test', `${runner}-reporter.mjs`);
const unit = (pattern) => ['run', '--reporter=default', `--reporter=${reporter('vitest')}`, '-t', pattern];
// The tests of the package go on from each other, so all of them run.
const endToEnd = (pattern) => ['test', '-c', 'e2e/playwright.config.ts', `--reporter=list,${reporter('playwright')}`, '--grep', `${pattern}|@package`];

try {
  const { NODE_EXTRA_CA_CERTS: _, ...usual } = environmentFor(await setUp('test', { build: false }));
  const env = { ...usual, TRUST: 'yes' };
  mkdirSync(runtimeFolder, { recursive: true });
  await bundle({ root, rebuild: false, say: console.log });
  const rows = trustRows(readFileSync(join(root, 'docs', 'trust.md'), 'utf8'));
  const isSpec = ({ file }) => file.endsWith('.spec.ts');
  const units = rows.filter((row) => !isSpec(row));
  const tests = [...(await run('vitest', units, unit, env)), ...(await run('playwright', rows.filter(isSpec), endToEnd, env))];
  const results = tried(rows, tests);
  console.log(`\n${trustTable(results)}`);
  const broken = results.filter(({ held }) => !held);
  console.log(`\n${results.length - broken.length} of ${results.length} held`);
  process.exitCode = broken.length === 0 && rows.length > 0 ? 0 : 1;
} catch (error) {
  process.exitCode = tellFailure(error);
}
