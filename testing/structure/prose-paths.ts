import { dirname, join } from 'node:path/posix';
import { parseSync } from 'oxc-parser';

/** A path that a text names, as it is written there. */
export type NamedPath = { readonly line: number; readonly path: string };

/** The characters of a path, with `*`, `<name>` and `{one,other}`; not part of an address or the name of a package. */
const word = /(?<![\w@:/.~$<{-])(?:\.{0,2}\/)?(?:[\w*.-]|<[\w ]+>|\{[\w,.-]+\})+(?:\/(?:[\w*.-]|<[\w ]+>|\{[\w,.-]+\})+)*\/?/g;

/** Names that only a checkout has. A name with another ending may be a file of the user or of the app. */
const isSourceName = (path: string): boolean => /[\w*>}-]\.(tsx?|mts|mjs|md)$/.test(path);

/**
 * The paths of a checkout that a text names: names of source files, and everything that begins with the
 * name of one of its folders and a slash. `folders` are those names, without the path in front.
 */
export function pathsIn(text: string, folders: ReadonlySet<string>): readonly NamedPath[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(word)]
      .map(([found]) => found.replace(/[.,-]+$/, ''))
      .filter((path) => isSourceName(path) || (path.includes('/') && folders.has(path.replace(/^(\.{1,2}\/)+/, '').split('/')[0] ?? '')))
      .map((path) => ({ line: index + 1, path })),
  );
}

/** The text with everything but its comments blanked out, so that line numbers stay the same. */
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
  let offset = 0;
  let kept = '';
  for (const [start, end] of spans) {
    kept += blank(offset, start) + text.slice(start, end);
    offset = end;
  }
  return kept + blank(offset);
}

/** The folders that contain files, and the folders around them. */
export function foldersOf(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  return folders;
}

/** Where a path that a file names leads to: from the top of the checkout, else from the folder of that file, else as the end of a path. */
export function placesAt(path: string, namedIn: string, places: ReadonlySet<string>): readonly string[] {
  const ways = [patternOf(join(path)), patternOf(join(dirname(namedIn), path)), ...(path.startsWith('.') ? [] : [patternOf(path, '.*/')])];
  return ways.map((pattern) => [...places].filter((place) => pattern.test(place))).find((found) => found.length > 0) ?? [];
}

/** What is wrong with a path; null when it leads to one place, or to several where it has a `*` or the like. */
export function problemOf(path: string, namedIn: string, places: ReadonlySet<string>): string | null {
  const found = placesAt(path, namedIn, places);
  if (found.length === 0) return 'leads nowhere';
  return found.length === 1 || /[*<{]/.test(path) ? null : `may be ${found.join(' or ')}`;
}

/** The targets of Markdown links that stay in the checkout, without what follows a `#`. */
export function linksIn(text: string): readonly NamedPath[] {
  return text.split('\n').flatMap((line, index) => [...line.matchAll(/\]\(([^)#:\s]+)[^):]*\)/g)].map(([, path = '']) => ({ line: index + 1, path })));
}

/** A link leads where a browser goes: from the folder of its file. */
export function isLinkSound(path: string, namedIn: string, places: ReadonlySet<string>): boolean {
  return places.has(join(dirname(namedIn), path).replace(/\/$/, ''));
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
