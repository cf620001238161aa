/** A `name = value` of a section. */
export type Setting = {
  /** In small letters: names have no case. */
  readonly name: string;
  /** Without comments; the lines of a value that goes on below are separated by line feeds. */
  readonly value: string;
  /** The settings in a block such as `s3 =`, in the order of the file; null where there is no block. */
  readonly nested: readonly (readonly [name: string, value: string])[] | null;
  /** The line that it begins in, counted from 1. */
  readonly line: number;
  /** All lines that it stands in: neither empty ones nor comments. */
  readonly lines: readonly number[];
};

export type Section = {
  /** What stands between the brackets. */
  readonly header: string;
  readonly line: number;
  readonly settings: readonly Setting[];
};

/**
 * What is not as it should be in a line. The AWS CLI refuses the whole file for each of them but `continued`,
 * where it takes the line for a part of the setting above.
 */
export type Fault =
  | { readonly kind: 'byte-order-mark' | 'broken'; readonly line: number }
  | { readonly kind: 'section-twice'; readonly line: number; readonly first: number; readonly section: string }
  | { readonly kind: 'setting-twice'; readonly line: number; readonly first: number; readonly setting: string }
  | { readonly kind: 'continued'; readonly line: number; readonly setting: string };

export type AwsFileReading = { readonly sections: readonly Section[]; readonly faults: readonly Fault[] };

/**
 * Reads the text of `~/.aws/config` or `~/.aws/credentials` as the AWS CLI and boto3 do: by the rules of Python's
 * `configparser.RawConfigParser`, and those of `botocore/configloader.py` for blocks. Where these refuse the whole
 * file, the rest of it is read all the same, and the line is among the faults.
 *
 * It differs from them in one thing: what follows ` #` or ` ;` is a comment in every line, as it is for the SDKs.
 */
export function readAwsFileText(text: string): AwsFileReading {
  const reader = new Reader(rareSpaces.test(text) ? stripped : trimmed);
  // Files of thousands of profiles rarely have other line ends, for which each line takes longer to find.
  const lines = text.split(text.includes('\r') ? /\r\n|\n|\r/ : '\n');
  // What follows the last line end is no line.
  if (lines.at(-1) === '') lines.pop();
  for (const [index, line] of lines.entries()) reader.take(line, index + 1);
  return reader.finish();
}

/** The lines of a text, each with its line end, so that joining them gives the text again. */
export function linesOf(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}

/**
 * What stands between the brackets, where a line without its line end begins a section and is no part of a setting
 * above; else null. A byte order mark is for the first line of a file alone: behind it there is no header to botocore.
 */
export function sectionHeader(line: string): string | null {
  return headerIn(stripped(line));
}

/** The same of a line without the white space around it. */
function headerIn(text: string): string | null {
  // To botocore a line or paragraph separator is a character like any other.
  return text.startsWith('[') ? (/^\[([^]+)\]/.exec(text)?.[1] ?? null) : null;
}

/** With more settings than this, a section's are found by a map, which costs more than looking where there are few. */
const lookedThrough = 16;

type Part = { readonly text: string; readonly line: number };
type OpenSection = { readonly header: string; readonly line: number; readonly settings: Setting[] };

class Reader {
  readonly #strip: typeof stripped;
  readonly #sections: OpenSection[] = [];
  readonly #byHeader = new Map<string, OpenSection>();
  readonly #faults: Fault[] = [];
  /** Lines now belong to this section, which may have begun further up. */
  #section: OpenSection | null = null;
  #setting: Setting | null = null;
  /** The lines below a setting that are a part of it, with the empty ones between them. Nearly all settings have none. */
  readonly #more = new Map<Setting, Part[]>();
  /** The first setting of each name, of sections that have many. */
  readonly #byName = new Map<OpenSection, Map<string, Setting>>();
  /** How far the setting or header is indented that the next lines may be a part of. */
  #indent = 0;
  /** How many lines since the last one of the setting were empty. */
  #empty = 0;

  /** `strip` takes away the white space around a part of the text. */
  constructor(strip: typeof stripped) {
    this.#strip = strip;
  }

  take(given: string, line: number): void {
    let text = given;
    if (line === 1 && text.startsWith('\uFEFF')) {
      text = text.slice(1);
      this.#faults.push({ kind: 'byte-order-mark', line });
    }
    const content = this.#strip(text);
    if (content === '') this.#empty += 1;
    if (content === '' || content.startsWith('#') || content.startsWith(';')) return;
    const indent = text.indexOf(content);
    if (this.#setting !== null && indent > this.#indent) {
      this.#continue(this.#setting, { text: withoutComment(content, this.#strip), line });
      return;
    }
    this.#indent = indent;
    this.#empty = 0;
    const header = headerIn(content);
    if (header !== null) this.#begin(header, line);
    else this.#takeSetting(content, line);
  }

  finish(): AwsFileReading {
    if (this.#more.size > 0)
      for (const { settings } of this.#sections) for (const [index, setting] of settings.entries()) settings[index] = this.#closed(setting);
    return { sections: this.#sections, faults: this.#faults.toSorted((a, b) => a.line - b.line) };
  }

  /** Empty lines count where more of the value follows them. */
  #continue(setting: Setting, part: Part): void {
    const more = this.#more.get(setting) ?? [];
    this.#more.set(setting, more);
    for (; this.#empty > 0; this.#empty -= 1) more.push({ text: '', line: part.line });
    more.push(part);
  }

  #begin(header: string, line: number): void {
    this.#setting = null;
    const known = this.#byHeader.get(header);
    if (known !== undefined) {
      // `[DEFAULT]` may stand there as often as one likes.
      if (header !== defaultsHeader) this.#faults.push({ kind: 'section-twice', line, first: known.line, section: header });
      this.#section = known;
      return;
    }
    this.#section = { header, line, settings: [] };
    this.#sections.push(this.#section);
    this.#byHeader.set(header, this.#section);
  }

  #takeSetting(content: string, line: number): void {
    const section = this.#section;
    const equals = content.search(/[=:]/);
    if (section === null || equals < 1) {
      this.#setting = null;
      this.#faults.push({ kind: 'broken', line });
      return;
    }
    const name = this.#strip(content.slice(0, equals)).toLowerCase();
    const first = this.#firstOf(section, name);
    if (first !== undefined) this.#faults.push({ kind: 'setting-twice', line, first: first.line, setting: name });
    // What stands in one line has lost the white space around it, and can be no block.
    this.#setting = { name, value: withoutComment(this.#strip(content.slice(equals + 1)), this.#strip), nested: null, line, lines: [line] };
    section.settings.push(this.#setting);
    if (first === undefined) this.#byName.get(section)?.set(name, this.#setting);
  }

  /** The first setting of a name that a section has so far. */
  #firstOf(section: OpenSection, name: string): Setting | undefined {
    if (section.settings.length < lookedThrough) return section.settings.find((setting) => setting.name === name);
    const byName = this.#byName.get(section) ?? new Map(section.settings.toReversed().map((setting) => [setting.name, setting]));
    this.#byName.set(section, byName);
    return byName.get(name);
  }

  #closed(setting: Setting): Setting {
    const more = this.#more.get(setting);
    if (more === undefined) return setting;
    const { name, line, value: first } = setting;
    const lines = [line, ...more.flatMap(({ text, line: at }) => (text === '' ? [] : [at]))];
    const parts = [{ text: first, line }, ...more];
    const whole = parts.map(({ text }) => text).join('\n');
    const value = this.#strip(`.${whole}`).slice(1);
    if (!value.startsWith('\n')) {
      const [, next] = parts.filter(({ text }) => text !== '');
      if (next !== undefined) this.#faults.push({ kind: 'continued', line: next.line, setting: name });
      return { name, value, nested: null, line, lines };
    }
    const nested = parts.flatMap(({ text, line: at }): readonly (readonly [string, string])[] => {
      if (text === '') return [];
      const equals = text.indexOf('=');
      if (equals >= 0) return [[this.#strip(text.slice(0, equals)), this.#strip(text.slice(equals + 1))]];
      this.#faults.push({ kind: 'broken', line: at });
      return [];
    });
    return { name, value: '', nested, line, lines };
  }
}

/** The settings of this section count in every other one of the same file. */
export const defaultsHeader = 'DEFAULT';

function withoutComment(value: string, strip: typeof stripped): string {
  // Most values have no comment, and the regular expression is slow on files of many thousand lines.
  if (!value.includes('#') && !value.includes(';')) return value;
  return strip(value.split(/(?:^|\s)[;#]/)[0] ?? '');
}

/** What Python and `trim` do not agree on: separators that are space to Python alone, and a byte order mark, which is none to it. */
const rareSpaces = /[\x1C-\x1F\x85\uFEFF]/;

/** The same as `stripped` for a text without any of `rareSpaces`, which need not be looked for in each line of such a file. */
function trimmed(text: string): string {
  return text.trim();
}

/** Without the white space around it: what Python takes for that, which knows some separators and no byte order mark. */
function stripped(text: string): string {
  if (!rareSpaces.test(text)) return text.trim();
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charAt(start))) start += 1;
  while (end > start && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(character: string): boolean {
  return /[\s\x1C-\x1F\x85]/.test(character) && character !== '\uFEFF';
}
