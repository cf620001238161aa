import { canNameProfile } from '../../contract/limits.ts';
import { defaultsHeader, type AwsFileReading, type Section } from './aws-file-text.ts';

/** Which of the two AWS files a text is from: they spell the header of a profile's section differently. */
export type AwsFileKind = 'credentials' | 'config';

/** What a section is about; `other` is one that is no profile to the AWS CLI, or none that it can read. */
export type SectionMeaning =
  | { readonly kind: 'profile' | 'sso-session' | 'services'; readonly name: string }
  | { readonly kind: 'defaults' | 'tool' | 'other' };

const other: SectionMeaning = { kind: 'other' };

/** Sections of the config file that the AWS CLI has for itself. */
const tools: ReadonlySet<string> = new Set(['preview', 'plugins']);

/** The names under which `entriesOf` has them. */
export const toolEntries = [...tools].map((header) => ({ header, entry: `tool.${header}` }));

/** In the order in which botocore looks for them (`configloader.py`, `build_profile_map`): a header begins with such a word. */
const kinds = ['profile', 'sso-session', 'services'] as const;

/**
 * What a header means. In the credentials file all of it is a profile's name. In the config file every profile but
 * `default` has `profile` in front, and the rest is one word as a shell would read it.
 */
export function sectionMeaning(header: string, file: AwsFileKind): SectionMeaning {
  if (header === defaultsHeader) return { kind: 'defaults' };
  if (file === 'credentials' || header === 'default') return { kind: 'profile', name: header };
  const kind = kinds.find((word) => header.startsWith(word));
  if (kind === undefined) return { kind: tools.has(header) ? 'tool' : 'other' };
  const [, name, ...more] = shellWords(header) ?? [];
  return name === undefined || name === '' || more.length > 0 ? { kind: 'other' } : { kind, name };
}

/** By the reading: each is asked several times, and thousands of headers take as long to understand as to read. */
const understood: Readonly<Record<AwsFileKind, WeakMap<AwsFileReading, readonly SectionMeaning[]>>> = { credentials: new WeakMap(), config: new WeakMap() };

/** What each section of a reading means, in the order of the sections. */
export function sectionMeanings(reading: AwsFileReading, file: AwsFileKind): readonly SectionMeaning[] {
  const known = understood[file].get(reading);
  if (known !== undefined) return known;
  const meanings = reading.sections.map(({ header }) => sectionMeaning(header, file));
  understood[file].set(reading, meanings);
  return meanings;
}

/** The profile of a header; null for a section of another kind. */
export function profileOfHeader(header: string, file: AwsFileKind): string | null {
  const meaning = sectionMeaning(header, file);
  return meaning.kind === 'profile' ? meaning.name : null;
}

/**
 * What a file says of each name: of profiles by their names, of others as `sso-session.NAME`, `services.NAME` and `tool.HEADER`.
 * Settings of a block are `block.name`. Where two headers mean the same name, the later one counts alone, as for
 * the AWS CLI.
 */
export function entriesOf(reading: AwsFileReading, file: AwsFileKind): Readonly<Record<string, Readonly<Record<string, string>>>> {
  // Without a prototype, whose names profiles may have too.
  const entries = Object.setPrototypeOf({}, null) as Record<string, Readonly<Record<string, string>>>;
  const defaults = reading.sections.filter(({ header }) => header === defaultsHeader);
  const meanings = sectionMeanings(reading, file);
  for (const [index, section] of reading.sections.entries()) {
    const key = keyOf(meanings[index] ?? other, section.header);
    if (key === null) continue;
    const values: Record<string, string> = {};
    for (const each of defaults) putValues(values, each);
    putValues(values, section);
    entries[key] = values;
  }
  return entries;
}

function keyOf(meaning: SectionMeaning, header: string): string | null {
  if (meaning.kind === 'tool') return `tool.${header}`;
  if (!('name' in meaning)) return null;
  return meaning.kind === 'profile' ? meaning.name : `${meaning.kind}.${meaning.name}`;
}

/** The names of a file's profiles in file order, each once, those of empty sections too, but for those that cannot be told apart. */
export function profileNames(reading: AwsFileReading, file: AwsFileKind): readonly string[] {
  const names = new Set<string>();
  for (const meaning of sectionMeanings(reading, file)) if (meaning.kind === 'profile' && canNameProfile(meaning.name)) names.add(meaning.name);
  return [...names];
}

function putValues(values: Record<string, string>, { settings }: Section): void {
  for (const { name, value, nested } of settings) {
    if (nested === null) put(values, name, value);
    else for (const [inner, text] of nested) put(values, `${name}.${inner}`, text);
  }
}

/** As a setting of its own, also where its name is one that every object has. */
function put(values: Record<string, string>, name: string, value: string): void {
  if (name === '__proto__') Object.defineProperty(values, name, { value, enumerable: true, writable: true, configurable: true });
  else values[name] = value;
}

/** The words of a POSIX shell, as Python's `shlex.split` finds them; null where a quote is left open. */
function shellWords(text: string): readonly string[] | null {
  // As nearly all headers are: two words with nothing to take away from them.
  const [, kind, rest] = /^([\w-]+) ([\w.@/+-]+)$/.exec(text) ?? [];
  if (kind !== undefined && rest !== undefined) return [kind, rest];
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (/[ \t\r\n]/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return null;
      word = (word ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (character === '"') {
      const [quoted] = /^"(?:[^"\\]|\\[^])*"/.exec(text.slice(at)) ?? [];
      if (quoted === undefined) return null;
      // Between double quotes a backslash stands for itself, but in front of one of these two.
      word = (word ?? '') + quoted.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
      at += quoted.length - 1;
    } else if (character === '\\') {
      if (at + 1 === text.length) return null;
      at += 1;
      word = (word ?? '') + text.charAt(at);
    } else word = (word ?? '') + character;
  }
  return word === null ? words : [...words, word];
}
