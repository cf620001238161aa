import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { isTest } from './import-checks.ts';

/** Folders with more than `max` source files; tests and what is not code do not count. */
export function crowdedFolders(files: readonly string[], max: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const file of files.filter((each) => /\.(tsx?|mts|mjs|cjs)$/.test(each) && !isTest(each))) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > max).map(([folder, count]) => `${folder}: ${count} files`);
}

/** Functions with more than `max` lines, counting signature and body, in the order of the file. */
export function longFunctions(root: string, file: string, max: number): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: string[] = [];
  const measure = ({ start, end }: { readonly start: number; readonly end: number }): void => {
    const lines = text.slice(start, end).split('\n').length;
    if (lines > max) found.push(`${file}:${text.slice(0, start).split('\n').length}: ${lines} lines`);
  };
  new Visitor({ FunctionDeclaration: measure, FunctionExpression: measure, ArrowFunctionExpression: measure }).visit(parseSync(file, text).program);
  return found;
}

/** Files that only serve tests, recognised by the names that such files once had. */
export function testSupportAmong(files: readonly string[]): readonly string[] {
  return files.filter((file) => /-(bench|rig)\.tsx?$|^(sample|restless|test)-/.test(basename(file)));
}
