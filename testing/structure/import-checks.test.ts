import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { violations, type ImportRules } from './import-checks.ts';
import { readSourceTree } from './source-tree.ts';

// A small checkout of real files; each test adds one wrong import to it.

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'source-tree-'));
});
afterEach(() => rm(root, { recursive: true }));

const rules: ImportRules = {
  folders: {
    'src-main/contract': [],
    'src-main/core': [{ to: 'src-main/contract' }],
    'src-main/broker': [{ to: 'src-main/core' }],
    'src-main/broker/ledger': [],
    'src-main/broker/sessions': [{ to: 'src-main/broker/ledger' }],
    'src-main/broker/*': [{ to: 'src-main/broker/sessions' }],
    'src-renderer': [{ to: 'src-main/contract', typesOnly: true }, { to: 'src-main/core/limits.ts' }],
    testing: [{ to: 'src-main/core' }],
    bench: [],
  },
  tests: [{ to: 'testing' }],
  featured: ['src-main/broker'],
  electron: [],
  node: ['src-main/broker', 'testing'],
  production: ['src-main', 'src-renderer'],
  dependencies: ['zod'],
};

/** A checkout that uses every permission in the rules once. */
const sound: Readonly<Record<string, string>> = {
  'src-main/contract/state.ts': `import { z } from 'zod'; export const State = z.string(); export type State = string;`,
  'src-main/core/limits.ts': `import type { State } from '../contract/state.ts'; export type Limit = State;`,
  'src-main/broker/ledger/ledger.ts': `import { readFileSync } from 'node:fs'; import type { Limit } from '../../core/limits.ts'; export const ledger = readFileSync;`,
  'src-main/broker/sessions/sessions.ts': `import { ledger } from '../ledger/ledger.ts'; export const sessions = ledger;`,
  'src-main/broker/broker.ts': `export { sessions } from './sessions/sessions.ts';`,
  'src-renderer/panel.tsx': `import type { State } from '../src-main/contract/state.ts'; import '../src-main/core/limits.ts';`,
  'testing/rig.ts': `import '../src-main/core/limits.ts'; import 'vitest'; import 'node:fs';`,
  'src-main/core/limits.test.ts': `import '../../testing/rig.ts';`,
};

async function found(planted: Readonly<Record<string, string>>, changed: Partial<ImportRules> = {}) {
  const files = { ...sound, ...planted };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return violations(readSourceTree(root, Object.keys(files)), { ...rules, ...changed });
}

it('a tree that keeps to the rules has no violation, and a test may import the test support', async () => {
  expect(await found({})).toEqual([]);
});

it.each([
  ['production code imports the test support', 'src-main/core/wrong.ts', `import '../../testing/rig.ts';`, 'wrong direction'],
  ['a feature imports one that stands on it', 'src-main/broker/ledger/wrong.ts', `import { sessions } from '../sessions/sessions.ts';`, 'wrong direction'],
  ['a feature imports what its layer is put together in', 'src-main/broker/ledger/wrong.ts', `import '../broker.ts';`, 'wrong direction'],
  ['a file of a folder imports a feature that is not in the row for its files', 'src-main/broker/wrong.ts', `import './ledger/ledger.ts';`, 'wrong direction'],
  ['a test imports what neither it nor its folder may', 'src-main/core/wrong.test.ts', `import '../../bench/main.ts';`, 'wrong direction'],
  ['a layer imports one above it', 'src-main/contract/wrong.ts', `export { type Limit } from '../core/limits.ts';`, 'wrong direction'],
  ['the renderer imports a value of the contract', 'src-renderer/wrong.ts', `import { State } from '../src-main/contract/state.ts';`, 'wrong direction'],
  ['a module is loaded later', 'src-main/core/wrong.ts', `export const later = () => import('../broker/ledger/ledger.ts');`, 'wrong direction'],
  ['the renderer imports a module of Node', 'src-renderer/wrong.ts', `import 'node:fs';`, 'node'],
  ['the core imports Electron', 'src-main/core/wrong.ts', `import { app } from 'electron';`, 'electron'],
  ['the core imports a package that brings Electron along', 'src-main/core/wrong.ts', `import 'electron-store';`, 'electron'],
  ['an import leads to a folder', 'src-main/core/wrong.ts', `import '../contract';`, 'unknown target'],
  ['an import leads to no file', 'src-main/core/wrong.ts', `import './gone.ts';`, 'unknown target'],
  ['an import leads to a folder without a rule', 'src-main/core/wrong.ts', `import '../../odd/odd.mjs';`, 'unknown target'],
  ['a package is not a dependency', 'src-main/core/wrong.ts', `import 'vitest';`, 'not a dependency'],
])('%s: that is found', async (_, file, text, what) => {
  expect(await found({ [file]: text, 'odd/odd.mjs': '', 'bench/main.ts': '' })).toContainEqual({ what, where: expect.stringContaining(file) as string });
});

it('a permission that nothing uses is found', async () => {
  const folders = { ...rules.folders, 'src-main/core': [{ to: 'src-main/contract' }, { to: 'src-main/broker' }] };
  expect(await found({}, { folders })).toEqual([{ what: 'unused permission', where: 'src-main/core -> src-main/broker' }]);
});

it('a permission that only a test uses is found', async () => {
  const folders = { ...rules.folders, 'src-main/contract': [{ to: 'src-main/core', typesOnly: true }] };
  const ofTest = { 'src-main/contract/state.test.ts': `import type { Limit } from '../core/limits.ts'; export type L = Limit;` };
  expect(await found(ofTest, { folders })).toEqual([{ what: 'unused permission', where: 'src-main/contract -> src-main/core' }]);
});

it('a right to Electron or Node that nothing uses is found', async () => {
  expect(await found({}, { electron: ['src-main/broker'], node: [...rules.node, 'src-main/core'] })).toEqual([
    { what: 'unused permission', where: 'src-main/broker -> electron' },
    { what: 'unused permission', where: 'src-main/core -> node:' },
  ]);
});

it('a circle of types is found, between files and between folders', async () => {
  const folders = { ...rules.folders, 'src-main/broker/ledger': [{ to: 'src-main/broker/sessions' }] };
  const planted = {
    'src-main/core/one.ts': `import type { Two } from './two.ts'; export type One = Two;`,
    'src-main/core/two.ts': `import type { One } from './one.ts'; export type Two = One;`,
    'src-main/broker/ledger/of-session.ts': `import type { sessions } from '../sessions/sessions.ts'; export type Of = typeof sessions;`,
  };
  expect(await found(planted, { folders })).toEqual([
    { what: 'circle', where: 'src-main/core/one.ts -> src-main/core/two.ts -> src-main/core/one.ts' },
    { what: 'circle', where: 'src-main/broker/ledger -> src-main/broker/sessions -> src-main/broker/ledger' },
  ]);
});

it('a new folder of a layer needs a rule of its own', async () => {
  expect(await found({ 'src-main/broker/novel/novel.ts': '' })).toEqual([{ what: 'no rule', where: 'src-main/broker/novel' }]);
  expect(await found({ 'odd/odd.ts': '' })).toContainEqual({ what: 'no rule', where: 'odd' });
});
