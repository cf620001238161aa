import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { crowdedFolders, longFunctions, testSupportAmong } from './code-shape.ts';
import { isTest } from './import-checks.ts';
import { checkout } from '../app/running-app.ts';
import { trackedFiles } from './source-tree.ts';

const files = trackedFiles(checkout);
const shipped = files.filter((file) => /^src-(main|renderer)\//.test(file));

it('no folder has more than 15 source files', () => {
  expect(crowdedFolders(files, 15)).toEqual([]);
});

it('no function of the main process has more than 80 lines', () => {
  const sources = shipped.filter((file) => file.startsWith('src-main/') && file.endsWith('.ts') && !isTest(file));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap((file) => longFunctions(checkout, file, 80))).toEqual([]);
});

it.each([
  ['src-main/app/app.ts', 90],
  ['src-main/broker/broker.ts', 150],
  ['src-main/main.ts', 60],
])('%s, which puts parts together, has at most %i lines', async (file, max) => {
  expect((await readFile(join(checkout, file), 'utf8')).trimEnd().split('\n').length).toBeLessThanOrEqual(max);
});

it('nothing that serves tests only lies among the sources that ship', () => {
  expect(testSupportAmong(shipped)).toEqual([]);
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code-shape-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('a folder with one source file too many is named with their number, whatever tests and styles lie beside them', () => {
  const many = Array.from({ length: 3 }, (_, index) => `src/part/${index}.ts`);
  expect(crowdedFolders([...many, 'src/part/0.test.ts', 'src/part/a.css', 'src/other.ts'], 2)).toEqual(['src/part: 3 files']);
});

it('a function that is too long is named with its line, be it a declaration, a method or an arrow', async () => {
  const body = Array.from({ length: 3 }, () => '  call();').join('\n');
  await writeFile(
    join(folder, 'long.ts'),
    `function one() {\n${body}\n}\nconst two = () => {\n${body}\n};\nclass C {\n  three() {\n${body}\n  }\n}\nconst short = () => 1;\n`,
  );
  expect(longFunctions(folder, 'long.ts', 4)).toEqual(['long.ts:1: 5 lines', 'long.ts:6: 5 lines', 'long.ts:12: 5 lines']);
});

it('test support is known by its name', () => {
  expect(testSupportAmong(['src/broker-rig.ts', 'src/sample-state.ts', 'src/state.ts'])).toEqual(['src/broker-rig.ts', 'src/sample-state.ts']);
});
