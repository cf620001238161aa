import { dirname } from 'node:path/posix';
import type { Import, SourceTree } from './source-tree.ts';

/** What one part of the tree may import besides itself. */
export type Permission = {
  /** A folder with everything below it, `FOLDER/*` for only the files in it, or a file; from the top of the checkout. */
  readonly to: string;
  /** Only types: nothing that exists at run time. */
  readonly typesOnly?: boolean;
};

export type ImportRules = {
  /** By names as in `Permission`. A file may import what the rows of all the folders around it allow. */
  readonly folders: Readonly<Record<string, readonly Permission[]>>;
  /** What a test may import in addition, as it is beside its source. */
  readonly tests: readonly Permission[];
  /** Folders whose every subfolder needs a row of its own. */
  readonly featured: readonly string[];
  /** Which folders may import `electron`, and which Node's own modules. */
  readonly electron: readonly string[];
  readonly node: readonly string[];
  /** Folders that ship, whose packages have to be in `dependencies`. */
  readonly production: readonly string[];
  readonly dependencies: readonly string[];
};

export type Violation = {
  readonly what: 'wrong direction' | 'unknown target' | 'no rule' | 'unused permission' | 'circle' | 'electron' | 'node' | 'not a dependency';
  readonly where: string;
};

/** A test beside its source, or a spec. */
export const isTest = (file: string): boolean => /\.(test|spec)\.(tsx?|mjs)$/.test(file);

/** Everything in the tree that breaks the rules. Packages that tests import, and circles of tests, do not count. */
export function violations(tree: SourceTree, rules: ImportRules): readonly Violation[] {
  const imports = tree.imports.filter(({ file }) => !isTest(file));
  return [
    ...tree.imports.filter(({ kind }) => kind === 'missing').map((one) => violation('unknown target', one)),
    ...directions(tree.imports, rules),
    ...unused(imports, rules),
    ...packages(imports, rules),
    ...foldersWithoutRule(tree.files, rules).map((where): Violation => ({ what: 'no rule', where })),
    ...circles(imports.filter(({ kind }) => kind === 'file')).map((where): Violation => ({ what: 'circle', where })),
  ];
}

const violation = (what: Violation['what'], { file, to }: Import): Violation => ({ what, where: `${file} -> ${to}` });

function isWithin(file: string, name: string): boolean {
  return name.endsWith('/*') ? dirname(file) === name.slice(0, -2) : file === name || file.startsWith(`${name}/`);
}

/** The row that applies to a file: the closest one around it. */
function ruleOf(file: string, { folders }: Pick<ImportRules, 'folders'>): string | undefined {
  return Object.keys(folders)
    .filter((name) => isWithin(file, name))
    .toSorted((one, other) => other.length - one.length)[0];
}

function directions(imports: readonly Import[], rules: ImportRules): readonly Violation[] {
  return crossing(imports, rules).flatMap((one) => {
    const granted = Object.entries(rules.folders).flatMap(([name, permissions]) => (isWithin(one.file, name) ? permissions : []));
    if ([...granted, ...(isTest(one.file) ? rules.tests : [])].some((each) => grants(each, one))) return [];
    return [violation(ruleOf(one.to, rules) === undefined ? 'unknown target' : 'wrong direction', one)];
  });
}

/** Permissions that nothing uses any more. A use by tests alone does not count. */
function unused(imports: readonly Import[], rules: ImportRules): readonly Violation[] {
  const { folders, electron, node } = rules;
  const crossings = crossing(imports, rules);
  const ofFolders = Object.entries(folders).flatMap(([name, permissions]) => {
    const own = crossings.filter(({ file }) => isWithin(file, name));
    return permissions.filter((each) => !own.some((one) => grants(each, one))).map(({ to }) => `${name} -> ${to}`);
  });
  const importingNone = (names: readonly string[], what: RegExp): readonly string[] =>
    names.filter((name) => !imports.some(({ file, to }) => isWithin(file, name) && what.test(to)));
  return [
    ...ofFolders,
    ...importingNone(electron, isElectron).map((name) => `${name} -> electron`),
    ...importingNone(node, isNode).map((name) => `${name} -> node:`),
  ].map((where): Violation => ({ what: 'unused permission', where }));
}

/** Imports from below one row to below another. */
function crossing(imports: readonly Import[], rules: ImportRules): readonly Import[] {
  return imports.filter(({ file, to, kind }) => {
    const from = ruleOf(file, rules);
    return kind === 'file' && from !== undefined && from !== ruleOf(to, rules);
  });
}

function grants({ to, typesOnly = false }: Permission, one: Import): boolean {
  return isWithin(one.to, to) && (!typesOnly || one.typesOnly);
}

const isElectron = /^electron(-|\/|$)/;
const isNode = /^node:/;

function packages(imports: readonly Import[], { electron, node, production, dependencies }: ImportRules): readonly Violation[] {
  const isIn = (file: string, names: readonly string[]): boolean => names.some((name) => isWithin(file, name));
  return imports
    .filter(({ kind }) => kind === 'package')
    .flatMap((one): readonly Violation[] => {
      if (isNode.test(one.to)) return isIn(one.file, node) ? [] : [violation('node', one)];
      if (isElectron.test(one.to) && isIn(one.file, production) && !isIn(one.file, electron)) return [violation('electron', one)];
      // Electron itself is a development dependency: a package is made with it and runs on it.
      const name = /^(@[^/]+\/)?[^/]+/.exec(one.to)?.[0] ?? one.to;
      return isIn(one.file, production) && ![...dependencies, 'electron'].includes(name) ? [violation('not a dependency', one)] : [];
    });
}

function foldersWithoutRule(files: readonly string[], rules: ImportRules): readonly string[] {
  const ofTop = files.filter((file) => file.includes('/') && ruleOf(file, rules) === undefined).map((file) => dirname(file));
  const ofFeatures = rules.featured.flatMap((parent) =>
    files.flatMap((file) => {
      const [feature = '', inside] = isWithin(file, parent) ? file.slice(parent.length + 1).split('/') : [];
      const folder = `${parent}/${feature}`;
      return inside !== undefined && !Object.keys(rules.folders).some((name) => isWithin(name, folder) && isWithin(file, name)) ? [folder] : [];
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

/** Starts with the name that sorts first, so that each circle is found once. */
function circleOf(nodes: readonly string[]): string {
  const first = nodes.indexOf(nodes.toSorted()[0] ?? '');
  const turned = [...nodes.slice(first), ...nodes.slice(0, first)];
  return [...turned, turned[0]].join(' -> ');
}
