import { isUtf8 } from 'node:buffer';
import { open, lstat, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { systemErrorCode } from '../../core/system-error.ts';

/** A file at one moment. */
export type Snapshot = {
  readonly text: string;
  /** `latin1` is used for everything that is not UTF-8, because it keeps the bytes as they were. */
  readonly encoding: 'utf8' | 'latin1';
  /** Null when the file does not exist. */
  readonly owner: { readonly mode: number; readonly uid: number; readonly gid: number } | null;
  /** Which file this is and when it was last written. */
  readonly version: string;
  /** Epoch milliseconds; 0 when the file does not exist. */
  readonly changedAt: number;
};

const none: Snapshot = { text: '', encoding: 'utf8', owner: null, version: '', changedAt: 0 };
const maxLinks = 40;

/** The largest AWS file that is read, in bytes: some hundred thousand profiles. */
export const awsFileBytesMax = 32 * 1024 * 1024;

/**
 * The file that a path leads to, as it is now. Throws the system's error, and EISDIR, EINVAL (device
 * or pipe), EFBIG or EILSEQ (not text) for anything that is not a text file.
 */
export async function takeSnapshot(path: string): Promise<Snapshot> {
  try {
    // Checked before it is opened, because opening a pipe waits for its other end.
    const found = await stat(path);
    if (!found.isFile()) throw systemError(found.isDirectory() ? 'EISDIR' : 'EINVAL');
    if (found.size > awsFileBytesMax) throw systemError('EFBIG');
    const handle = await open(path, 'r');
    try {
      return await snapshotOf(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return none;
    throw error;
  }
}

/** What an open file holds now, from its beginning. */
export async function snapshotOf(handle: FileHandle): Promise<Snapshot> {
  const info = await handle.stat({ bigint: true });
  const chunks: Buffer[] = [];
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(64 * 1024), position });
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  const bytes = Buffer.concat(chunks);
  // UTF-16, which the AWS tools cannot read either, has NULs in it.
  if (bytes.includes(0)) throw systemError('EILSEQ');
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  return {
    text: bytes.toString(encoding),
    encoding,
    owner: { mode: Number(info.mode & 0o7777n), uid: Number(info.uid), gid: Number(info.gid) },
    version: `${info.dev}:${info.ino}:${info.mtimeNs}`,
    changedAt: Number(info.mtimeMs),
  };
}

export function isSameSnapshot(one: Snapshot, other: Snapshot): boolean {
  return one.version === other.version && one.text === other.text;
}

/** The bytes of a text in an encoding. Throws EILSEQ when the encoding lacks one of the text's characters. */
export function encodeText(text: string, encoding: Snapshot['encoding']): Buffer {
  const bytes = Buffer.from(text, encoding);
  if (bytes.toString(encoding) !== text) throw systemError('EILSEQ');
  return bytes;
}

/** The file at the end of a chain of symbolic links; it need not exist. Throws ELOOP when the chain has no end. */
export async function endOfLinks(path: string): Promise<string> {
  let end = path;
  for (let links = 0; links < maxLinks; links += 1) {
    // `..` in a link is resolved from the real location of the link's folder.
    const folder = await orMissing(realpath(dirname(end)));
    end = folder === null ? end : join(folder, basename(end));
    const info = await orMissing(lstat(end));
    if (!info?.isSymbolicLink()) return end;
    end = resolve(dirname(end), await readlink(end));
  }
  throw systemError('ELOOP');
}

async function orMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
