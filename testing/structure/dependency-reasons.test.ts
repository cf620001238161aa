import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';

const file = (name: string) => readFileSync(join(checkout, name), 'utf8');

const packageJson = JSON.parse(file('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;

/** The packages in the tables of a document: first those that are bundled, then those for development. */
function tablesOf(document: string): string[][] {
  const rows = document.split(/\n\n/).filter((block) => block.startsWith('|'));
  return rows.map((table) =>
    table
      .split('\n')
      .flatMap((row) => row.split('|')[1]?.match(/`[^`]+`/g) ?? [])
      .map((name) => name.slice(1, -1))
      .toSorted(),
  );
}

describe('why each dependency is there', () => {
  it('docs/dependencies.md says of every package of package.json, and of no other, what it is for', () => {
    expect(tablesOf(file('docs/dependencies.md'))).toEqual([
      Object.keys(packageJson.dependencies).toSorted(),
      Object.keys(packageJson.devDependencies).toSorted(),
    ]);
  });
});
