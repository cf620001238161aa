import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { systemErrorReason } from '../core/system-error.ts';

/**
 * The bytes of a file, which somebody else may have made. A FIFO or a device would be waited for without
 * end, or has none, and a file may be larger than the memory. Throws the system's error; EISDIR, EINVAL
 * (device, pipe or socket) and EFBIG (more than `bytesMax`) among them.
 */
export async function readRegularFile(path: string, bytesMax: number): Promise<Buffer> {
  // Before it is opened, since that alone does something to some devices.
  requireFile(await stat(path), bytesMax);
  const handle = await open(path, withoutWaiting);
  try {
    const found = await handle.stat();
    requireFile(found, bytesMax);
    const chunks: Buffer[] = [];
    let length = 0;
    // Until the end, since files that the system makes up have no size.
    for (;;) {
      const wanted = length === 0 && found.size > 0 ? found.size + 1 : chunkBytes;
      const { bytesRead, buffer } = await handle.read({ buffer: Buffer.allocUnsafe(wanted), position: null });
      length += bytesRead;
      if (length > bytesMax) throw systemError('EFBIG');
      if (bytesRead > 0) chunks.push(buffer.subarray(0, bytesRead));
      if (bytesRead === 0 || length === found.size) break;
    }
    return chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

/** Windows has no such flag, and no FIFOs in folders. */
const withoutWaiting = process.platform === 'win32' ? 'r' : constants.O_RDONLY | constants.O_NONBLOCK;

/** The same where nothing can go on before, for files of the app's own folder. Throws the same. */
export function readRegularFileAtOnce(path: string, bytesMax: number): Buffer {
  requireFile(statSync(path), bytesMax);
  const file = openSync(path, withoutWaiting);
  try {
    requireFile(fstatSync(file), bytesMax);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** How large a file of the app's own can be, in bytes: far more than any of them becomes. */
export const ownFileBytesMax = 16 * 1_048_576;

/** Whether that is why a file could not be read which is no regular one, or far too large. */
export function isNoUsualFile(error: unknown): boolean {
  return ['EISDIR', 'EINVAL', 'EFBIG'].includes(systemErrorReason(error));
}

const chunkBytes = 256 * 1024;

type Found = { readonly size: number; readonly isFile: () => boolean; readonly isDirectory: () => boolean };

function requireFile(found: Found, bytesMax: number): void {
  if (!found.isFile()) throw systemError(found.isDirectory() ? 'EISDIR' : 'EINVAL');
  if (found.size > bytesMax) throw systemError('EFBIG');
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
