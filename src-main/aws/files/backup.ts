import { lstat, rename, rm } from 'node:fs/promises';
import { textWithoutKeys } from '../../core/aws-files/text-without-keys.ts';
import { systemErrorCode } from '../../core/system-error.ts';
import { encodeText, takeSnapshot } from './file-snapshot.ts';
import { stage, stagingName } from './staging.ts';

/** Where the previous content of an AWS file is kept, for a user who wants it back. */
export function backupOf(file: string): string {
  return `${file}.sts-tray-backup`;
}

/**
 * Takes the access keys out of a file's backup, where an earlier version of this app left them: the key
 * itself may be in the keychain now, or rotated. What is no file of ours, such as a link, stays as it is.
 * Throws the system's error.
 */
export async function takeKeysOutOfBackup(file: string): Promise<void> {
  const backup = backupOf(file);
  const found = await lstat(backup).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR') return null;
    throw error;
  });
  if (!found?.isFile()) return;
  const { text, encoding, owner } = await takeSnapshot(backup);
  const kept = textWithoutKeys(text);
  if (kept === text) return;
  const staged = stagingName(file);
  try {
    await stage(staged, encodeText(kept, encoding), owner, 0o600);
    await rename(staged, backup);
  } finally {
    await rm(staged, { force: true });
  }
}
