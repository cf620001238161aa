import { setTimeout as delay } from 'node:timers/promises';
import type { Desktop } from '../../testing/desktop/desktop.ts';

const LOOK_EVERY_MS = 50;

/** Counts the MFA prompts that an app opens, by their windows on the desktop. */
export class PromptCount {
  readonly #stop = new AbortController();
  readonly #seen = new Set<number>();
  readonly #looking: Promise<void>;

  /** `pid` is the app's process. */
  constructor(desktop: Desktop, pid: number) {
    this.#looking = this.#look(desktop, pid);
  }

  /** How many windows there have been so far. */
  get count(): number {
    return this.#seen.size;
  }

  close(): Promise<void> {
    this.#stop.abort();
    return this.#looking;
  }

  async #look(desktop: Desktop, pid: number): Promise<void> {
    while (!this.#stop.signal.aborted) {
      for (const window of await desktop.windows()) {
        if (window.pid === pid && window.title.startsWith('MFA code')) this.#seen.add(window.id);
      }
      await delay(LOOK_EVERY_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }
}
