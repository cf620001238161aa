import type { AppError, Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { systemErrorReason } from '../core/system-error.ts';
import { removePrivateFile, writePrivateFile } from '../files/private-file.ts';
import { setAside as moveAside } from '../files/set-aside.ts';

/** Errors: `vault-unwritable` `{file, reason}`. */
export async function writeVaultFile(file: string, bytes: Buffer): Promise<Result<null>> {
  return outcome(file, await writePrivateFile(file, bytes));
}

/** The file may not be there. Errors: `vault-unwritable` `{file, reason}`. */
export async function removeVaultFile(file: string): Promise<Result<null>> {
  return outcome(file, await removePrivateFile(file));
}

/** Moves a file that means nothing here out of the way. The error to tell, also when it works. */
export function setAside(file: string): AppError {
  try {
    return appError('vault-unreadable', { file, kept: moveAside(file) });
  } catch (error) {
    return unwritable(file, systemErrorReason(error));
  }
}

/** `reason` is the code of the system's error. */
export function unwritable(file: string, reason: string): AppError {
  return appError('vault-unwritable', { file, reason });
}

function outcome(file: string, reason: string | null): Result<null> {
  return reason === null ? succeeded(null) : failed(unwritable(file, reason));
}
