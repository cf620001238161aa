import type { BrowserWindow } from 'electron';

/** How long what is typed is kept in a window that nobody sees, in milliseconds: it may be a key, and the window costs memory. */
const keptMs = 300_000;

/**
 * Windows that go with a click on the tray's icon, as menus do. What somebody has typed in one is still there when the next
 * click brings it back: its page objects to being closed then, and the window is only hidden.
 */
export class TypedWindows {
  readonly #asked = new WeakSet<BrowserWindow>();
  readonly #hidden = new WeakMap<BrowserWindow, NodeJS.Timeout>();

  /** For each new window. What its page objects to counts for the icon alone: a key, a button and the end of the app close it. */
  watch(window: BrowserWindow): void {
    window.webContents.on('will-prevent-unload', (event) => {
      if (!this.#asked.delete(window)) {
        event.preventDefault();
        return;
      }
      window.hide();
      this.#hidden.set(
        window,
        setTimeout(() => window.destroy(), keptMs),
      );
    });
    window.once('closed', () => this.shown(window));
  }

  closeOrHide(window: BrowserWindow): void {
    this.#asked.add(window);
    window.close();
  }

  isHidden(window: BrowserWindow): boolean {
    return this.#hidden.has(window);
  }

  /** The window is on the screen again, or gone. */
  shown(window: BrowserWindow): void {
    clearTimeout(this.#hidden.get(window));
    this.#hidden.delete(window);
  }
}
