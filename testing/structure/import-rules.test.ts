import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';
import { isTest, violations } from './import-checks.ts';
import { importRules } from './import-rules.ts';
import { loadedWith, readSourceTree, trackedFiles, type Import } from './source-tree.ts';

const { dependencies } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> };
const tree = readSourceTree(checkout, trackedFiles(checkout));

const rules = { ...importRules, dependencies: Object.keys(dependencies) };

it('every import of the checkout keeps to the rules', () => {
  expect(violations(tree, rules)).toEqual([]);
});

it.each<[string, Import]>([
  ['the main process imports test support', { file: 'src-main/core/errors.ts', to: 'testing/samples/sample-state.ts', kind: 'file', typesOnly: true }],
  ['the gallery imports test support', { file: 'src-renderer/gallery/gallery.tsx', to: 'testing/samples/sample-state.ts', kind: 'file', typesOnly: true }],
  [
    'the ledger imports the sessions that record in it',
    { file: 'src-main/broker/ledger/ledger.ts', to: 'src-main/broker/sessions/held-sessions.ts', kind: 'file', typesOnly: true },
  ],
  ['the windows import a schema', { file: 'src-renderer/app.tsx', to: 'src-main/contract/settings.ts', kind: 'file', typesOnly: false }],
  ['the windows import a rule off the shared floor', { file: 'src-renderer/app.tsx', to: 'src-main/core/errors.ts', kind: 'file', typesOnly: true }],
  ['the windows import Node', { file: 'src-renderer/app.tsx', to: 'node:fs', kind: 'package', typesOnly: false }],
  ['the core imports Electron', { file: 'src-main/core/errors.ts', to: 'electron', kind: 'package', typesOnly: true }],
])('%s: these rules find it', (_, planted) => {
  const found = violations({ files: tree.files, imports: [planted] }, rules).filter(({ what }) => what !== 'unused permission');
  expect(found).toMatchObject([{ where: `${planted.file} -> ${planted.to}` }]);
});

it('the imports of the checkout were really read', () => {
  expect(tree.imports.filter(({ file }) => !isTest(file)).length).toBeGreaterThan(1000);
  expect(tree.imports).toContainEqual({ file: 'src-main/main.ts', to: 'src-main/app/app.ts', kind: 'file', typesOnly: false, dynamic: true });
});

it('a start loads no schema library before it knows whether it is the app’s or a command’s, since it would be loaded twice', () => {
  expect(loadedWith('src-main/main.ts', tree)).not.toContain('zod');
  expect(loadedWith('src-main/cli/cli.ts', tree)).toContain('zod');
});
