import { randomUUID } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lockLifetimeMs } from './file-lock.ts';
import type { Snapshot } from './file-snapshot.ts';

/** Writes a new file beside the one that it is to replace, for the same owner and with the same mode; with `mode` where there was none. */
export async function stage(path: string, bytes: Buffer, owner: Snapshot['owner'], mode: number): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    const { uid, gid } = await handle.stat();
    if (owner && (owner.uid !== uid || owner.gid !== gid)) await handle.chown(owner.uid, owner.gid);
    await handle.chmod(owner?.mode ?? mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Beside the file, since a file can be renamed into place only within one file system. */
export function stagingName(path: string): string {
  return `${path}.sts-tray-${randomUUID()}`;
}

/** Removes what a killed edit left beside the file. */
export async function removeLeftovers(paths: ReadonlySet<string>): Promise<void> {
  for (const path of paths) {
    const staging = (name: string) => name.startsWith(`${basename(path)}.sts-tray-`) && /-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(-earlier)?$/.test(name);
    for (const name of (await readdir(dirname(path)).catch(() => [])).filter(staging)) {
      const leftover = join(dirname(path), name);
      const madeAt = await stat(leftover).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      );
      if (Date.now() - madeAt > lockLifetimeMs) await rm(leftover, { force: true });
    }
  }
}
