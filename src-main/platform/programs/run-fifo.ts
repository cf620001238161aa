import { randomUUID } from 'node:crypto';
import { constants, open as openFile } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childOutcome } from '../terminals/child-outcome.ts';
import type { TerminalWorld } from '../terminals/terminal-world.ts';

/** How long a command that was handed a FIFO may take to open it, in milliseconds. */
const openMs = 10_000;

/**
 * Makes a FIFO that a command holds open while it runs, and calls back with how long that was, in
 * seconds. So the app learns when a command ends that is not its child, without a process in between
 * and without polling. Null where there can be no FIFO, as on Windows.
 */
export async function watchRun(folder: string, { platform, spawn, env, signal }: TerminalWorld, onEnd: (seconds: number) => void): Promise<string | null> {
  if (platform === 'win32') return null;
  const fifo = join(folder, randomUUID());
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch {
    return null;
  }
  if ((await childOutcome(spawn('mkfifo', ['-m', '600', fifo], { env: { PATH: env['PATH'] ?? '' }, stdio: 'ignore' }))) !== null) return null;
  void follow(fifo, signal, onEnd);
  return fifo;
}

async function follow(fifo: string, signal: AbortSignal, onEnd: (seconds: number) => void): Promise<void> {
  let isOpen = false;
  // `open` blocks a worker thread until a writer appears; opening the other end ourselves unblocks it.
  const release = (): void => {
    if (!isOpen)
      void open(fifo, constants.O_RDWR | constants.O_NONBLOCK).then(
        (file) => file.close(),
        () => undefined,
      );
  };
  const patience = setTimeout(release, openMs);
  signal.addEventListener('abort', release);
  try {
    // The socket owns the descriptor; a FileHandle would close it a second time.
    const fd = await promisify(openFile)(fifo, 'r');
    isOpen = true;
    const since = performance.now();
    const socket = new Socket({ fd, readable: true, writable: false });
    const end = (): void => void socket.destroy();
    signal.addEventListener('abort', end);
    await new Promise((resolve) => socket.on('close', resolve).on('end', end).on('error', end).resume());
    if (!signal.aborted) onEnd((performance.now() - since) / 1000);
  } catch {
    // This run is not measured; the next one will be.
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', release);
    await rm(fifo, { force: true });
  }
}
