import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../setup/build.mjs';
import { root } from '../setup/checkout.mjs';
import { capture, captureTool } from '../setup/child-process.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { isTestOf } from '../test/trust-rows.mjs';
import { planted } from './planting.mjs';
import { isEndToEnd, runTests } from './run-tests.mjs';

/** @typedef {import('../test/trust-rows.mjs').TrustRow} TrustRow */

/** Stop after the test that runs, so that the copy is removed. */
const signals = ['SIGINT', 'SIGTERM'];

/** How much of what a test says when it fails is told, in characters: enough to see that it is what the row is about. */
const toldOfReason = 200;

/**
 * Plants the fault of each row, one at a time, in a copy of the checkout, and runs the row's test there. Says each result.
 * @param {readonly TrustRow[]} rows
 * @param {Readonly<Record<string, readonly import('./planting.mjs').Change[]>>} faults by the first cells of the rows
 * @param {{ env: NodeJS.ProcessEnv, say: (text: string) => void }} where
 * @returns {Promise<number>} how many of the tests failed as they should
 */
export async function tryPlanted(rows, faults, { env, say }) {
  const folder = await copyOfCheckout();
  let failed = 0;
  let isStopped = false;
  const stop = () => (isStopped = true);
  for (const signal of signals) process.once(signal, stop);
  try {
    for (const row of rows) {
      const fault = faults[row.what];
      const { hasFailed, result } = await withPlanted(fault, folder, () => resultOf(row, folder, env));
      if (isStopped) throw new SetupError('Stopped.');
      if (hasFailed) failed += 1;
      say(`${row.what}\n  in ${[...new Set(fault.map(({ file }) => file))].join(', ')}\n  ${result}`);
    }
  } finally {
    for (const signal of signals) process.off(signal, stop);
    rmSync(folder, { recursive: true });
  }
  return failed;
}

/** The files of the checkout as they are now, committed or not, with what it has installed. */
async function copyOfCheckout() {
  const { code, stdout, stderr } = await capture('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']);
  if (code !== 0) throw new SetupError(`The files of the checkout could not be listed, as git says: ${stderr}`);
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  for (const file of [...stdout.split('\0'), '.runtime']) {
    if (file !== '' && existsSync(join(root, file))) cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  // Some tests ask git which files there are.
  await capture('git', ['init', '--quiet'], { cwd: folder });
  writeFileSync(join(folder, '.git', 'info', 'exclude'), 'node_modules\n');
  return folder;
}

async function withPlanted(fault, folder, run) {
  const files = [...new Set(fault.map(({ file }) => join(folder, file)))];
  const before = files.map((file) => readFileSync(file));
  for (const change of fault) {
    const file = join(folder, change.file);
    writeFileSync(file, planted(readFileSync(file, 'utf8'), change));
  }
  try {
    return await run();
  } finally {
    for (const [index, file] of files.entries()) writeFileSync(file, before[index]);
  }
}

/** @returns {Promise<{ hasFailed: boolean, result: string }>} */
async function resultOf(row, folder, env) {
  const packages = isEndToEnd(row) && readFileSync(join(folder, row.file), 'utf8').includes('@package');
  if (packages) {
    const { code, stderr } = await capture(process.execPath, ['scripts/package.mjs'], { cwd: folder });
    if (code !== 0) return { hasFailed: false, result: `DID NOT FAIL, since it could not be packaged: ${stderr}` };
  } else if (isEndToEnd(row)) await bundle({ root: folder, rebuild: false, say: () => {} });
  const { tests, failed } = await runTests([row], { folder, env, runTool: captureTool });
  const state = tests.find(({ title }) => isTestOf(row, title))?.state;
  if (state === 'passed') return { hasFailed: false, result: 'DID NOT FAIL' };
  const failure = failed.find(({ title }) => isTestOf(row, title)) ?? failed[0];
  const said = (failure?.reason ?? 'no reason given').replaceAll(/\s+/g, ' ').slice(0, toldOfReason);
  // As Vitest and Playwright say it. A test that hangs has seen nothing.
  if (state === 'failed' && /^Test time(d )?out/.test(said)) return { hasFailed: false, result: `DID NOT FAIL, but ran out of time: ${said}` };
  if (state === 'failed') return { hasFailed: true, result: `failed as it should: ${said}` };
  return { hasFailed: false, result: `DID NOT FAIL, since it did not run${failure === undefined ? '' : `: ${said}`}` };
}
