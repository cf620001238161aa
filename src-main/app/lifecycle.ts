import { setTimeout as delay } from 'node:timers/promises';
import { app } from 'electron';

/** How long the app waits for its parts when it ends, in milliseconds. It has no tray by then. */
const endMs = 10_000;

type Ends = {
  /** Disposed at once, in this order. */
  readonly atOnce: readonly { readonly dispose: () => void }[];
  /** What the app waits for afterwards: all that is still to be written, closed or answered. */
  readonly awaited: readonly { readonly dispose: () => Promise<void> }[];
};

/** The way out of the app: everything else only asks Electron to quit. */
export class Quitting {
  readonly #ended = new AbortController();
  #isUnderWay = false;

  constructor() {
    app.on('before-quit', () => (this.#isUnderWay = true));
    // A tray app goes on without windows.
    app.on('window-all-closed', () => {});
    // Libraries that clean up after themselves take these signals from Electron, which would quit on them.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  }

  /** Whether the windows are being closed because the app quits. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Aborts when the windows are closed and the app ends. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Once the windows are closed, disposes of all this; the app ends when that is done, and is killed when it takes too long. */
  disposeOf({ atOnce, awaited }: Ends): void {
    app.on('will-quit', (event) => {
      if (this.signal.aborted) return;
      event.preventDefault();
      this.#ended.abort();
      for (const part of atOnce) part.dispose();
      // quit() would do nothing while Electron has not yet left this event, as the promises may not have either.
      void Promise.allSettled(awaited.map((part) => part.dispose())).then(() => app.exit());
      // What hangs then, such as a file system that is gone, would keep Node's end waiting too, on a busy core.
      void delay(endMs).then(() => process.kill(process.pid, 'SIGKILL'));
    });
  }
}
