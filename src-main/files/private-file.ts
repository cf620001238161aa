import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorReason } from '../core/system-error.ts';

/**
 * Replaces a file as a whole, mode 0600 in a folder of mode 0700: whoever reads it, whenever the
 * machine stops, has the old bytes or the new ones. One write of a file at a time, by its owner.
 * Null when it is written, else the code of the system's error, such as `EACCES`.
 *
 * The packages for atomic writes listen to signals while they write, to take their part files away.
 * In Electron that ends Chromium's own handling of SIGTERM: the app would die of it without quitting.
 * Here the name of the part file is always the same, so the next write replaces what a crash left.
 */
export async function writePrivateFile(file: string, bytes: Buffer): Promise<string | null> {
  const part = partOf(file);
  try {
    await makePrivateFolder(dirname(file));
    await rm(part, { force: true });
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
    return null;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    return systemErrorReason(error);
  }
}

/** Removes a file that may not be there, with what a crash left beside it. Null, or why not, as above. */
export async function removePrivateFile(file: string): Promise<string | null> {
  try {
    await rm(file, { force: true });
    await rm(partOf(file), { force: true });
    return null;
  } catch (error) {
    return systemErrorReason(error);
  }
}

async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // It may have been there with another mode.
  await chmod(folder, 0o700);
}

function partOf(file: string): string {
  return `${file}.part`;
}
