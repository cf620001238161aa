import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { profileOfHeader } from '../../core/aws-files/aws-file-sections.ts';
import { defaultsHeader, sectionHeader } from '../../core/aws-files/aws-file-text.ts';
import { readRegularFile } from '../../files/read-file.ts';
import { awsFileBytesMax } from './file-snapshot.ts';

export type AwsFileText = {
  readonly text: string;
  /** The AWS CLI refuses a file in another encoding. */
  readonly isUtf8: boolean;
  readonly hasSecret: boolean;
  /** Whether other users of the computer may read it; false on Windows, where no mode says so. */
  readonly isOpenToOthers: boolean;
};

/**
 * Reads an AWS file with `*` in place of every secret but those of the profile `keyOf`. Only a call that is
 * to be signed needs one: what is never read as a text has no copy in memory that a dump could show. Throws
 * as `readRegularFile`.
 */
export async function readAwsFile(kind: 'config' | 'credentials', path: string, keyOf: string | null): Promise<AwsFileText> {
  const bytes = await readRegularFile(path, awsFileBytesMax);
  const hasSecret = maskSecrets(kind, bytes, keyOf);
  const text = bytes.toString('utf8');
  const inUtf8 = isUtf8(bytes);
  bytes.fill(0);
  const isOpenToOthers = process.platform !== 'win32' && ((await stat(path)).mode & 0o044) !== 0;
  return { text, isUtf8: inUtf8, hasSecret, isOpenToOthers };
}

const secretSettings: ReadonlySet<string> = new Set(['aws_secret_access_key', 'aws_session_token', 'aws_security_token']);
/** What follows `aws_` in those names, but for letters that could also be written otherwise. */
const secretWords = ['secret', 'session_t', 'security'].map((word) => Buffer.from(word));
/** How each of them begins, with the underscore in front of it: few other settings have that, and so few places are looked at. */
const beginnings = ['_s', '_S'].map((text) => Buffer.from(text));
const [tab, lineFeed, carriageReturn, space, colon, equals, bracket, star] = [0x09, 0x0a, 0x0d, 0x20, 0x3a, 0x3d, 0x5b, 0x2a] as const;

const byteOrderMark = Buffer.from('\uFEFF');

/** Longer than a name and what may stand around it. */
const nameBytesMax = 200;

/** Returns whether there is a secret at all. */
function maskSecrets(kind: 'config' | 'credentials', bytes: Buffer, keyOf: string | null): boolean {
  // A config file of thousands of roles has none, and to look at each of its lines takes longer than to read it.
  if (!mayHoldSecret(bytes)) return false;
  let hasSecret = false;
  let isMasked = true;
  /** How far a secret's own line is indented; null where the line above belongs to none. */
  let indent: number | null = null;
  for (const line of linesIn(bytes)) {
    const margin = marginOf(line);
    if (margin === line.length || isComment(line[margin])) continue;
    if (indent !== null && margin > indent) {
      // What is indented more is a part of the value.
      if (isMasked) line.fill(star, margin);
      continue;
    }
    indent = null;
    if (line[margin] === bracket) {
      const header = sectionHeader(line.toString('utf8'));
      if (header !== null) isMasked = keyOf === null || (header !== defaultsHeader && profileOfHeader(header, kind) !== keyOf);
      continue;
    }
    const at = line.findIndex((byte) => byte === equals || byte === colon);
    if (at < 0 || at > nameBytesMax || !secretSettings.has(line.toString('utf8', 0, at).trim().toLowerCase())) continue;
    indent = margin;
    const value = line.subarray(at + 1);
    if (!holdsValue(value)) continue;
    hasSecret = true;
    if (isMasked) value.fill(star);
  }
  return hasSecret;
}

/** Whether what tells the names of secret settings from others stands anywhere. */
function mayHoldSecret(bytes: Buffer): boolean {
  return beginnings.some((beginning) => {
    for (let at = bytes.indexOf(beginning); at >= 0; at = bytes.indexOf(beginning, at + 1))
      if (secretWords.some((word) => isWordAt(word, bytes, at + 1))) return true;
    return false;
  });
}

/** In small letters or capital ones; the word is in small ones. */
function isWordAt(word: Buffer, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < word.length; index += 1) {
    const byte = bytes[start + index] ?? 0;
    const isCapital = byte >= 0x41 && byte <= 0x5a;
    if (word[index] !== (isCapital ? byte + 0x20 : byte)) return false;
  }
  return true;
}

/** The lines, without their ends and without a byte order mark, as parts of the same memory. */
function* linesIn(bytes: Buffer): Generator<Buffer> {
  for (let start = bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0; start < bytes.length;) {
    const feed = bytes.indexOf(lineFeed, start);
    const end = feed < 0 ? bytes.length : feed;
    const line = bytes.subarray(start, end);
    start = end + 1;
    // A carriage return alone ends a line too.
    for (let from = 0; from < line.length;) {
      const at = line.indexOf(carriageReturn, from);
      yield line.subarray(from, at < 0 ? line.length : at);
      from = at < 0 ? line.length : at + 1;
    }
  }
}

function marginOf(line: Buffer): number {
  const first = line.findIndex((byte) => byte !== space && byte !== tab);
  return first < 0 ? line.length : first;
}

/** Whether there is more than spaces and a comment. */
function holdsValue(value: Buffer): boolean {
  const first = marginOf(value);
  if (first === value.length) return false;
  return first === 0 || !isComment(value[first]);
}

function isComment(byte: number | undefined): boolean {
  return byte === 0x23 || byte === 0x3b;
}
