import { BrowserWindow, screen, type BrowserWindowConstructorOptions, type Rectangle } from 'electron';
import type { View } from '../contract/ipc.ts';
import { viewUrl } from './app-protocol.ts';

const shapes: Readonly<Record<View, BrowserWindowConstructorOptions>> = {
  panel: { width: 400, height: 560, minWidth: 340, minHeight: 360, fullscreenable: false },
  mfa: { width: 380, height: 400, useContentSize: true, resizable: false, maximizable: false, minimizable: false, fullscreenable: false, alwaysOnTop: true },
  settings: { width: 520, height: 680, minWidth: 400, minHeight: 400, fullscreenable: false },
};

/** The windows, at most one of each view. A closed one is gone: an idle app holds no renderer. */
export class AppWindows {
  readonly #windows = new Map<View, BrowserWindow>();
  readonly #preload: string;
  readonly #icon: string;
  readonly #titleOf: (view: View) => string;
  readonly #onClosed: (view: View) => void;
  #prepare: (() => void) | null;

  constructor(parts: {
    readonly preload: string;
    /** For the title bar and the task switcher; macOS takes the bundle's. */
    readonly icon: string;
    readonly titleOf: (view: View) => string;
    readonly onClosed: (view: View) => void;
    /** Called once, before the first window is made. */
    readonly prepare: () => void;
  }) {
    this.#preload = parts.preload;
    this.#icon = parts.icon;
    this.#titleOf = parts.titleOf;
    this.#onClosed = parts.onClosed;
    this.#prepare = parts.prepare;
  }

  /** Opens the view, or brings it to the front; beside `anchor` (the tray icon), else centred. */
  show(view: View, anchor: Rectangle | null = null): void {
    const open = this.#windows.get(view);
    if (open !== undefined) {
      if (open.isMinimized()) open.restore();
      open.show();
      open.focus();
      return;
    }
    const window = this.#create(view);
    if (anchor !== null) window.setPosition(...besideAnchor(window.getBounds(), anchor));
    window.once('ready-to-show', () => {
      window.show();
      window.focus();
    });
    void window.loadURL(viewUrl(view));
  }

  /** Closes the view: the next `show` makes a new window, as this one is a while in going. `onClosed` is for what the user closes. */
  close(view: View): void {
    const window = this.#windows.get(view);
    this.#windows.delete(view);
    window?.close();
  }

  /** Makes an open window's content as high as what it shows, in pixels. */
  setContentHeight(view: View, height: number): void {
    const window = this.#windows.get(view);
    const [width = 0, shown] = window?.getContentSize() ?? [];
    if (window !== undefined && shown !== height) window.setContentSize(width, height);
  }

  /** Titles follow the language. */
  retitle(): void {
    for (const [view, window] of this.#windows) {
      const title = this.#titleOf(view);
      if (window.getTitle() !== title) window.setTitle(title);
    }
  }

  dispose(): void {
    for (const window of this.#windows.values()) window.destroy();
  }

  #create(view: View): BrowserWindow {
    this.#prepare?.();
    this.#prepare = null;
    const window = new BrowserWindow({
      ...shapes[view],
      show: false,
      icon: this.#icon,
      title: this.#titleOf(view),
      autoHideMenuBar: true,
      webPreferences: { preload: this.#preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
    });
    window.removeMenu();
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('closed', () => {
      if (this.#windows.get(view) !== window) return;
      this.#windows.delete(view);
      this.#onClosed(view);
    });
    this.#windows.set(view, window);
    return window;
  }
}

/** Below an icon at the top of the screen, above one at the bottom, and never beyond the edge. */
function besideAnchor(window: Rectangle, anchor: Rectangle): [number, number] {
  const { workArea } = screen.getDisplayMatching(anchor);
  const x = Math.round(anchor.x + anchor.width / 2 - window.width / 2);
  const below = anchor.y + anchor.height;
  const y = anchor.y < workArea.y + workArea.height / 2 ? below : anchor.y - window.height;
  return [
    clamp(x, workArea.x, workArea.x + workArea.width - window.width),
    clamp(y, workArea.y, workArea.y + workArea.height - window.height),
  ];
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
