import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTest } from './import-checks.ts';
import { repeatingPatterns, slowText } from './slow-patterns.ts';
import { trackedFiles } from './source-tree.ts';

const root = join(import.meta.dirname, '../..');

/** Patterns that only ever get texts which do not make them slow. */
const excused: ReadonlyMap<string, string> = new Map([
  [String.raw`"(?:[^"\\]|\\.)*"(?:\s*:)?`, 'gets JSON that was parsed: each of its strings ends'],
  [String.raw`"(?:[^"\\]|\\.)*"`, 'the same'],
]);

describe('a pattern that reads what others wrote', () => {
  it('a pattern that reads what others wrote takes no longer than its length explains, whatever is written', () => {
    const patterns = trackedFiles(root)
      .filter((file) => file.startsWith('src-main/') && file.endsWith('.ts') && !isTest(file))
      .flatMap((file) => repeatingPatterns(root, file));
    expect(patterns.length).toBeGreaterThan(100);
    const slow = patterns
      .filter(({ pattern }) => !excused.has(pattern))
      .flatMap((one) => {
        const text = slowText(one);
        return text === null ? [] : [`${one.place}: ${one.pattern} with ${text}`];
      });
    expect(slow).toEqual([]);
    // Some 20 s of work; beside other tests it gets a part of a processor.
  }, 240_000);

  it.for([String.raw`^\s*\[\s*(.+?)\s*\]`, String.raw`\s+$`, '(a+)+b', String.raw`^([^\s=:][^=:]*?)\s*[=:]`])(
    'a pattern like %s is found to be slow',
    (pattern) => {
      expect(slowText({ pattern, flags: '' })).not.toBeNull();
    },
  );
});
