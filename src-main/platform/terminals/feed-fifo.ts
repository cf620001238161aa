import { close, constants, open } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemErrorCode, systemErrorReason } from '../../core/system-error.ts';

/** Nothing tells that a FIFO has got a reader. A person does not notice so short a wait. */
const lookAgainMs = 20;

/**
 * Writes `text` into a FIFO as soon as somebody reads from it. Null when it is written, else a few words on
 * why not. This process does it itself: one that waited in its place would outlive a crash of the app, with
 * the text, until somebody reads it.
 */
export async function feedFifo(fifo: string, text: string, signal: AbortSignal): Promise<string | null> {
  try {
    const fd = await openedForReader(fifo, signal);
    if (signal.aborted) {
      await promisify(close)(fd);
      return 'cancelled';
    }
    return await write(fd, text, signal);
  } catch (error) {
    return signal.aborted ? 'cancelled' : systemErrorReason(error);
  }
}

/** Opening it without O_NONBLOCK would wait in one of the few threads that all work on files shares. */
async function openedForReader(fifo: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    try {
      return await promisify(open)(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      // There is no reader yet (POSIX, `open`).
      if (systemErrorCode(error) !== 'ENXIO') throw error;
    }
    await sleep(lookAgainMs, null, { signal });
  }
}

/** The socket owns the descriptor, and waits where the FIFO is full. */
function write(fd: number, text: string, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = new Socket({ fd, readable: false, writable: true });
    const end = (): void => void socket.destroy();
    signal.addEventListener('abort', end);
    let reason: string | null = 'cancelled';
    socket
      .on('error', (error) => (reason = systemErrorReason(error)))
      .on('close', () => {
        signal.removeEventListener('abort', end);
        resolve(reason);
      });
    socket.write(text, (error) => {
      if (!error) reason = null;
      end();
    });
    if (signal.aborted) end();
  });
}
