import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorReason } from '../core/system-error.ts';

/**
 * Replaces a file as a whole, with mode 0600 in a folder of mode 0700. A reader finds either the old
 * bytes or the new ones, even if the machine stops during the write. The caller must not start a
 * second write of the same file before the first has ended.
 * Null when it is written, else the code of the system's error, such as `EACCES`.
 *
 * No package for atomic writes is used here: these packages listen for signals while they write, to
 * remove their part files. In Electron that disables Chromium's own handling of SIGTERM, and the app
 * would die without quitting. Here the part file always has the same name, so the next write replaces
 * what a crash left.
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

/** Removes a file, if it exists, and what a crash left beside it. Null, or why not, as above. */
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
  // The folder may have existed with another mode.
  await chmod(folder, 0o700);
}

function partOf(file: string): string {
  return `${file}.part`;
}
