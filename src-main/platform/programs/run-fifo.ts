import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { close, constants, fstatSync, open, readSync } from 'node:fs';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childOutcome } from '../terminals/child-outcome.ts';
import type { TerminalWorld } from '../terminals/terminal-world.ts';

/** How long a command, whose project is read once more before it starts, or a terminal, that was handed a FIFO may take to open it, in milliseconds. */
const opensWithinMs = 60_000;

/**
 * Makes a FIFO that a command holds open as long as it runs, and calls back with how long that was, in
 * seconds; with null where none held it. So the app learns of the end of a command that is nobody's child, without a process in
 * between and without looking again and again. Null where there can be none, as on Windows.
 */
export async function watchRun(folder: string, world: TerminalWorld, onEnd: (seconds: number | null) => void): Promise<string | null> {
  const fifo = await makeFifo(folder, world);
  return fifo === null ? null : watch({ fifo, opensMs: opensWithinMs, staysAfterQuit: false }, world.signal, onEnd);
}

/**
 * The same for a terminal, whose FIFO stays when the app quits: its next start goes on with `known`. Null
 * also for one that no terminal holds any more.
 */
export async function watchTerminal(folder: string, known: string | null, world: TerminalWorld, onEnd: () => void): Promise<string | null> {
  const fifo = known ?? (await makeFifo(folder, world));
  return fifo === null ? null : watch({ fifo, opensMs: known === null ? opensWithinMs : 0, staysAfterQuit: true }, world.signal, onEnd);
}

/**
 * Removes the FIFOs that an app left which was killed, and that nobody holds any more. Only for the app's
 * start: a FIFO that was handed out just now is held by nobody either.
 */
export async function removeLeftFifos(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const fifo = join(folder, name);
    const info = await lstat(fifo).catch(() => null);
    if (info?.isFIFO() !== true || !uuid.test(name)) continue;
    const fd = await promisify(open)(fifo, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
    if (fd === null) continue;
    const isLeft = !isHeldOpen(fd);
    await promisify(close)(fd);
    if (isLeft) await rm(fifo, { force: true });
  }
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

async function makeFifo(folder: string, { platform, spawn, env }: TerminalWorld): Promise<string | null> {
  if (platform === 'win32') return null;
  const fifo = join(folder, randomUUID());
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const unmade = await childOutcome(spawn('mkfifo', ['-m', '600', fifo], { env: { PATH: env['PATH'] ?? '' }, stdio: 'ignore' }));
    return unmade === null ? fifo : null;
  } catch {
    return null;
  }
}

type Watched = {
  readonly fifo: string;
  /** How long it may take until somebody holds it, in milliseconds; 0 for one that is held already. */
  readonly opensMs: number;
  readonly staysAfterQuit: boolean;
};

async function watch(watched: Watched, signal: AbortSignal, onEnd: (seconds: number | null) => void): Promise<string | null> {
  const { fifo, opensMs } = watched;
  try {
    // Without O_NONBLOCK this waits for the command, in one of the few threads that all work on files shares.
    const fd = await promisify(open)(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    // What the app kept may name anything by now, and the FIFO is removed in the end.
    if (!fstatSync(fd).isFIFO()) {
      await promisify(close)(fd);
      return null;
    }
    if (opensMs === 0 && !isHeldOpen(fd)) {
      await promisify(close)(fd);
      await rm(fifo, { force: true });
      return null;
    }
    void follow({ ...watched, fd }, signal, onEnd);
    return fifo;
  } catch {
    return null;
  }
}

async function follow(
  { fifo, fd, opensMs, staysAfterQuit }: Watched & { readonly fd: number },
  signal: AbortSignal,
  onEnd: (seconds: number | null) => void,
): Promise<void> {
  const since = performance.now();
  // The socket owns the descriptor. It ends when the last process that held the FIFO open has ended, and not before one did.
  const socket = new Socket({ fd, readable: true, writable: false });
  const end = (): void => void socket.destroy();
  const patience = setTimeout(() => {
    if (!isHeldOpen(fd)) end();
  }, opensMs);
  // One for each run, of which there may be many at once.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  const hasEnded = await new Promise<boolean>((resolve) => {
    socket
      .on('end', () => resolve(true))
      .on('close', () => resolve(false))
      .on('error', end)
      .resume();
  });
  end();
  clearTimeout(patience);
  signal.removeEventListener('abort', end);
  if (hasEnded || !signal.aborted || !staysAfterQuit) await rm(fifo, { force: true });
  if (hasEnded || !signal.aborted) onEnd(hasEnded ? (performance.now() - since) / 1000 : null);
}

/** Whether a process has the FIFO open for writing: reading then fails with EAGAIN, and is at the end otherwise (POSIX, `read`). */
function isHeldOpen(fd: number): boolean {
  try {
    return readSync(fd, Buffer.alloc(1)) > 0;
  } catch {
    return true;
  }
}
