import { beforeAll, expect, it, vi } from 'vitest';
import { builtChunks, withImports, type Chunk } from './built-chunks.ts';

/** What the main process loads until its tray, its menu and its local API are there, in bytes. Raise it only for a benefit to users. */
const budget = 620_000;

/** What is loaded once somebody needs it. */
const later = [
  '/node_modules/@aws-sdk/',
  '/node_modules/@smithy/',
  '/node_modules/electron-store/',
  '/node_modules/@cdktn/',
  '/node_modules/chokidar/',
  '/src-main/cli/commands/',
];

let chunks: readonly Chunk[];

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production');
  chunks = await builtChunks('main');
}, 60_000);

it('the main process starts without the SDK, without what reads Terraform, watches files and saves settings, and within its budget', () => {
  const all = chunks.flatMap(({ modules }) => modules);
  const start = withImports(['main.cjs', 'app.cjs'], chunks);
  const loaded = start.flatMap(({ modules }) => modules);
  for (const part of later) {
    // Proves that names of modules can be seen, before the test says that one is missing.
    expect(all.filter((name) => name.includes(part))).not.toEqual([]);
    expect(loaded.filter((name) => name.includes(part))).toEqual([]);
  }
  expect(start.reduce((sum, { code }) => sum + code.length, 0)).toBeLessThan(budget);
});

it('no script of the main process has a character that would make engines keep its text in two bytes each', () => {
  expect(chunks.filter(({ code }) => /[^\x00-\xFF]/.test(code)).map(({ fileName }) => fileName)).toEqual([]);
});
