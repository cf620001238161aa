import { profileOfHeader, type AwsFileKind } from './aws-file-sections.ts';
import { linesOf, readAwsFileText, type AwsFileReading, type Setting } from './aws-file-text.ts';
import { headerOf } from './config-lines.ts';
import { placesOf, type CutPlace } from './cut-places.ts';
import { installedProfile } from './credential-process-line.ts';
import type { AccessKey } from '../credentials.ts';

/** A line that was cut out, with its line end. Of an access key it has what stands around the value, and never the value. */
export type CutLine = { readonly before: string; readonly key: keyof AccessKey | null; readonly behind: string };

/** Lines that stood together, and where. */
export type Cut = CutPlace & { readonly settings: readonly string[]; readonly lines: readonly CutLine[] };

/** What was put in: the line in a section that was there (`endedLine`: the line above got its line end), or a section of its own with all that was added. */
export type PutIn = { readonly kind: 'line'; readonly endedLine: boolean } | { readonly kind: 'section'; readonly added: string };

/** All that it takes to undo `withoutSettings`. */
export type Removal = { readonly cuts: readonly Cut[]; readonly putIn: PutIn | null };

type Wanted = {
  readonly kind: AwsFileKind;
  readonly profile: string;
  /** The names of the settings that go. */
  readonly gone: ReadonlySet<string>;
  /** The value of the `credential_process` that takes their place; null where none is to. */
  readonly entry: string | null;
  readonly key: AccessKey | null;
  /** A short mark of a line, from which the line cannot be found out. */
  readonly digest: (line: string) => string;
};

const keyNames: ReadonlyMap<string, keyof AccessKey> = new Map([
  ['aws_access_key_id', 'accessKeyId'],
  ['aws_secret_access_key', 'secretAccessKey'],
]);

/** Line `line` (from 1) holds another key than the profile's, or in a way that could not be put back as it was. */
export type UnusualKey = { readonly unusualLine: number };

/**
 * Takes settings out of a profile, and puts a `credential_process` in their place. Every other character stays.
 * A text that has been through this already comes back as it is.
 */
export function withoutSettings(text: string, wanted: Wanted): { readonly text: string; readonly removal: Removal } | UnusualKey {
  const { kind, profile, gone, entry, key, digest } = wanted;
  const reading = readAwsFileText(text);
  const lines = linesOf(text);
  const found = settingsOf(reading, kind, profile).filter((setting) => gone.has(setting.name) && !isOurs(setting, profile));
  const isIn = settingsOf(reading, kind, profile).some((setting) => isOurs(setting, profile));
  const names = new Map(found.flatMap((setting) => setting.lines.map((line) => [line, setting] as const)));
  const cutLines = new Map<number, CutLine>();
  const comments = new Map<number, string>();
  for (const [line, setting] of names) {
    const cut = cutLine(lines[line - 1] ?? '', setting, key);
    if (cut === null) return { unusualLine: line };
    cutLines.set(line, cut.line);
    if (cut.comment !== null) comments.set(line, cut.comment);
  }
  const sections = headersOf(reading, kind, profile);
  const kept = lines
    .map((content, index) => ({ content: comments.get(index + 1) ?? content, line: index + 1 }))
    .filter(({ line }) => !names.has(line) || comments.has(line));
  const cuts = runsOf(
    [...names.keys()].toSorted((a, b) => a - b),
    (line) => names.get(line),
  ).map((run): Cut => {
    const at = kept.findIndex(({ line }) => line > (run[0] ?? 0));
    const [aboveAt, belowAt] = [(at < 0 ? kept.length : at) - 1, at < 0 ? kept.length : at];
    const section = sections.findLastIndex((header) => header < (run[0] ?? 0));
    const headerAt = kept.findIndex(({ line }) => line === sections[section]);
    const [above, below] = [kept[aboveAt]?.content, kept[belowAt]?.content];
    return {
      settings: [...new Set(run.map((line) => names.get(line)?.name ?? ''))],
      lines: run.flatMap((line) => cutLines.get(line) ?? []),
      above: above === undefined ? null : digest(above),
      below: below === undefined ? null : digest(below),
      section: Math.max(section, 0),
      offset: aboveAt - headerAt,
    };
  });
  const rest = kept.map(({ content }) => content);
  if (entry === null || isIn) return { text: rest.join(''), removal: { cuts, putIn: null } };
  const first = [...names.keys()].toSorted((a, b) => a - b)[0] ?? (sections[0] === undefined ? null : sections[0] + 1);
  const end = lineEndOf(text);
  const ours = `credential_process = ${entry}${end}`;
  if (first === null) {
    const last = lines.at(-1);
    const breaks = last === undefined ? 0 : !endsLine(last) ? 2 : last.trim() === '' ? 0 : 1;
    const added = end.repeat(breaks) + headerOf(profile, kind) + end + ours;
    return { text: rest.join('') + added, removal: { cuts, putIn: { kind: 'section', added } } };
  }
  const above = lines.slice(0, first - 1).filter((_, index) => !names.has(index + 1));
  const endedLine = above.length > 0 && !endsLine(above.at(-1) ?? '');
  const put = [...above, endedLine ? end : '', ours, ...rest.slice(above.length)].join('');
  return { text: put, removal: { cuts, putIn: { kind: 'line', endedLine } } };
}

/**
 * Undoes `withoutSettings` in a text that may have been edited since: our line goes, and what was cut out comes back,
 * where what stood around it still stands. A setting that somebody has written anew since stays as it is now.
 * Without `key`, the lines of an access key do not come back.
 */
export function withSettingsBack(
  text: string,
  { cuts, putIn }: Removal,
  { kind, profile, key, digest }: Pick<Wanted, 'kind' | 'profile' | 'key' | 'digest'>,
): string {
  const rest = withoutEntry(text, putIn, kind, profile);
  const settings = settingsOf(readAwsFileText(rest), kind, profile);
  const present = new Set(settings.map(({ name }) => name));
  const back = cuts
    .map((cut, index) => ({ ...cut, index }))
    .filter((cut) => !cut.settings.some((name) => present.has(name)))
    .map((cut) => ({ ...cut, lines: cut.lines.filter((line) => line.key === null || key !== null) }))
    .filter(({ lines }) => lines.length > 0);
  if (back.length === 0) return rest;
  const end = lineEndOf(text);
  const textsOf = (cut: Cut) => cut.lines.map(({ before, key: part, behind }) => before + (part === null || key === null ? '' : key[part]) + behind);
  // Another tool that somebody has named since stands in the place of our line, or in one of its own.
  const tool = settings.find(({ name }) => name === 'credential_process');
  const ours = settingsOf(readAwsFileText(text), kind, profile).find((setting) => isOurs(setting, profile));
  const [entryAt = null] = putIn?.kind === 'line' ? (ours ?? tool ?? { lines: [] }).lines : [];
  const toolLines = new Set(tool?.lines);
  const toolTexts = linesOf(rest).filter((_, index) => toolLines.has(index + 1));
  const lines = linesOf(rest).filter((_, index) => !toolLines.has(index + 1));
  const reading = readAwsFileText(lines.join(''));
  const headers = headersOf(reading, kind, profile);
  if (headers.length === 0) {
    const gap = rest === '' ? '' : endsLine(rest) ? end : end + end;
    return rest + gap + headerOf(profile, kind) + end + joined(back.flatMap(textsOf), end);
  }
  const first = entryAt === null ? null : { at: entryAt - 1, weight: ours === undefined ? 2 : 4 };
  const places = placesOf(cuts, { lines, headers, starts: allHeaders(reading), first, digest });
  const toolCut = cuts.findIndex(({ settings: names }) => names.includes('credential_process'));
  const placed = back.map((cut) => ({ at: places[cut.index] ?? lines.length, above: cut.index < toolCut, texts: textsOf(cut) }));
  const toolAt = tool === undefined ? null : (tool.lines[0] ?? 1) - 1;
  const all = [...lines, ''].flatMap((line, index) => {
    const here = placed.filter(({ at }) => at === index);
    const [above, below] = [true, false].map((isAbove) => here.filter(({ above: stood }) => stood === isAbove).flatMap(({ texts }) => texts));
    return [...(above ?? []), ...(index === toolAt ? toolTexts : []), ...(below ?? []), ...(index < lines.length ? [line] : [])];
  });
  return joined(all, end);
}

/** Each line with a line end, but for the last one, which stays as it is. */
function joined(lines: readonly string[], end: string): string {
  return lines.map((line, index) => (endsLine(line) || index === lines.length - 1 ? line : line + end)).join('');
}

function withoutEntry(text: string, putIn: PutIn | null, kind: AwsFileKind, profile: string): string {
  const reading = readAwsFileText(text);
  const mine = settingsOf(reading, kind, profile);
  const ours = mine.find((setting) => isOurs(setting, profile));
  if (ours === undefined) return text;
  if (putIn?.kind === 'section' && mine.length === 1) {
    const at = text.lastIndexOf(putIn.added);
    const behind = at < 0 ? '' : text.slice(at + putIn.added.length);
    // Somebody's comment in our section would slip into the one above.
    if (at >= 0 && (behind === '' || /^\s*\[/.test(behind))) {
      const above = text.slice(0, at);
      return above + (behind !== '' && above !== '' && !endsLine(above) ? lineEndOf(text) : '') + behind;
    }
  }
  const lines = linesOf(text);
  const gone = new Set(ours.lines);
  const kept = lines.filter((_, index) => !gone.has(index + 1));
  const wasLast = ours.lines.includes(lines.length);
  const last = kept.at(-1);
  if (putIn?.kind === 'line' && putIn.endedLine && wasLast && last !== undefined) return [...kept.slice(0, -1), last.replace(/(?:\r\n|\n|\r)$/, '')].join('');
  return kept.join('');
}

/** Whether a setting asks this app for the very profile that it stands in. */
export function isOurs({ name, value }: Pick<Setting, 'name' | 'value'>, profile: string): boolean {
  return name === 'credential_process' && installedProfile(value) === profile;
}

/** `comment` is a line that stays in the place of one with a part of a key: what it says may be a secret, which no record may hold. */
function cutLine(line: string, { name, value, lines }: Setting, key: AccessKey | null): { readonly line: CutLine; readonly comment: string | null } | null {
  const part = keyNames.get(name);
  if (part === undefined) return { line: { before: line, key: null, behind: '' }, comment: null };
  const secret = key?.[part];
  if (secret === undefined || value !== secret || lines.length > 1) return null;
  // One that stands there twice would be left in the comment.
  const [before, behind, again] = line.split(secret);
  if (before === undefined || behind === undefined || again !== undefined) return null;
  const comment = behind.trimStart();
  if (comment === '') return { line: { before, key: part, behind }, comment: null };
  return { line: { before, key: part, behind: /(?:\r\n|\n|\r)$/.exec(behind)?.[0] ?? '' }, comment };
}

function settingsOf(reading: AwsFileReading, kind: AwsFileKind, profile: string): readonly Setting[] {
  return reading.sections.filter(({ header }) => profileOfHeader(header, kind) === profile).flatMap(({ settings }) => settings);
}

/** The lines of all headers, in the order of the file. */
function allHeaders({ sections, faults }: AwsFileReading): readonly number[] {
  const again = faults.flatMap((fault) => (fault.kind === 'section-twice' ? [fault.line] : []));
  return [...sections.map(({ line }) => line), ...again].toSorted((a, b) => a - b);
}

/** The lines of the profile's headers: its section may stand there twice. */
function headersOf({ sections, faults }: AwsFileReading, kind: AwsFileKind, profile: string): readonly number[] {
  const first = sections.filter(({ header }) => profileOfHeader(header, kind) === profile).map(({ line }) => line);
  const again = faults.flatMap((fault) => (fault.kind === 'section-twice' && profileOfHeader(fault.section, kind) === profile ? [fault.line] : []));
  return [...first, ...again].toSorted((a, b) => a - b);
}

/** Numbers that follow each other, together. */
function runsOf(numbers: readonly number[], settingOf: (line: number) => unknown): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === number - 1 && settingOf(number) === settingOf(number - 1)) run.push(number);
    else runs.push([number]);
  }
  return runs;
}

function lineEndOf(text: string): string {
  return /(\r\n|\n|\r)[^\r\n]*$/.exec(text)?.[1] ?? '\n';
}

function endsLine(text: string): boolean {
  return /[\r\n]$/.test(text);
}
