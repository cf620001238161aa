import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';
import { trackedFiles } from './source-tree.ts';

const json = (file: string): unknown => JSON.parse(readFileSync(join(checkout, file), 'utf8'));

it('the types that the checks go by are those of the Electron that is shipped', () => {
  const { devDependencies } = json('package.json') as { devDependencies: Record<string, string> };
  const { version, types } = json('node_modules/electron/package.json') as { version: string; types: string };
  expect(devDependencies['electron']).toBe(`^${version}`);
  expect(readFileSync(join(checkout, 'node_modules/electron', types), 'utf8')).toContain(`// Type definitions for Electron ${version}`);
});

it('what that Electron deprecates is an error of the linter in the main process', () => {
  const { overrides } = json('.oxlintrc.json') as { overrides: readonly { files: readonly string[]; rules: Record<string, unknown> }[] };
  expect(overrides.filter(({ files }) => files.includes('src-main/**')).map(({ rules }) => rules['typescript/no-deprecated'])).toEqual(['error']);
});

it('no source that uses Electron steps over its types, nor over what it deprecates', () => {
  const sources = trackedFiles(checkout).filter((file) => /^src-main\/.*\.ts$/.test(file) && !file.includes('.test.'));
  const using = sources.map((file) => readFileSync(join(checkout, file), 'utf8')).filter((text) => text.includes(" from 'electron';"));
  // Where it looks there is something to find.
  expect(using.length).toBeGreaterThan(20);
  expect(using.filter((text) => /\bas unknown as\b|no-deprecated/.test(text))).toEqual([]);
});
