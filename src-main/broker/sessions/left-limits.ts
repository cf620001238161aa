import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** How long a limit is kept after it was last asked for, in milliseconds: longer than people leave a terminal alone that they come back to. */
export const unusedMs = 30 * 24 * 3_600_000;

/**
 * Removes the limits that nobody has asked for in 30 days, and the private configurations that ask for them. Terminals
 * outlive their app, so none goes with its session; one that is asked for after all is refused, and never another
 * session handed out. What cannot be removed stays until the next start.
 */
export async function removeLeftLimits({
  limits,
  terminals,
  now,
}: {
  readonly limits: string;
  readonly terminals: string;
  readonly now: number;
}): Promise<void> {
  const gone: string[] = [];
  for (const name of (await readdir(limits).catch(() => [])).filter((each) => /^[\da-f]{40}\.json$/.test(each))) {
    const file = join(limits, name);
    const usedAt = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    if (now - usedAt > unusedMs) gone.push(basename(name, '.json'));
  }
  if (gone.length === 0) return;
  for (const name of (await readdir(terminals).catch(() => [])).filter((each) => /^[\da-f]{16}$/.test(each))) {
    const text = await readFile(join(terminals, name, 'config'), 'utf8').catch(() => '');
    if (gone.some((id) => text.includes(`--limit-id=${id}`))) await rm(join(terminals, name), { recursive: true, force: true }).catch(() => undefined);
  }
  // Last: a configuration is found by its limit.
  for (const id of gone) await rm(join(limits, `${id}.json`), { force: true }).catch(() => undefined);
}
