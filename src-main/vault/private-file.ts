import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { AppError, Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';

/**
 * Replaces a file as a whole, with mode 0600 in a folder of mode 0700. A reader finds either the old
 * bytes or the new ones, even if the machine stops during the write. The caller must not start a
 * second write of the same file before the first has ended. Errors: vault-unwritable.
 *
 * No package for atomic writes is used here: these packages listen for signals while they write, to
 * remove their part files. In Electron that disables Chromium's own handling of SIGTERM, and the app
 * would die without quitting. Here the part file always has the same name, so the next write replaces
 * what a crash left.
 */
export async function writePrivateFile(file: string, bytes: Buffer): Promise<Result<null>> {
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
    return succeeded(null);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    return failed(unwritable(file, cause));
  }
}

/** Removes a file, if it exists, and what a crash left beside it. Errors: vault-unwritable. */
export async function removePrivateFile(file: string): Promise<Result<null>> {
  try {
    await rm(file, { force: true });
    await rm(partOf(file), { force: true });
    return succeeded(null);
  } catch (cause) {
    return failed(unwritable(file, cause));
  }
}

/** Moves an unreadable file out of the way, replacing an earlier one. Returns the error to report, even if the move works. */
export async function setAside(file: string): Promise<AppError> {
  const kept = `${file}.unreadable`;
  try {
    await rename(file, kept);
    return appError('vault-unreadable', { file, kept: basename(kept) });
  } catch (cause) {
    return unwritable(file, cause);
  }
}

export function unwritable(file: string, cause: unknown): AppError {
  return appError('vault-unwritable', { file, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' });
}

async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The folder may have existed with another mode.
  await chmod(folder, 0o700);
}

function partOf(file: string): string {
  return `${file}.part`;
}
