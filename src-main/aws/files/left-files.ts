import { endOfLinks } from './file-snapshot.ts';
import { takeKeysOutOfBackup } from './backup.ts';
import type { AwsFiles } from './environment.ts';
import { removeLeftovers } from './staging.ts';

/**
 * Removes what may hold a key beside the AWS files, and is of no use any more: the staged text of an edit
 * that was killed, and the keys in a backup that an earlier version of this app made. What cannot be removed
 * stays until the next edit, which says so.
 */
export async function removeLeftKeys({ config, credentials }: AwsFiles): Promise<void> {
  for (const file of [config, credentials]) {
    await endOfLinks(file)
      .then((target) => removeLeftovers(new Set([target, file])))
      .catch(() => undefined);
    await takeKeysOutOfBackup(file).catch(() => undefined);
  }
}
