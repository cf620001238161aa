import { dirname } from 'node:path/posix';
import type { Import, SourceTree } from './source-tree.ts';

/** What one folder may import besides itself. Paths are folders or files from the top of the checkout. */
export type Permission = {
  readonly to: string;
  /** Nothing that is there at run time. */
  readonly typesOnly?: boolean;
};

export type ImportRules = {
  /** By folder. A folder may import what its own row and those of the folders around it name. */
  readonly folders: Readonly<Record<string, readonly Permission[]>>;
  /** Folders whose every subfolder needs a row of its own. */
  readonly featured: readonly string[];
  /** Which folders may import `electron`, and which Node's own modules. */
  readonly electron: readonly string[];
  readonly node: readonly string[];
  /** Folders that ship, whose packages have to be dependencies. */
  readonly production: readonly string[];
  readonly dependencies: readonly string[];
};

export type Violation = {
  readonly what: 'wrong direction' | 'unknown target' | 'no rule' | 'unused permission' | 'circle' | 'electron' | 'node' | 'not a dependency';
  readonly where: string;
};

/** A test beside its source, or a spec. It may import whatever it tests with. */
export const isTest = (file: string): boolean => /\.(test|spec)\.(tsx?|mjs)$/.test(file);

/** Everything in the tree that breaks the rules; tests count only for targets that are not there. */
export function violations(tree: SourceTree, rules: ImportRules): readonly Violation[] {
  const imports = tree.imports.filter(({ file }) => !isTest(file));
  return [
    ...tree.imports.filter(({ kind }) => kind === 'missing').map((one) => violation('unknown target', one)),
    ...directions(imports, rules),
    ...packages(imports, rules),
    ...foldersWithoutRule(tree.files, rules).map((where): Violation => ({ what: 'no rule', where })),
    ...circles(imports.filter(({ kind }) => kind === 'file')).map((where): Violation => ({ what: 'circle', where })),
  ];
}

const violation = (what: Violation['what'], { file, to }: Import): Violation => ({ what, where: `${file} -> ${to}` });

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** The row that a file stands under: that of the deepest folder around it. */
function ruleOf(file: string, { folders }: ImportRules): string | undefined {
  return Object.keys(folders)
    .filter((folder) => isWithin(file, folder))
    .toSorted((one, other) => other.length - one.length)[0];
}

function directions(imports: readonly Import[], rules: ImportRules): readonly Violation[] {
  const used = new Set<string>();
  const wrong: Violation[] = [];
  for (const one of imports) {
    if (one.kind !== 'file') continue;
    const [from, to] = [ruleOf(one.file, rules), ruleOf(one.to, rules)];
    if (from === undefined || (to !== undefined && from === to)) continue;
    const rows = Object.entries(rules.folders).filter(([folder]) => isWithin(one.file, folder));
    const granted = rows.flatMap(([folder, permissions]) => permissions.filter((each) => grants(each, one)).map((each) => `${folder} -> ${each.to}`));
    if (granted.length === 0) wrong.push(violation(to === undefined ? 'unknown target' : 'wrong direction', one));
    for (const each of granted) used.add(each);
  }
  const unused = Object.entries(rules.folders)
    .flatMap(([folder, permissions]) => permissions.map(({ to }) => `${folder} -> ${to}`))
    .filter((each) => !used.has(each));
  return [...wrong, ...unused.map((where): Violation => ({ what: 'unused permission', where }))];
}

function grants({ to, typesOnly = false }: Permission, one: Import): boolean {
  return isWithin(one.to, to) && (!typesOnly || one.typesOnly);
}

function packages(imports: readonly Import[], { electron, node, production, dependencies }: ImportRules): readonly Violation[] {
  const isIn = (file: string, folders: readonly string[]): boolean => folders.some((folder) => isWithin(file, folder));
  return imports
    .filter(({ kind }) => kind === 'package')
    .flatMap((one): readonly Violation[] => {
      if (/^electron(\/|$)/.test(one.to)) return isIn(one.file, electron) ? [] : [violation('electron', one)];
      if (one.to.startsWith('node:')) return isIn(one.file, node) ? [] : [violation('node', one)];
      const name = /^(@[^/]+\/)?[^/]+/.exec(one.to)?.[0] ?? one.to;
      return isIn(one.file, production) && !dependencies.includes(name) ? [violation('not a dependency', one)] : [];
    });
}

function foldersWithoutRule(files: readonly string[], { folders, featured }: ImportRules): readonly string[] {
  const ofTop = files.filter((file) => file.includes('/') && ruleOf(file, { folders } as ImportRules) === undefined).map((file) => dirname(file));
  const ofFeatures = featured.flatMap((parent) =>
    files.flatMap((file) => {
      const [feature, inside] = isWithin(file, parent) ? file.slice(parent.length + 1).split('/') : [];
      const folder = `${parent}/${feature ?? ''}`;
      return inside !== undefined && !(folder in folders) ? [folder] : [];
    }),
  );
  return [...new Set([...ofTop, ...ofFeatures])];
}

/** Circles between files, and between folders beside or below each other; an import of types counts. */
function circles(imports: readonly Import[]): readonly string[] {
  const files = imports.map(({ file, to }) => [file, to] as const);
  const folders = files.map(([from, to]) => [dirname(from), dirname(to)] as const);
  return [...new Set([...circlesOf(files), ...circlesOf(folders)])];
}

function circlesOf(edges: readonly (readonly [string, string])[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): void => {
    const start = path.indexOf(node);
    if (start !== -1) found.add(circleOf(path.slice(start)));
    if (start !== -1 || done.has(node)) return;
    for (const other of next.get(node) ?? []) visit(other, [...path, node]);
    done.add(node);
  };
  for (const node of next.keys()) visit(node, []);
  return [...found];
}

/** Written from the name that sorts first, so that one circle is found once. */
function circleOf(nodes: readonly string[]): string {
  const first = nodes.indexOf(nodes.toSorted()[0] ?? '');
  const turned = [...nodes.slice(first), ...nodes.slice(0, first)];
  return [...turned, turned[0]].join(' -> ');
}
