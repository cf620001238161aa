import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../app/running-app.ts';
import { trackedFiles } from './source-tree.ts';

const file = (name: string) => readFileSync(join(checkout, name), 'utf8');

const packageJson = JSON.parse(file('package.json')) as Record<'dependencies' | 'devDependencies' | 'engines', Record<string, string>>;
const ranges = { ...packageJson.dependencies, ...packageJson.devDependencies };

type Row = { readonly names: readonly string[]; readonly cells: readonly string[] };

/** The rows of each table: the packages that its first column names, and the texts of the others. */
function tablesOf(document: string): readonly (readonly Row[])[] {
  const tables = document.split(/\n\n/).filter((block) => block.startsWith('|'));
  return tables.map((table) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) => {
        const [first = '', ...cells] = row.split('|').slice(1, -1);
        return { names: (first.match(/`[^`]+`/g) ?? []).map((name) => name.slice(1, -1)), cells: cells.map((cell) => cell.trim()) };
      }),
  );
}

const [bundled = [], developed = [], heldBack = []] = tablesOf(file('docs/dependencies.md'));
const named = (rows: readonly Row[]) => rows.flatMap(({ names }) => names).toSorted();

describe('why each dependency is there', () => {
  it('docs/dependencies.md says of every package of package.json, and of no other, what it is for', () => {
    expect(named(bundled)).toEqual(Object.keys(packageJson.dependencies).toSorted());
    expect(named(developed)).toEqual(Object.keys(packageJson.devDependencies).toSorted());
  });
});

describe('how dependencies are kept up to date', () => {
  type Update = {
    readonly 'package-ecosystem': string;
    readonly directory: string;
    readonly schedule: { readonly interval: string };
    readonly ignore?: readonly { readonly 'dependency-name': string; readonly 'update-types': readonly string[] }[];
  };
  const { version, updates } = parse(file('.github/dependabot.yml')) as { version: number; updates: readonly Update[] };

  it('newer versions are looked for each week wherever something names versions', () => {
    const tracked = trackedFiles(checkout);
    const packages = tracked.filter((path) => path.endsWith('package-lock.json')).map((path) => `npm /${dirname(path).replace(/^\.$/, '')}`);
    const workflows = tracked.some((path) => path.startsWith('.github/workflows/')) ? ['github-actions /'] : [];
    expect(packages.length + workflows.length).toBeGreaterThan(1);
    expect(version).toBe(2);
    expect(updates.map((update) => `${update['package-ecosystem']} ${update.directory}`).toSorted()).toEqual([...packages, ...workflows].toSorted());
    expect(updates.map(({ schedule }) => schedule.interval)).toEqual(updates.map(() => 'weekly'));
  });

  it('docs/dependencies.md says of every package that is held back at which major version and why, and only those are left out of the proposals', () => {
    const ignored = updates.flatMap(({ ignore = [] }) => ignore);
    expect(ignored.map((each) => each['dependency-name']).toSorted()).toEqual(named(heldBack));
    expect(ignored.flatMap((each) => each['update-types'])).toEqual(ignored.map(() => 'version-update:semver-major'));
    for (const { names, cells } of heldBack) {
      for (const name of names) expect([name, /^\^?(\d+)\./.exec(ranges[name] ?? '')?.[1], cells[1] !== '']).toEqual([name, cells[0], true]);
    }
  });

  it('the types of Node describe the oldest one that engines takes, as their row says', () => {
    expect(/\d+/.exec(ranges['@types/node'] ?? '')?.[0]).toBe(/\d+/.exec(packageJson.engines['node'] ?? '')?.[0]);
  });
});
