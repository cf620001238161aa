import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One import of one file. Paths are from the top of the checkout, with `/` on every platform. */
export type Import = {
  readonly file: string;
  /** The file that it leads to, or a package's specifier as it is written. */
  readonly to: string;
  readonly kind: 'file' | 'package' | 'missing';
  readonly typesOnly: boolean;
  /** Whether it is loaded by an `import()`, and so only when that runs. */
  readonly dynamic?: boolean;
};

export type SourceTree = { readonly files: readonly string[]; readonly imports: readonly Import[] };

/** The files of a checkout that git tracks or would track; ignored and deleted ones are left out. */
export function trackedFiles(root: string): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
  return [...new Set(listed.split('\0'))].filter((file) => file !== '' && existsSync(join(root, file)));
}

/** Reads what the TypeScript and JavaScript files among `files` import. */
export function readSourceTree(root: string, files: readonly string[]): SourceTree {
  const sources = files.filter((file) => /\.(tsx?|mts|mjs)$/.test(file) && !file.endsWith('.d.ts'));
  return { files: sources, imports: sources.flatMap((file) => importsOf(root, file)) };
}

/** The files and packages that are loaded with a file, before it runs. */
export function loadedWith(file: string, { imports }: SourceTree): ReadonlySet<string> {
  const loaded = new Set([file]);
  const runs = imports.filter(({ typesOnly, dynamic }) => !typesOnly && dynamic !== true);
  for (const each of loaded) for (const { to } of runs.filter((one) => one.file === each)) loaded.add(to);
  return loaded;
}

function importsOf(root: string, file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { module } = parseSync(file, text);
  const entry = (specifier: string, typesOnly: boolean): Import => ({ file, typesOnly, ...target(root, file, specifier) });
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) => entry(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType))),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest ? [entry(moduleRequest.value, isType)] : [])),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
      literals(text.slice(start, end)).map((specifier) => ({ ...entry(specifier, false), dynamic: true })),
    ),
  ];
}

/** The text of a literal; nothing for an expression, which cannot be evaluated here. */
function literals(source: string): readonly string[] {
  const literal = /^(['"])(.*)\1$/.exec(source)?.[2];
  return literal === undefined ? [] : [literal];
}

function target(root: string, file: string, specifier: string): Pick<Import, 'to' | 'kind'> {
  if (!specifier.startsWith('.')) return { to: specifier, kind: 'package' };
  const path = resolve(root, dirname(file), specifier.replace(/\?.*$/, ''));
  return { to: relative(root, path).split(sep).join('/'), kind: statSync(path, { throwIfNoEntry: false })?.isFile() === true ? 'file' : 'missing' };
}
