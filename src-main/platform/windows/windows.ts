import { app, BrowserWindow, screen, type BrowserWindowConstructorOptions, type Rectangle, type WebContents } from 'electron';
import type { View } from '../../contract/ipc.ts';
import { Emitter } from '../../core/emitter.ts';
import { windowKey, zoomed, type WindowKey } from '../../core/desktop/window-key.ts';
import { placeBeside, placeInside } from '../../core/desktop/window-place.ts';
import { viewUrl } from './app-protocol.ts';
import { webPreferences } from './web-preferences.ts';

const shapes: Readonly<Record<View, BrowserWindowConstructorOptions>> = {
  panel: { width: 400, height: 560, minWidth: 340, minHeight: 360, fullscreenable: false },
  mfa: { width: 380, height: 400, useContentSize: true, resizable: false, maximizable: false, minimizable: false, fullscreenable: false, alwaysOnTop: true },
  question: {
    width: 440,
    height: 340,
    useContentSize: true,
    resizable: false,
    maximizable: false,
    minimizable: false,
    fullscreenable: false,
    alwaysOnTop: true,
  },
  settings: { width: 520, height: 680, minWidth: 400, minHeight: 400, fullscreenable: false },
};

/** Room for a window's title bar and borders, in pixels. Their size is not known before the window is shown. */
const frame = 48;

/**
 * When windows are looked at again after the displays have changed, in milliseconds. The work area changes
 * later than the displays do, and some window managers then move windows themselves.
 */
const settling = [500, 2000];

/**
 * How long a window waits for its page's first state after Chromium has painted it, in milliseconds. A window
 * that never appears is worse than an empty one.
 */
const patience = 3000;

/** The windows, at most one of each view. A closed one is gone: an idle app holds no renderer. */
export class AppWindows {
  readonly #windows = new Map<View, BrowserWindow>();
  /** The view of every page, of windows that are closing too. */
  readonly #views = new WeakMap<WebContents, View>();
  /** What puts a window on the screen that was not there yet. */
  readonly #appearing = new WeakMap<BrowserWindow, () => void>();
  /** The height that the content of a window needs, in pixels without zoom. */
  readonly #contentHeights = new Map<View, number>();
  readonly #preload: string;
  readonly #icon: string;
  readonly #closed = new Emitter<View>();
  readonly #keepInside = (): void => this.#moveInsideUntilSettled();
  #looks: NodeJS.Timeout[] = [];
  #titles: Partial<Readonly<Record<View, string>>> = {};
  #prepare: (() => void) | null;

  constructor(parts: {
    readonly preload: string;
    /** For the title bar and the task switcher; macOS uses the bundle's icon. */
    readonly icon: string;
    /** Called once, before the first window is made. */
    readonly prepare: () => void;
  }) {
    this.#preload = parts.preload;
    this.#icon = parts.icon;
    this.#prepare = parts.prepare;
    screen.on('display-added', this.#keepInside);
    screen.on('display-removed', this.#keepInside);
    screen.on('display-metrics-changed', this.#keepInside);
  }

  /**
   * Opens the view, or brings it to the front; beside `anchor` (the tray icon), else centred. A new window is on
   * the screen once it takes keys: the first digits of a code would be lost otherwise.
   */
  show(view: View, anchor: Rectangle | null = null): void {
    const open = this.#windows.get(view);
    if (open !== undefined) {
      if (this.#appearing.has(open)) return;
      if (open.isMinimized()) open.restore();
      takeFocus(open, view);
      return;
    }
    const window = this.#create(view);
    if (anchor !== null) window.setBounds(placeBeside(window.getBounds(), anchor, screen.getDisplayMatching(anchor).workArea));
    this.#appearWhenReady(window, view);
    void window.loadURL(viewUrl(view));
  }

  /** For a page that shows its first state: puts its window on the screen as soon as Chromium has painted it. */
  appear(contents: WebContents): void {
    const window = BrowserWindow.fromWebContents(contents);
    if (window !== null) this.#appearing.get(window)?.();
  }

  viewOf(contents: WebContents): View | null {
    return this.#views.get(contents) ?? null;
  }

  /** Calls back after the user has closed a window, or its process has crashed; one that `close` closes is not reported. */
  onClosed(listener: (view: View) => void): () => void {
    return this.#closed.on(listener);
  }

  /** Closes the view. It takes a while, so the next `show` makes a new window. */
  close(view: View): void {
    const window = this.#windows.get(view);
    this.#windows.delete(view);
    window?.close();
  }

  /** Makes an open window's content as high as what it shows, in pixels. */
  setContentHeight(view: View, height: number): void {
    this.#contentHeights.set(view, height);
    this.#fitContent(view);
  }

  /** In the language that is in use by now; open windows take them on at once. */
  setTitles(titles: Readonly<Record<View, string>>): void {
    this.#titles = titles;
    for (const [view, window] of this.#windows) {
      if (window.getTitle() !== titles[view]) window.setTitle(titles[view]);
    }
  }

  dispose(): void {
    screen.off('display-added', this.#keepInside);
    screen.off('display-removed', this.#keepInside);
    screen.off('display-metrics-changed', this.#keepInside);
    for (const look of this.#looks) clearTimeout(look);
    for (const window of this.#windows.values()) window.destroy();
  }

  #appearWhenReady(window: BrowserWindow, view: View): void {
    const awaited = new Set(['paint', 'keys']);
    const without = (part: 'paint' | 'keys') => {
      awaited.delete(part);
      if (awaited.size > 0 || window.isDestroyed() || !this.#appearing.delete(window)) return;
      takeFocus(window, view);
    };
    this.#appearing.set(window, () => without('keys'));
    window.once('ready-to-show', () => {
      without('paint');
      setTimeout(() => without('keys'), patience);
    });
  }

  #moveInsideUntilSettled(): void {
    for (const look of this.#looks) clearTimeout(look);
    this.#looks = settling.map((delay) => setTimeout(() => this.#moveInside(), delay));
    this.#moveInside();
  }

  /** Moves windows off a display that is gone, above all the prompt, which programs wait for. */
  #moveInside(): void {
    const first = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== first.id);
    const workAreas = [first, ...others].map(({ workArea }) => workArea);
    for (const window of this.#windows.values()) {
      const bounds = window.getBounds();
      const place = placeInside(bounds, workAreas);
      if (place !== bounds) window.setBounds(place);
    }
  }

  /** A window that the user cannot resize grows with its content, up to the size of the screen; the rest scrolls. */
  #fitContent(view: View): void {
    const window = this.#windows.get(view);
    const { width: usual = 0, resizable } = shapes[view];
    const height = this.#contentHeights.get(view);
    if (window === undefined || height === undefined || resizable !== false) return;
    const factor = window.webContents.zoomFactor;
    const { workAreaSize } = screen.getDisplayMatching(window.getBounds());
    const width = Math.round(Math.min(usual * factor, workAreaSize.width - frame));
    const high = Math.round(Math.min(height * factor, workAreaSize.height - frame));
    const [shownWidth, shownHeight] = window.getContentSize();
    if (width === shownWidth && high === shownHeight) return;
    window.setContentSize(width, high);
    if (factor > 1) window.center();
  }

  #act(view: View, key: WindowKey): void {
    const window = this.#windows.get(view);
    if (window === undefined) return;
    if (key === 'close') {
      window.close();
      return;
    }
    const { webContents } = window;
    webContents.zoomFactor = zoomed(webContents.zoomFactor, key);
    // All windows show pages of one origin, and Chromium zooms all pages of an origin alike.
    for (const open of this.#windows.keys()) this.#fitContent(open);
    this.#moveInside();
  }

  #create(view: View): BrowserWindow {
    this.#prepare?.();
    this.#prepare = null;
    const window = new BrowserWindow({
      ...shapes[view],
      show: false,
      icon: this.#icon,
      title: this.#titles[view] ?? app.name,
      autoHideMenuBar: true,
      webPreferences: webPreferences({ preload: this.#preload, isPackaged: app.isPackaged }),
    });
    this.#views.set(window.webContents, view);
    window.removeMenu();
    if (isWaitedFor(view)) keepAbove(window);
    // Without a menu, nothing else handles these keys.
    window.webContents.on('before-input-event', (event, input) => {
      const key = windowKey(input, process.platform);
      if (key === null) return;
      event.preventDefault();
      this.#act(view, key);
    });
    // The page starts with the zoom factor that its origin had last.
    window.webContents.on('did-finish-load', () => this.#fitContent(view));
    // A dead page would stay on the screen, and whoever waits for it would wait for ever. The next `show` makes a new one.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') window.destroy();
    });
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('closed', () => {
      if (this.#windows.get(view) !== window) return;
      this.#windows.delete(view);
      this.#closed.emit(view);
    });
    this.#windows.set(view, window);
    return window;
  }
}

/** Keeps the window above all others, even those in full screen, and in every workspace. */
function keepAbove(window: BrowserWindow): void {
  const isMac = process.platform === 'darwin';
  window.setAlwaysOnTop(true, isMac ? 'screen-saver' : 'floating');
  window.setVisibleOnAllWorkspaces(true, isMac ? { visibleOnFullScreen: true } : {});
}

/** Whether programs wait for what the user does in the window. */
function isWaitedFor(view: View): boolean {
  return view === 'mfa' || view === 'question';
}

/** Shows the window. One that programs wait for takes the keyboard from the program in use, because the user waits too. */
function takeFocus(window: BrowserWindow, view: View): void {
  window.show();
  if (isWaitedFor(view)) {
    if (process.platform === 'darwin') app.focus({ steal: true });
    window.moveTop();
  }
  window.focus();
  // Windows does not always let a program in the background take the keyboard. If not, the taskbar button flashes.
  if (isWaitedFor(view) && process.platform === 'win32' && !window.isFocused()) {
    window.once('focus', () => window.flashFrame(false));
    window.flashFrame(true);
  }
}
