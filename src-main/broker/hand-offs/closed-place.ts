import { lstat, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorReason } from '../../core/system-error.ts';

/** `aws configure` prints it where it refuses. */
const name = 'aws-configure-has-to-run-outside-of-STS-Tray';

/** In no folder can anything be made below it, by root neither. */
const nowhere = '/proc/sts-tray-keeps-no-keys-here';

/**
 * The path of a file that is not there, and that nobody can make: programs read nothing from it, and those that would
 * write an access key into it, which would win over the session, fail and leave it with the user. Only Linux has such
 * a place; null elsewhere. Returns the code of the system's error where it cannot be made.
 */
export async function closedPlace(folder: string): Promise<{ readonly file: string } | { readonly reason: string } | null> {
  if (process.platform !== 'linux') return null;
  const link = join(folder, name);
  try {
    if ((await readlink(link).catch(() => null)) !== nowhere) {
      // What somebody has put there may be of use to them.
      if ((await lstat(link).catch(() => null)) !== null) await rename(link, `${link}.${Date.now()}`);
      const made = `${link}.part`;
      await rm(made, { force: true });
      await symlink(nowhere, made);
      await rename(made, link);
    }
    return { file: join(link, 'credentials') };
  } catch (error) {
    return { reason: systemErrorReason(error) };
  }
}
