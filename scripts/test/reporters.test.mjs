import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, runtimeFolder } from '../setup/checkout.mjs';
import { captureTool } from '../setup/child-process.mjs';

// The real runners, on small suites in a folder from which node_modules is found.
let folder;

beforeAll(async () => {
  await mkdir(runtimeFolder, { recursive: true });
  folder = await mkdtemp(join(runtimeFolder, 'reporters-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function outcomeOf(tool, args) {
  const file = join(folder, `${tool}.json`);
  // A worker's variables would make the inner runner believe that it is a worker.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|TEST|NODE_ENV)/.test(name)));
  await captureTool(tool, args, { cwd: folder, env: { ...env, OUTCOME_FILE: file } });
  return JSON.parse(await readFile(file, 'utf8'));
}

const reporter = (runner) => join(root, 'scripts', 'test', `${runner}-reporter.mjs`);

describe('The reporters', () => {
  test('the reporter of Vitest counts tests, broken files, and skips with their reasons', async () => {
    await writeFile(
      join(folder, 'a.test.mjs'),
      `import { describe, test } from 'vitest';
       test('passes', ({ task }) => { task.meta.times = 7; });
       test('fails', () => { throw new Error('no'); });
       describe('in a group', () => { test('is skipped', ({ skip }) => skip('needs macOS')); });`,
    );
    await writeFile(join(folder, 'broken.test.mjs'), `import './missing.mjs';`);
    await writeFile(join(folder, 'vitest.config.mjs'), 'export default {};');
    const outcome = await outcomeOf('vitest', ['run', `--reporter=${reporter('vitest')}`]);
    expect(outcome).toEqual({
      passed: 1,
      failed: [
        { title: 'a.test.mjs › fails', reason: 'no' },
        { title: 'broken.test.mjs', reason: expect.stringContaining('./missing.mjs') },
      ],
      skipped: [{ title: 'a.test.mjs › in a group › is skipped', reason: 'needs macOS' }],
      tests: [
        { title: 'a.test.mjs › passes', state: 'passed', times: 7 },
        { title: 'a.test.mjs › fails', state: 'failed', times: 1 },
        { title: 'a.test.mjs › in a group › is skipped', state: 'skipped', times: 1 },
      ],
    });
  });

  test('the reporter of Playwright counts tests, broken files, and skips with their reasons', async () => {
    await writeFile(
      join(folder, 'a.spec.mjs'),
      `import { test } from 'playwright/test';
       test('passes', () => { test.info().annotations.push({ type: 'times', description: '7' }); });
       test('fails', () => { throw new Error('no'); });
       test('fails once', () => { if (test.info().retry === 0) throw new Error('not yet'); });
       test.describe('in a group', () => { test('is skipped', () => test.skip(true, 'needs macOS')); });`,
    );
    await writeFile(join(folder, 'playwright.config.mjs'), `export default { testMatch: '*.spec.mjs', retries: 1 };`);
    const outcome = await outcomeOf('playwright', ['test', `--reporter=${reporter('playwright')}`]);
    expect(outcome).toEqual({
      passed: 2,
      failed: [{ title: 'a.spec.mjs › fails', reason: 'Error: no\nError: no' }],
      skipped: [{ title: 'a.spec.mjs › in a group › is skipped', reason: 'needs macOS' }],
      unsteady: [{ title: 'a.spec.mjs › fails once', reason: 'Error: not yet' }],
      tests: [
        { title: 'a.spec.mjs › passes', state: 'passed', times: 7 },
        { title: 'a.spec.mjs › fails', state: 'failed', times: 1 },
        { title: 'a.spec.mjs › fails once', state: 'unsteady', times: 1 },
        { title: 'a.spec.mjs › in a group › is skipped', state: 'skipped', times: 1 },
      ],
    });
    await writeFile(join(folder, 'broken.spec.mjs'), `import './missing.mjs';`);
    const broken = await outcomeOf('playwright', ['test', `--reporter=${reporter('playwright')}`]);
    expect(broken.failed).toContainEqual({ title: 'outside of any test', reason: expect.stringContaining('missing.mjs') });
    // It starts a runner twice, which takes long on a busy machine.
  }, 60_000);
});
