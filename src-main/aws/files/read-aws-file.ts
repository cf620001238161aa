import { stat } from 'node:fs/promises';
import { readRegularFile } from '../../files/read-file.ts';
import { awsFileBytesMax } from './file-snapshot.ts';
import { headerProfile } from './config-lint.ts';

export type AwsFileText = {
  readonly text: string;
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
  bytes.fill(0);
  const isOpenToOthers = process.platform !== 'win32' && ((await stat(path)).mode & 0o044) !== 0;
  return { text, hasSecret, isOpenToOthers };
}

const secretSettings: ReadonlySet<string> = new Set(['aws_secret_access_key', 'aws_session_token', 'aws_security_token']);
const [lineFeed, carriageReturn, equals, bracket, star] = [0x0a, 0x0d, 0x3d, 0x5b, 0x2a] as const;

/** Longer than a name and what may stand around it. */
const nameBytesMax = 200;

/** Returns whether there is a secret at all. */
function maskSecrets(kind: 'config' | 'credentials', bytes: Buffer, keyOf: string | null): boolean {
  let hasSecret = false;
  let profile: string | null = null;
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(lineFeed, start);
    const end = feed < 0 ? bytes.length : feed;
    const line = bytes.subarray(start, end);
    start = end + 1;
    const at = line.indexOf(equals);
    if (line.includes(bracket) && (at < 0 || line.indexOf(bracket) < at)) {
      const header = headerProfile(kind, line.toString('utf8').trim());
      if (header !== undefined) profile = header;
    }
    if (at < 0 || at > nameBytesMax || !secretSettings.has(line.toString('utf8', 0, at).trim().toLowerCase())) continue;
    const value = line.subarray(at + 1);
    if (!holdsValue(value)) continue;
    hasSecret = true;
    if (keyOf === null || profile !== keyOf) value.fill(star, 0, value.at(-1) === carriageReturn ? value.length - 1 : value.length);
  }
  return hasSecret;
}

/** Whether there is more than spaces and a comment. */
function holdsValue(value: Buffer): boolean {
  const first = value.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== carriageReturn);
  if (first < 0) return false;
  const startsComment = value[first] === 0x23 || value[first] === 0x3b;
  return !(startsComment && first > 0);
}
