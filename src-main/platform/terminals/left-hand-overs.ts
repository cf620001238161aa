import { close, constants, open } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemErrorCode } from '../../core/system-error.ts';
import type { TerminalWorld } from './terminal-world.ts';

/** The FIFO in the private folder of a hand-over, and what else is there. */
export const sessionFifo = 'session';
const otherFiles: ReadonlySet<string> = new Set(['stderr']);

/** What the name of a private folder begins with. It names the process, so that another app's folder is left alone. */
export function handOverFolder(pid: number): string {
  return `sts-tray-${pid}-`;
}

const folderName = /^sts-tray-(?:(\d+)-)?[A-Za-z\d]{6}$/;

/** Longer than any hand-over takes, in milliseconds. */
const longAgoMs = 10 * 60_000;

type Start = Pick<TerminalWorld, 'env' | 'temporaryFolder' | 'platform'> & {
  /** When the app started, and now, in epoch milliseconds. */
  readonly startedAt: number;
  readonly now: number;
};

/**
 * Removes what hand-overs left behind whose app was killed. A shell that still waits for its session ends,
 * as none will come.
 */
export async function removeLeftHandOvers({ env, temporaryFolder, platform, ...times }: Start): Promise<void> {
  if (platform === 'win32') return;
  for (const parent of new Set([env['XDG_RUNTIME_DIR'], temporaryFolder])) {
    if (!parent) continue;
    for (const name of await readdir(parent).catch(() => [])) {
      const match = folderName.exec(name);
      // What goes wrong here stays where it is, and does no harm.
      if (match !== null) await removeIfLeft(join(parent, name), match[1], times).catch(() => undefined);
    }
  }
}

async function removeIfLeft(folder: string, pid: string | undefined, times: Pick<Start, 'startedAt' | 'now'>): Promise<void> {
  const info = await lstat(folder);
  if (!info.isDirectory() || info.uid !== process.getuid?.() || !isLeft(info.mtimeMs, pid, times)) return;
  const names = await readdir(folder);
  if (!names.every((name) => name === sessionFifo || otherFiles.has(name))) return;
  if (names.includes(sessionFifo)) {
    const fifo = join(folder, sessionFifo);
    if (!(await lstat(fifo)).isFIFO()) return;
    await letGo(fifo);
  }
  await rm(folder, { recursive: true, force: true });
}

function isLeft(madeAt: number, pid: string | undefined, { startedAt, now }: Pick<Start, 'startedAt' | 'now'>): boolean {
  if (now - madeAt > longAgoMs) return true;
  if (pid === undefined) return false;
  // In a container each start of the app may have the same number.
  return Number(pid) === process.pid ? madeAt < startedAt : !isRunning(Number(pid));
}

/** Whoever waits to read from the FIFO is at its end. */
async function letGo(fifo: string): Promise<void> {
  await promisify(open)(fifo, constants.O_WRONLY | constants.O_NONBLOCK).then(promisify(close), () => undefined);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's process has the number by now.
    return systemErrorCode(error) !== 'ESRCH' && systemErrorCode(error) !== 'EPERM';
  }
}
