import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { AppError, Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';

/**
 * Replaces a file as a whole, mode 0600 in a folder of mode 0700: whoever reads it, whenever the
 * machine stops, has the old bytes or the new ones. One write of a file at a time, by its owner.
 * Errors: vault-unwritable.
 *
 * The packages for atomic writes listen to signals while they write, to take their part files away.
 * In Electron that ends Chromium's own handling of SIGTERM: the app would die of it without quitting.
 * Here the name of the part file is always the same, so the next write replaces what a crash left.
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

/** Removes a file that may not be there, with what a crash left beside it. Errors: vault-unwritable. */
export async function removePrivateFile(file: string): Promise<Result<null>> {
  try {
    await rm(file, { force: true });
    await rm(partOf(file), { force: true });
    return succeeded(null);
  } catch (cause) {
    return failed(unwritable(file, cause));
  }
}

/** Moves a file that means nothing here out of the way, over an older one. The error to tell, also when it works. */
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
  // It may have been there with another mode.
  await chmod(folder, 0o700);
}

function partOf(file: string): string {
  return `${file}.part`;
}
