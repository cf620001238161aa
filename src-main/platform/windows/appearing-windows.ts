import type { BrowserWindow } from 'electron';
import type { View } from '../../contract/ipc.ts';
import { takeFocus } from './window-focus.ts';

/**
 * How long a window waits for its page's first state after the page was loaded, in milliseconds. A window
 * that never appears is worse than an empty one.
 */
const patience = 3000;

/**
 * How long a page that shows its first state waits to be painted, in milliseconds. Wayland paints nothing that is hidden,
 * and so Chromium would never say that it is ready to be shown.
 */
const paintPatience = 100;

/** How long after a window came to the screen its page is seen there, in milliseconds: what is done meanwhile in this process would delay it. */
const drawnMs = 100;

type Appearing = {
  /** For one of the two things that the window waits for. */
  readonly came: (part: 'paint' | 'keys') => void;
  readonly onScreen: Promise<void>;
};

/** New windows, each until it is on the screen: it comes when its page has been painted and takes keys. */
export class AppearingWindows {
  readonly #appearing = new WeakMap<BrowserWindow, Appearing>();

  has(window: BrowserWindow): boolean {
    return this.#appearing.has(window);
  }

  /** Resolves once the window is to be seen, will never be, or takes longer than anybody waits for it. */
  async onScreen(window: BrowserWindow): Promise<void> {
    await this.#appearing.get(window)?.onScreen;
  }

  watch(window: BrowserWindow, view: View): void {
    const awaited = new Set(['paint', 'keys']);
    let over = (): void => {};
    const onScreen = new Promise<void>((resolve) => (over = resolve));
    const came = (part: 'paint' | 'keys') => {
      awaited.delete(part);
      if (awaited.size > 0 || window.isDestroyed() || !this.#appearing.delete(window)) return;
      takeFocus(window, view);
      setTimeout(over, drawnMs);
    };
    this.#appearing.set(window, { came, onScreen });
    window.once('closed', over);
    // Whoever waits is not to wait for ever where a page never comes.
    setTimeout(over, patience);
    window.once('ready-to-show', () => came('paint'));
    window.webContents.once('did-finish-load', () => {
      setTimeout(() => {
        came('keys');
        came('paint');
      }, patience);
    });
  }

  /** The window's page shows its first state and takes keys. */
  takesKeys(window: BrowserWindow): void {
    const appearing = this.#appearing.get(window);
    if (appearing === undefined) return;
    appearing.came('keys');
    setTimeout(() => appearing.came('paint'), paintPatience);
  }
}
