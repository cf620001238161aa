import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';
import { entriesOf, problemsOf } from './feature-map.ts';
import { isTest } from './import-checks.ts';
import { foldersOf } from './prose-paths.ts';
import { trackedFiles } from './source-tree.ts';

const map = 'docs/feature-map.md';
const files = trackedFiles(checkout);
const sources = files.filter((file) => /^src-(main|renderer)\/.*\.tsx?$/.test(file) && !isTest(file));

it('the feature map names what exists, and has every source file of the app on one row', () => {
  const entries = entriesOf(readFileSync(join(checkout, map), 'utf8'));
  expect(entries.length).toBeGreaterThan(100);
  expect(sources.length).toBeGreaterThan(300);
  expect(problemsOf(entries, map, sources, new Set([...files, ...foldersOf(files)]))).toEqual([]);
});

const few = ['src/core/sessions/session.ts', 'src/core/errors.ts', 'src/broker/sessions/held.ts'];
const problems = (...rows: readonly string[]) =>
  problemsOf(entriesOf(['| feature | core | broker |', '|---|---|---|', ...rows].join('\n')), map, few, new Set([...few, ...foldersOf(few)]));

it('a file is on the row that names it, or the closest folder around it', () => {
  expect(problems('| sessions | `core/sessions/` | `broker/` |', '| errors | `src/core/` | |')).toEqual([]);
});

it('a name that leads nowhere, or to several places, is a problem of the map', () => {
  expect(problems('| all | `src/` `core/gone.ts` `sessions/` |')).toEqual([
    'all: core/gone.ts leads nowhere',
    'all: sessions/ may be src/core/sessions or src/broker/sessions',
  ]);
});

it('a place on two rows is a problem of the map', () => {
  expect(problems('| all | `src/` `core/errors.ts` |', '| errors | `src/core/errors.ts` |')).toEqual(['src/core/errors.ts is on the rows all and errors']);
});

it('a source file on no row is a problem of the map', () => {
  expect(problems('| sessions | `core/sessions/` | `broker/sessions/` |')).toEqual(['src/core/errors.ts is on no row']);
});
