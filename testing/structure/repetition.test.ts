import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';
import { isTest } from './import-checks.ts';
import { repetitions } from './repetition.ts';
import { trackedFiles } from './source-tree.ts';

it('no function, list of values or pattern stands twice in what ships', () => {
  const shipped = trackedFiles(checkout).filter((file) => /^src-(main|renderer)\/.*\.tsx?$/.test(file) && !isTest(file));
  expect(shipped).toEqual(expect.arrayContaining(['src-main/contract/limits.ts', 'src-renderer/app.tsx']));
  expect(repetitions(checkout, shipped)).toEqual([]);
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'repetition-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What is repeated between two files with these texts. */
async function repeatedIn(one: string, other: string): Promise<readonly string[]> {
  await writeFile(join(folder, 'one.ts'), one);
  await writeFile(join(folder, 'other.ts'), `\n${other}`);
  return repetitions(folder, ['one.ts', 'other.ts']);
}

it('a function that was copied is found under another name, with other comments and line breaks', async () => {
  const body = `return session.kind === 'active' || session.kind === 'expiring' || false;`;
  const found = await repeatedIn(`function isLive(session: S) { ${body} }`, `export function lives(session: S): boolean {\n  // A copy.\n  ${body}\n}`);
  expect(found).toEqual([`one.ts:1, other.ts:2: { ${body} }`]);
});

it('a list that was copied is found in another order', async () => {
  expect(await repeatedIn('const minutes = [30, 10, 2];', 'new Set([2, 10, 30])')).toEqual(['one.ts:1, other.ts:2: [10, 2, 30]']);
  expect(await repeatedIn(`const shells = ['bash', 'fish', 'cmd'] as const;`, `const some = ['bash', 'fish'];`)).toEqual([]);
});

it('a pattern for a whole text is found in both places', async () => {
  expect(await repeatedIn('const id = /^\\w{16,128}$/;', 'if (!/^\\w{16,128}$/.test(id)) refuse();')).toEqual(['one.ts:1, other.ts:2: /^\\w{16,128}$/']);
  expect(await repeatedIn('/, *with an explicit deny/i', '/, *with an explicit deny/i')).toEqual([]);
});
