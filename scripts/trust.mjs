#!/usr/bin/env node
// npm run test:trust: runs the tests that docs/trust.md names, and prints what was tried, how often and with what result.
// With --planted it takes away what a row says holds, each row in turn or those that have the words behind it in their
// first cell, and sees that the row's test fails then.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './setup/build.mjs';
import { root, runtimeFolder } from './setup/checkout.mjs';
import { show, showTool } from './setup/child-process.mjs';
import { environmentFor } from './setup/electron-runtime.mjs';
import { setUp } from './setup/set-up.mjs';
import { SetupError, tellFailure } from './setup/setup-error.mjs';
import { tried, trustRows, trustTable } from './test/trust-rows.mjs';
import { plantedFaults } from './trust/planted/planted-faults.mjs';
import { flawsOf } from './trust/planting.mjs';
import { isEndToEnd, runTests } from './trust/run-tests.mjs';
import { tryPlanted } from './trust/try-planted.mjs';

const usage = 'npm run test:trust [-- --planted [WORDS OF A ROW]]';

async function tryRows(rows, env) {
  await bundle({ root, rebuild: false, say: console.log });
  const where = { env, runTool: showTool };
  const units = await runTests(
    rows.filter((row) => !isEndToEnd(row)),
    where,
  );
  // Some rows are about the package.
  const isPackaged = (await show(process.execPath, [join(root, 'scripts', 'package.mjs')], { cwd: root })) === 0;
  const specs = await runTests(rows.filter(isEndToEnd), where);
  const results = tried(rows, [...units.tests, ...specs.tests]);
  console.log(`\n${trustTable(results)}`);
  const held = results.filter((result) => result.held).length;
  console.log(`\n${held} of ${rows.length} held`);
  return isPackaged && held === rows.length;
}

async function plantFaults(rows, words, env) {
  const chosen = rows.filter(({ what }) => what.includes(words));
  if (chosen.length === 0) throw new SetupError(`No row of docs/trust.md has “${words}” in its first cell.`);
  const flaws = flawsOf(rows, plantedFaults, (file) => readFileSync(join(root, file), 'utf8'));
  for (const flaw of flaws) console.log(flaw);
  for (const { what } of chosen) if (plantedFaults[what]?.none !== undefined) console.log(`${what}\n  no fault is planted: ${plantedFaults[what].none}`);
  const withFault = chosen.filter(({ what }) => Array.isArray(plantedFaults[what]));
  const failed = await tryPlanted(withFault, plantedFaults, { env, say: console.log });
  console.log(`\n${failed} of ${withFault.length} failed as they should`);
  return flaws.length === 0 && failed === withFault.length;
}

try {
  const { values, positionals } = parseArgs({ options: { planted: { type: 'boolean', default: false } }, allowPositionals: true });
  if (!values.planted && positionals.length > 0) throw new SetupError(`Words choose rows for --planted only: say ${usage}`);
  const { NODE_EXTRA_CA_CERTS: _, ...usual } = environmentFor(await setUp('test', { build: false }));
  const env = { ...usual, TRUST: 'yes' };
  mkdirSync(runtimeFolder, { recursive: true });
  const rows = trustRows(readFileSync(join(root, 'docs', 'trust.md'), 'utf8'));
  if (rows.length === 0) throw new SetupError('docs/trust.md has no rows: restore it with `git checkout docs/trust.md`.');
  const isGood = values.planted ? await plantFaults(rows, positionals.join(' '), env) : await tryRows(rows, env);
  process.exitCode = isGood ? 0 : 1;
} catch (error) {
  process.exitCode = tellFailure(error, usage);
}
