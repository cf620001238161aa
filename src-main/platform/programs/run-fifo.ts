import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { constants, open, readSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childOutcome } from '../terminals/child-outcome.ts';
import type { TerminalWorld } from '../terminals/terminal-world.ts';

/** How long a command that was handed a FIFO may take to open it, in milliseconds. */
const openMs = 10_000;

/**
 * Makes a FIFO that a command holds open as long as it runs, and calls back with how long that was, in
 * seconds; with null where none held it. So the app learns of the end of a command that is nobody's child, without a process in
 * between and without looking again and again. Null where there can be none, as on Windows.
 */
export async function watchRun(
  folder: string,
  { platform, spawn, env, signal }: TerminalWorld,
  onEnd: (seconds: number | null) => void,
): Promise<string | null> {
  if (platform === 'win32') return null;
  const fifo = join(folder, randomUUID());
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await childOutcome(spawn('mkfifo', ['-m', '600', fifo], { env: { PATH: env['PATH'] ?? '' }, stdio: 'ignore' }))) !== null) return null;
    // Without O_NONBLOCK this waits for the command, in one of the few threads that all work on files shares.
    const fd = await promisify(open)(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    void follow({ fifo, fd }, signal, onEnd);
    return fifo;
  } catch {
    return null;
  }
}

async function follow(
  { fifo, fd }: { readonly fifo: string; readonly fd: number },
  signal: AbortSignal,
  onEnd: (seconds: number | null) => void,
): Promise<void> {
  const since = performance.now();
  // The socket owns the descriptor. It ends when the last process that held the FIFO open has ended, and not before one did.
  const socket = new Socket({ fd, readable: true, writable: false });
  const close = (): void => void socket.destroy();
  const patience = setTimeout(() => {
    if (!isHeldOpen(fd)) close();
  }, openMs);
  // One for each run, of which there may be many at once.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  const hasEnded = await new Promise<boolean>((resolve) => {
    socket
      .on('end', () => resolve(true))
      .on('close', () => resolve(false))
      .on('error', close)
      .resume();
  });
  close();
  clearTimeout(patience);
  signal.removeEventListener('abort', close);
  await rm(fifo, { force: true });
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
