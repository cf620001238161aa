import { canNameProfile } from '../../contract/limits.ts';
import { defaultsHeader, type AwsFileReading, type Section } from './aws-file-text.ts';

/** Which of the two AWS files a text is from: they spell the header of a profile's section differently. */
export type AwsFileKind = 'credentials' | 'config';

/** What a section is about; `other` is one that is no profile to the AWS CLI, or none that it can read. */
export type SectionMeaning =
  | { readonly kind: 'profile' | 'sso-session' | 'services'; readonly name: string }
  | { readonly kind: 'defaults' | 'tool' | 'other' };

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
  const defaults = reading.sections.filter(({ header }) => header === defaultsHeader).flatMap(valuesOf);
  for (const section of reading.sections) {
    const meaning = sectionMeaning(section.header, file);
    const key = keyOf(meaning, section.header);
    if (key === null) continue;
    entries[key] = Object.fromEntries([...defaults, ...valuesOf(section)]);
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
  const names = reading.sections.flatMap(({ header }) => profileOfHeader(header, file) ?? []);
  return [...new Set(names.filter((name) => canNameProfile(name)))];
}

function valuesOf({ settings }: Section): readonly (readonly [string, string])[] {
  return settings.flatMap(({ name, value, nested }) => nested?.map(([inner, text]) => [`${name}.${inner}`, text] as const) ?? [[name, value] as const]);
}

/** The words of a POSIX shell, as Python's `shlex.split` finds them; null where a quote is left open. */
function shellWords(text: string): readonly string[] | null {
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
