import { constants, open, stat } from 'node:fs/promises';

/**
 * The bytes of a file, which somebody else may have made. A FIFO or a device would be waited for without
 * end, or has none, and a file may be larger than the memory. Throws the system's error; EISDIR, EINVAL
 * (device, pipe or socket) and EFBIG (more than `bytesMax`) among them.
 */
export async function readRegularFile(path: string, bytesMax: number): Promise<Buffer> {
  // Before it is opened, since that alone does something to some devices.
  requireFile(await stat(path), bytesMax);
  // Windows has no such flag, and no FIFOs in folders.
  const handle = await open(path, process.platform === 'win32' ? 'r' : constants.O_RDONLY | constants.O_NONBLOCK);
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

const chunkBytes = 256 * 1024;

type Found = { readonly size: number; readonly isFile: () => boolean; readonly isDirectory: () => boolean };

function requireFile(found: Found, bytesMax: number): void {
  if (!found.isFile()) throw systemError(found.isDirectory() ? 'EISDIR' : 'EINVAL');
  if (found.size > bytesMax) throw systemError('EFBIG');
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
