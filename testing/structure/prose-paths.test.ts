import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';
import { commentsOf, foldersOf, isLinkSound, linksIn, pathsIn, problemOf } from './prose-paths.ts';
import { trackedFiles } from './source-tree.ts';

/** Files in the app's own data folder, whose names look like paths of the checkout. */
const ofTheApp = ['vault/access-keys', 'vault/new-access-keys', 'vault/sessions'];

const files = trackedFiles(checkout);
const folders = foldersOf(files);
const places = new Set([...files, ...folders]);
const names = new Set([...folders].map((folder) => basename(folder)));

// The change log names files as they were called at the time.
const documents = files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
const commented = files.filter((file) => /\.(tsx?|mts|mjs|cjs|css|yml)$/.test(file) || ['bin/sts-tray', '.ci/run', '.gitignore'].includes(file));

const read = (file: string): string => readFileSync(join(checkout, file), 'utf8');
const named = [...documents.map((file) => ({ file, text: read(file) })), ...commented.map((file) => ({ file, text: commentsOf(file, read(file)) }))].flatMap(
  ({ file, text }) => pathsIn(text, names).map((each) => ({ file, ...each })),
);

it('every path that a document or a comment names leads to one file or folder', () => {
  expect(named.length).toBeGreaterThan(300);
  const wrong = named
    .filter(({ path }) => !ofTheApp.includes(path))
    .flatMap(({ file, line, path }) => {
      const problem = problemOf(path, file, places);
      return problem === null ? [] : [`${file}:${line}: ${path} ${problem}`];
    });
  expect(wrong).toEqual([]);
});

it('every path that is excused is still named somewhere, and leads nowhere', () => {
  const needed = new Set(named.filter(({ file, path }) => problemOf(path, file, places) !== null).map(({ path }) => path));
  expect(ofTheApp.filter((path) => !needed.has(path))).toEqual([]);
});

it('every link of a document leads to a file or folder from where the document is', () => {
  const links = documents.flatMap((file) => linksIn(read(file)).map((link) => ({ file, ...link })));
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter(({ file, path }) => !isLinkSound(path, file, places))).toEqual([]);
});

// A small checkout, in which only the names matter.
const few = ['src/broker/sheets.ts', 'src/broker/main.ts', 'src/cli/main.ts', 'docs/how-to.md', 'assets/en/errors.json', 'assets/ja/errors.json'];
const fewFolders = foldersOf(few);
const fewPlaces = new Set([...few, ...fewFolders]);
const paths = (text: string) => pathsIn(text, new Set([...fewFolders].map((folder) => basename(folder)))).map(({ path }) => path);

it('a path is a name of a source file, or begins with a folder of the checkout', () => {
  expect(paths('see `sheets.ts`, broker/, and src/broker/gone.ts.')).toEqual(['sheets.ts', 'broker/', 'src/broker/gone.ts']);
  expect(paths('assets/*/errors.json, assets/<language>/ and src/{cli,broker}/main.ts:')).toEqual([
    'assets/*/errors.json',
    'assets/<language>/',
    'src/{cli,broker}/main.ts',
  ]);
});

it('addresses, packages, files of the user and words with a slash between them are no paths', () => {
  expect(paths('https://example.com/src/main.html, @aws-sdk/src, ~/src/x, /broker/x, $HOME/src, main.tf, read/write')).toEqual([]);
});

it('a path may be written from the top, from beside the file that names it, or as an end that one place has', () => {
  const sound = ['src/broker/sheets.ts', 'sheets.ts', 'broker/sheets.ts', 'broker/', 'main.ts', '../cli/main.ts', 'assets/*/errors.json', 'assets/<language>/'];
  expect(sound.map((path) => problemOf(path, 'src/broker/broker.ts', fewPlaces))).toEqual(sound.map(() => null));
});

it('a path that leads nowhere, or to one of several places, is wrong', () => {
  expect(problemOf('broker/gone.ts', 'docs/how-to.md', fewPlaces)).toBe('leads nowhere');
  expect(problemOf('roker/sheets.ts', 'docs/how-to.md', fewPlaces)).toBe('leads nowhere');
  expect(problemOf('assets/*/gone.json', 'docs/how-to.md', fewPlaces)).toBe('leads nowhere');
  expect(problemOf('../gone.ts', 'src/broker/broker.ts', fewPlaces)).toBe('leads nowhere');
  expect(problemOf('main.ts', 'docs/how-to.md', fewPlaces)).toBe('may be src/broker/main.ts or src/cli/main.ts');
});

it('of a source only the comments are read, and lines keep their numbers', () => {
  expect(pathsIn(commentsOf('a.ts', "import './gone.ts';\n/* In\n broker/gone.ts */ f('src/gone.ts'); // sheets.ts"), new Set(['broker', 'src']))).toEqual([
    { line: 3, path: 'broker/gone.ts' },
    { line: 3, path: 'sheets.ts' },
  ]);
  expect(commentsOf('a.css', 'a { } /* b.ts */')).toBe('      /* b.ts */');
  expect(commentsOf('a.yml', 'a: b#c # d.ts\n')).toBe('       # d.ts\n');
});

it('a link is read without the heading that it leads to, and leads from the folder of its file', () => {
  expect(linksIn('[one](how-to.md#two) [two](https://example.com) [three](#four)')).toEqual([{ line: 1, path: 'how-to.md' }]);
  expect(isLinkSound('../docs/how-to.md', 'docs/other.md', fewPlaces)).toBe(true);
  expect(isLinkSound('docs/how-to.md', 'docs/other.md', fewPlaces)).toBe(false);
});
