import { canNameProfile } from '../../contract/limits.ts';
import { installedProfile } from './credential-process-line.ts';
import { profileOfHeader, type AwsFileKind } from './aws-file-sections.ts';
import { linesOf, readAwsFileText, sectionHeader, type Setting } from './aws-file-text.ts';

/** An entry of `~/.aws/config` that this app writes. None of these texts holds a line break. */
export type InstalledProfile = {
  /** The name of the entry, for which `isInstallableName` holds. */
  readonly name: string;
  /** The profile that `sts-tray uninstall` is called with. */
  readonly profile: string;
  /** The lines below the header, such as `region = eu-west-1`; nested ones are indented. */
  readonly body: readonly string[];
};

export type Edited = { readonly text: string };

/**
 * Whether a section of this name means the same to the AWS CLI and the SDKs, which differ in how
 * they read quotes, backslashes and brackets in a header. To the Go SDK a `#` or `;` begins a comment
 * anywhere in it, so that it is no header: what stands below would belong to the profile above, and
 * Terraform would find one profile by the name of another. A whole file is refused for a comma in front by
 * the first Go SDK, which Terraform's provider has too, and for `__proto__` by the JavaScript SDK.
 */
export function isInstallableName(name: string): boolean {
  return name.trim() === name && canNameProfile(name) && name !== '__proto__' && !/["'\\[\]#;]|^,/u.test(name);
}

/**
 * Appends an entry, or rewrites in its place the one that this app added before. Two comment lines
 * enclose the entry, so that it can be found again:
 *
 *     # sts-tray begin default-sts (added by STS Tray with the empty line above; "sts-tray uninstall default" removes it)
 *     [profile default-sts]
 *     credential_process = …
 *     # sts-tray end default-sts (credential_process)
 *
 * Every other character of `text` stays, whatever its line ends; the entry takes the line end of
 * what is above it. `taken` when a section of that name stands outside our comments; `unchanged`
 * when the entry is already there just as it would be written. Lines that others put into the entry
 * stay, and win over a line of `body` with the same key. The comments hold no `:` and no `=`, because
 * `aws configure` takes a comment with one of them for an option and adds its own lines after it.
 */
export function withInstalledProfile(text: string, entry: InstalledProfile): Edited | 'taken' | 'unchanged' {
  const lines = linesOf(text);
  const block = readBlock(lines, entry.name) ?? readBareEntry(lines, entry.name, keysOf(entry.body));
  if (lines.some((line, index) => isHeaderOf(line, entry.name) && index !== block?.headerAt)) return 'taken';
  const end = block?.lineEnd ?? lineEndOf(text);
  const foreign = new Set([...(block?.kept ?? []), ...(block?.tail ?? [])].filter(isSetting).map(keyOf));
  const body = topLevel(entry.body)
    .filter(([first]) => !foreign.has(keyOf(first)))
    .flat();
  const breaks = block?.breaks ?? breaksBehind(lines);
  const written = [
    `# sts-tray begin ${entry.name} (added by STS Tray${aboveText[breaks]}; "sts-tray uninstall ${entry.profile}" removes it)`,
    headerOf(entry.name, 'config'),
    ...body,
  ].map((line) => line + end);
  const last = `# sts-tray end ${entry.name} (${keysOf(body).join(', ')})${end}`;
  const result = block
    ? [...block.before, ...block.lead, ...written, ...block.kept, last, ...block.others, ...block.after].join('')
    : text + end.repeat(breaks) + [...written, last].join('');
  return result === text ? 'unchanged' : { text: result };
}

/**
 * Removes what `withInstalledProfile` added, line breaks above included, so that the text is as it
 * was before; `none` when there is no such entry. When others have edited the entry since:
 * - The values of keys that we wrote go, edited or not: the entry's last comment names those keys.
 * - Comments, other keys and other sections inside stay, and so do lines after our last comment.
 *   When a key among them belongs to our section, its header stays too, so that the key does not
 *   slip into the section above.
 * - Indented lines share the fate of the line that they continue; empty lines inside go.
 * - When others appended to a text whose last line had no line break, that line keeps one.
 * - Where another tool has taken our comments out, the entry is found by its `credential_process`. With that go the
 *   settings that it would be written with now, which are `copied`.
 */
export function withoutInstalledProfile(text: string, name: string, copied: readonly string[] = []): Edited | 'none' {
  const lines = linesOf(text);
  const block = readBlock(lines, name) ?? readBareEntry(lines, name, [ourKey, ...keysOf(copied)]);
  if (!block) return 'none';
  const header = block.headerAt !== null && [...block.kept, ...block.tail].some(isSetting) ? lines[block.headerAt] : undefined;
  const survivors = [...block.lead, ...(header === undefined ? [] : [header]), ...block.kept, ...block.others];
  const before = block.before.join('');
  const after = block.after.join('');
  if (survivors.length > 0) return { text: before + survivors.join('') + after };
  const added = block.lineEnd.repeat(block.breaks);
  const original = before.endsWith(added) ? before.slice(0, before.length - added.length) : before;
  const glued = after !== '' && original !== '' && !endsLine(original);
  return { text: original + (glued ? block.lineEnd : '') + after };
}

/**
 * Removes the lines `aws_access_key_id` and `aws_secret_access_key` of a profile, with the comments
 * on them, from every section of that name, and nothing else; `none` when there are no such lines.
 * Lines of the same name that are nested below another setting are not the profile's and stay.
 */
export function withoutAccessKey(text: string, profile: string, kind: AwsFileKind): Edited | 'none' {
  const lines = linesOf(text);
  const sections = readAwsFileText(text).sections.filter(({ header }) => profileOfHeader(header, kind) === profile);
  const gone = sections.flatMap(({ settings }) => settings.flatMap((setting) => keyLines(setting, lines)));
  if (gone.length === 0) return 'none';
  const numbers = new Set(gone);
  return { text: lines.filter((_, index) => !numbers.has(index + 1)).join('') };
}

/** To the SDKs a line that goes on with a value, to the AWS CLI, may be a setting of its own. */
function keyLines({ name, nested, lines: [first = 0, ...more] }: Setting, lines: readonly string[]): readonly number[] {
  if (accessKeyNames.has(name)) return [first, ...more];
  return nested === null ? more.filter((line) => accessKeyNames.has(keyOf(lines[line - 1]?.trimStart() ?? ''))) : [];
}

/**
 * Puts an access key right below the header of its profile, in place of one that is already there;
 * at the end, with a header, when there is no such section. Everything else stays as it is.
 */
export function withAccessKey(
  text: string,
  profile: string,
  kind: AwsFileKind,
  key: { readonly accessKeyId: string; readonly secretAccessKey: string },
): Edited {
  const cleared = withoutAccessKey(text, profile, kind);
  const settings = [`aws_access_key_id = ${key.accessKeyId}`, `aws_secret_access_key = ${key.secretAccessKey}`];
  return withSettings(cleared === 'none' ? text : cleared.text, profile, kind, settings);
}

/** Adds the region to a profile that has none yet. */
export function withRegion(text: string, profile: string, region: string): Edited {
  return withSettings(text, profile, 'config', [`region = ${region}`]);
}

/** Puts settings right below the header of the profile; at the end, with a header, when there is no such section. */
function withSettings(text: string, profile: string, kind: AwsFileKind, settings: readonly string[]): Edited {
  const lines = linesOf(text);
  const end = lineEndOf(text);
  const added = settings.map((setting) => setting + end).join('');
  const line = readAwsFileText(text).sections.find(({ header }) => profileOfHeader(header, kind) === profile)?.line;
  if (line === undefined) return { text: lines.join('') + end.repeat(breaksBehind(lines)) + headerOf(profile, kind) + end + added };
  const above = lines.slice(0, line).join('');
  return { text: above + (endsLine(above) ? '' : end) + added + lines.slice(line).join('') };
}

const accessKeyNames: ReadonlySet<string | null> = new Set(['aws_access_key_id', 'aws_secret_access_key']);

/** How many line breaks were added above the entry, so that removing it takes away as many. */
type Breaks = 0 | 1 | 2;
const aboveText = ['', ' with the empty line above', ' with both line breaks above'] as const;

type Block = {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly breaks: Breaks;
  readonly lineEnd: string;
  readonly headerAt: number | null;
  /** Lines of others above our header, which belong to the section above. */
  readonly lead: readonly string[];
  /** Lines of others in our section. */
  readonly kept: readonly string[];
  /** Sections of others inside our comments. */
  readonly others: readonly string[];
  /** Lines after our last comment that still belong to our section, because no other header comes first. */
  readonly tail: readonly string[];
};

function readBlock(lines: readonly string[], name: string): Block | null {
  const opening = `# sts-tray begin ${name} (added by STS Tray`;
  const closing = `# sts-tray end ${name} (`;
  const isBegin = (line: string) => contentOf(line).startsWith(opening);
  const firstAt = lines.findIndex(isBegin);
  const endAt = lines.findIndex((line, index) => index > firstAt && contentOf(line).startsWith(closing));
  if (firstAt < 0 || endAt < 0) return null;
  const beginAt = lines.slice(0, endAt).findLastIndex(isBegin);
  const inside = lines.slice(beginAt + 1, endAt);
  const headerAt = inside.findIndex((line) => isHeaderOf(line, name));
  const [section, others] = untilHeader(headerAt < 0 ? [] : inside.slice(headerAt + 1));
  const after = lines.slice(endAt + 1);
  const begin = lines[beginAt] ?? '';
  const keys = /^(.+)\)/.exec(contentOf(lines[endAt] ?? '').slice(closing.length))?.[1]?.split(', ') ?? [];
  return {
    before: lines.slice(0, beginAt),
    after,
    breaks: begin.includes(`${aboveText[2]};`) ? 2 : begin.includes(`${aboveText[1]};`) ? 1 : 0,
    lineEnd: lineEndOf(begin),
    headerAt: headerAt < 0 ? null : beginAt + 1 + headerAt,
    lead: (headerAt < 0 ? inside : inside.slice(0, headerAt)).filter((line) => line.trim() !== ''),
    kept: topLevel(section)
      .filter(([first]) => !keys.includes(keyOf(first) ?? ''))
      .flat()
      .filter((line) => line.trim() !== ''),
    others,
    tail: headerAt < 0 || others.length > 0 ? [] : untilHeader(after)[0],
  };
}

/** An entry of ours without our comments, which other tools drop; of `keys`, the settings are ours. */
function readBareEntry(given: readonly string[], name: string, keys: readonly (string | null)[]): Block | null {
  const marks = [`# sts-tray begin ${name} (`, `# sts-tray end ${name} (`];
  const lines = given.filter((line) => !marks.some((mark) => contentOf(line).startsWith(mark)));
  const headerAt = lines.findIndex((line) => isHeaderOf(line, name));
  if (headerAt < 0) return null;
  const [whole, after] = untilHeader(lines.slice(headerAt + 1));
  const length = whole.findLastIndex((line) => line.trim() !== '') + 1;
  const groups = topLevel(whole.slice(0, length));
  const ours = groups.find(([first]) => keyOf(first) === ourKey)?.[0];
  const profile = ours === undefined ? null : installedProfile(contentOf(ours.slice(ours.search(/[=:]/) + 1)).trim());
  if (profile === null || entryName(profile) !== name) return null;
  return {
    before: lines.slice(0, headerAt),
    after: [...whole.slice(length), ...after],
    breaks: (lines[headerAt - 1] ?? 'none').trim() === '' ? 1 : 0,
    lineEnd: lineEndOf(lines[headerAt] ?? ''),
    headerAt: given.indexOf(lines[headerAt] ?? ''),
    lead: [],
    kept: groups.filter(([first]) => !keys.includes(keyOf(first))).flat(),
    others: [],
    tail: [],
  };
}

const ourKey = 'credential_process';

/** The name of the entry that stands beside a profile's own. */
export function entryName(profile: string): string {
  return `${profile}-sts`;
}

function keysOf(body: readonly string[]): readonly (string | null)[] {
  return topLevel(body).map(([first]) => keyOf(first));
}

function untilHeader(lines: readonly string[]): readonly [readonly string[], readonly string[]] {
  const next = lines.findIndex((line) => sectionHeader(withoutMark(line)) !== null);
  return next < 0 ? [lines, []] : [lines.slice(0, next), lines.slice(next)];
}

type Group = readonly [first: string, ...nested: string[]];

/** Each line together with the indented ones that continue it. */
function topLevel(lines: readonly string[]): readonly Group[] {
  const groups: [string, ...string[]][] = [];
  for (const line of lines) {
    const parent = groups.at(-1);
    if (parent && isSetting(line) && isIndented(line)) parent.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** A line without its line end and without the byte order mark that a text may begin with. */
function contentOf(line: string): string {
  return withoutMark(line.replace(/(?:\r\n|\n|\r)$/, ''));
}

function withoutMark(line: string): string {
  return line.replace(/^\uFEFF/, '');
}

export function lineEndOf(text: string): string {
  return /(\r\n|\n|\r)[^\r\n]*$/.exec(text)?.[1] ?? '\n';
}

export function breaksBehind(lines: readonly string[]): Breaks {
  const last = lines.at(-1);
  if (last === undefined) return 0;
  if (!endsLine(last)) return 2;
  return contentOf(last).trim() === '' ? 0 : 1;
}

function endsLine(text: string): boolean {
  return /[\r\n]$/.test(text);
}

function isHeaderOf(line: string, profile: string): boolean {
  const header = sectionHeader(withoutMark(line));
  // To some SDKs blanks inside of the brackets are nothing.
  return header !== null && profileOfHeader(header.trim(), 'config') === profile;
}

/** A header as `aws configure` writes it. */
export function headerOf(profile: string, kind: AwsFileKind): string {
  if (kind === 'credentials' || profile === 'default') return `[${profile}]`;
  return /\s/.test(profile) ? `[profile '${profile}']` : `[profile ${profile}]`;
}

/** Neither empty nor a comment nor a header. */
function isSetting(line: string): boolean {
  return !/^\s*(?:$|[#;[])/.test(contentOf(line));
}

function isIndented(line: string): boolean {
  return /^\s/.test(contentOf(line));
}

/** The key of an unindented line. botocore also accepts `:` in place of `=`, and keys in any case. */
function keyOf(line: string): string | null {
  const content = contentOf(line);
  const end = content.search(/[=:]/);
  return end < 1 || /^[\s#;[]/.test(content) ? null : content.slice(0, end).trimEnd().toLowerCase();
}
