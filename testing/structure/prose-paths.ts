import { dirname, join } from 'node:path/posix';
import { parseSync } from 'oxc-parser';

/** A path that a text names, as it stands there. */
export type NamedPath = { readonly line: number; readonly path: string };

/** A run of what paths are made of, with `*`, `<name>` and `{one,other}` in it; no address and no package. */
const word = /(?<![\w@:/.~$<{-])(?:\.{0,2}\/)?(?:[\w*.-]|<[\w ]+>|\{[\w,.-]+\})+(?:\/(?:[\w*.-]|<[\w ]+>|\{[\w,.-]+\})+)*\/?/g;

/** Names that only a checkout has; one with another ending may be a file of the user or of the app. */
const isSourceName = (path: string): boolean => /[\w*>}-]\.(tsx?|mts|mjs|md)$/.test(path);

/**
 * The paths of a checkout that a text names: the names of source files, and whatever begins with the
 * name of one of its folders and a slash. `folders` are those names, without what is around them.
 */
export function pathsIn(text: string, folders: ReadonlySet<string>): readonly NamedPath[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(word)]
      .map(([found]) => found.replace(/[.,-]+$/, ''))
      .filter((path) => isSourceName(path) || (path.includes('/') && folders.has(path.replace(/^(\.{1,2}\/)+/, '').split('/')[0] ?? '')))
      .map((path) => ({ line: index + 1, path })),
  );
}

/** The text with everything but its comments blanked, so that lines keep their numbers. */
export function commentsOf(file: string, text: string): string {
  if (/\.(tsx?|mts|mjs|cjs)$/.test(file)) {
    return keeping(
      text,
      parseSync(file, text).comments.map(({ start, end }) => [start, end]),
    );
  }
  const comment = file.endsWith('.css') ? /\/\*[\s\S]*?\*\//g : /(?<=^|\s)#.*$/gm;
  return keeping(
    text,
    [...text.matchAll(comment)].map(({ index, 0: found }) => [index, index + found.length]),
  );
}

function keeping(text: string, spans: readonly (readonly [number, number])[]): string {
  const blank = (from: number, to?: number): string => text.slice(from, to).replaceAll(/[^\n]/g, ' ');
  let at = 0;
  let kept = '';
  for (const [start, end] of spans) {
    kept += blank(at, start) + text.slice(start, end);
    at = end;
  }
  return kept + blank(at);
}

/** The folders that files lie in, with those around them. */
export function foldersOf(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  return folders;
}

/**
 * What is wrong with a path that a file names; null when it leads somewhere. It may be written from
 * the top of the checkout, from the folder of the file that names it, or as the end of a path that
 * only one place has. With a `*` or the like in it, it may lead to several.
 */
export function problemOf(path: string, namedIn: string, places: ReadonlySet<string>): string | null {
  const whole = [join(path), join(dirname(namedIn), path)].map((each) => patternOf(each));
  if (anyOf(places, whole).length > 0) return null;
  const ends = path.startsWith('.') ? [] : anyOf(places, [patternOf(path, '(?:.*/)?')]);
  if (ends.length === 0) return 'leads nowhere';
  return ends.length === 1 || /[*<{]/.test(path) ? null : `may be ${ends.join(' or ')}`;
}

/** The targets of Markdown links that stay in the checkout, without what follows a `#`. */
export function linksIn(text: string): readonly NamedPath[] {
  return text.split('\n').flatMap((line, index) => [...line.matchAll(/\]\(([^)#:\s]+)[^):]*\)/g)].map(([, path = '']) => ({ line: index + 1, path })));
}

/** A link leads where a browser goes: from the folder of its file. */
export function isLinkSound(path: string, namedIn: string, places: ReadonlySet<string>): boolean {
  return places.has(join(dirname(namedIn), path).replace(/\/$/, ''));
}

function anyOf(places: ReadonlySet<string>, patterns: readonly RegExp[]): readonly string[] {
  return [...places].filter((place) => patterns.some((pattern) => pattern.test(place)));
}

/** `*` and `<name>` stand for a part of one name, `{one,other}` for either. */
function patternOf(path: string, before = ''): RegExp {
  const source = path
    .replace(/\/$/, '')
    .replaceAll(/[.+?^$()[\]\\|]/g, String.raw`\$&`)
    .replaceAll(/\*+|<[\w ]+>/g, '[^/]+')
    .replaceAll(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`);
  return new RegExp(`^${before}${source}$`);
}
