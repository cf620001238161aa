import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemErrorCode } from '../../core/system-error.ts';

export type FileLock = {
  /** False once somebody has taken the lock over, because its holder was too slow or asleep. */
  readonly isHeld: () => Promise<boolean>;
  readonly release: () => Promise<void>;
};

/** A lock older than this many milliseconds no longer counts, even if its holder is still running. */
export const lockLifetimeMs = 10_000;
/** Nobody keeps the lock for longer than its lifetime, so whoever waits for longer than that waits in a queue that moves. */
const patienceMs = 6 * lockLifetimeMs;
const longestPauseMs = 40;

/**
 * Creates the file `path` with the PID, host and a random word of its holder. Waits up to 60 s while
 * others have the lock, then returns null. A lock is taken over when it is older than 10 s or
 * its process is gone. A lock of another host, which may share the folder, is judged by its age only.
 * Throws the system's error when the file cannot be created.
 */
export async function acquireLock(path: string): Promise<FileLock | null> {
  const mark = `${process.pid} ${hostname()} ${randomUUID()}\n`;
  const givesUpAt = performance.now() + patienceMs;
  while (performance.now() < givesUpAt) {
    if (await makeFile(path, mark)) {
      const isHeld = async () => (await readMark(path)) === mark;
      return { isHeld, release: async () => ((await isHeld()) ? rm(path, { force: true }) : undefined) };
    }
    const stale = await readMark(path);
    if (stale !== null && (await isStale(path, stale))) await remove(path, stale);
    else await sleep(Math.random() * longestPauseMs);
  }
  return null;
}

async function makeFile(path: string, content: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(content);
    } catch (error) {
      // Without its holder's name it would count until it is old, also once the disk has room again.
      await rm(path, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The content of a lock file, which is empty while the file is being created; null when there is no file. */
async function readMark(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

async function isStale(path: string, mark: string): Promise<boolean> {
  const madeAt = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  );
  if (Date.now() - madeAt > lockLifetimeMs) return true;
  const [, pid, host] = /^(\d+) (\S+) /.exec(mark) ?? [];
  return host === hostname() && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) !== 'ESRCH';
  }
}

/** Moves the lock away first: if several processes find it stale, only one may remove it, and none may remove a fresh lock. */
async function remove(path: string, stale: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readMark(aside)) !== stale) await link(aside, path);
  } catch {
    // Somebody else was first.
  } finally {
    await rm(aside, { force: true });
  }
}
