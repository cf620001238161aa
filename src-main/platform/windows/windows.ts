import { app, BrowserWindow, screen, type Rectangle, type WebContents } from 'electron';
import type { View } from '../../contract/ipc.ts';
import { Emitter } from '../../core/emitter.ts';
import { panelClick } from '../../core/desktop/panel/panel-click.ts';
import { windowKey, zoomed, type WindowKey } from '../../core/desktop/window-key.ts';
import { placeInside } from '../../core/desktop/window-place.ts';
import { AppearingWindows } from './appearing-windows.ts';
import { viewUrl } from './app-protocol.ts';
import { PlacedWindow, type PlaceName, type Places } from './placed-window.ts';
import { TypedWindows } from './typed-windows.ts';
import { isWaitedFor, keepAbove, takeFocus } from './window-focus.ts';
import { frame, popoverShape, shapes } from './window-shapes.ts';
import { webPreferences } from './web-preferences.ts';

/**
 * When windows are looked at again after the displays have changed, in milliseconds. The work area changes
 * later than the displays do, and some window managers then move windows themselves.
 */
const settling = [500, 2000];

/** How the panel is shown: beside `anchor` in pixels of the desktop, else where the system puts it; as a popover without a frame, or as an ordinary window. */
type Opening = { readonly anchor: Rectangle | null; readonly popover: boolean };

/** The windows, at most one of each view. A closed one is gone: an idle app holds no renderer. */
export class AppWindows {
  readonly #windows = new Map<View, BrowserWindow>();
  /** The view of every page, of windows that are closing too. */
  readonly #views = new WeakMap<WebContents, View>();
  readonly #appearing = new AppearingWindows();
  /** Those that the user can resize. */
  readonly #placed = new WeakMap<BrowserWindow, PlacedWindow>();
  readonly #popovers = new WeakSet<BrowserWindow>();
  readonly #typed = new TypedWindows();
  /** When this panel, or the one before it, lost the focus last, in epoch milliseconds. */
  #leftAt: number | null = null;
  #isPinned = false;
  #places: Places | null = null;
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

  /** From where windows know where they were last. */
  rememberIn(places: Places): void {
    this.#places = places;
  }

  /**
   * Opens the view, or brings it to the front. A new window is on the screen once it takes keys: the first digits of a
   * code would be lost otherwise.
   */
  show(view: View, { anchor, popover }: Opening = { anchor: null, popover: false }): void {
    const open = this.#windows.get(view);
    if (open !== undefined) {
      if (this.#appearing.has(open)) return;
      if (open.isMinimized()) open.restore();
      this.#typed.shown(open);
      takeFocus(open, view);
      return;
    }
    const window = this.#create(view, popover);
    if (popover) this.#popovers.add(window);
    if (view === 'panel') this.#leftAt = null;
    const name = placeName(view, popover);
    if (name !== null) this.#remember(window, name, anchor);
    this.#appearing.watch(window, view);
    void window.loadURL(viewUrl(view, popover));
  }

  /** For a click on the tray's icon: opens the panel, or closes it; one with something typed comes back as it was. */
  togglePanel(opening: Opening): void {
    const window = this.#windows.get('panel');
    // Somebody who clicks twice does not want it to go again.
    if (window !== undefined && this.#appearing.has(window)) return;
    const popover = this.#isPinned ? 'pinned' : 'popover';
    const open = window === undefined || this.#typed.isHidden(window) ? 'closed' : this.#popovers.has(window) ? popover : 'window';
    const click = panelClick({ open, isFocused: window?.isFocused() ?? false, leftMsAgo: this.#leftAt === null ? null : Date.now() - this.#leftAt });
    if (click === 'close' && window !== undefined) this.#typed.closeOrHide(window);
    else if (click !== 'nothing') this.show('panel', opening);
  }

  /** Closes the panel that is a popover; not where the user has only gone to another window of the app. */
  leavePanel(by: 'key' | 'focus'): void {
    const window = this.#windows.get('panel');
    if (window !== undefined && this.#popovers.has(window) && (by === 'key' || BrowserWindow.getFocusedWindow() === null)) window.close();
  }

  /** A pinned popover stays above other windows: no task bar has it. */
  pinPanel(pinned: boolean): void {
    if (this.#isPinned === pinned) return;
    this.#isPinned = pinned;
    const window = this.#windows.get('panel');
    if (window !== undefined && this.#popovers.has(window)) window.setAlwaysOnTop(pinned);
  }

  /** For a page that shows its first state: puts its window on the screen as soon as Chromium has painted it, where that paints what is hidden. */
  appear(contents: WebContents): void {
    const window = BrowserWindow.fromWebContents(contents);
    if (window !== null) this.#appearing.takesKeys(window);
  }

  /** Resolves once the view is on the screen; where it is not open, at once. Never rejects. */
  onScreen(view: View): Promise<void> {
    const window = this.#windows.get(view);
    return window === undefined ? Promise.resolve() : this.#appearing.onScreen(window);
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

  /** For a page that says how high its content is, in CSS pixels: makes its window as high. */
  fit(contents: WebContents, height: number): void {
    const view = this.viewOf(contents);
    if (view === null || this.#windows.get(view)?.webContents !== contents) return;
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
      if (place === bounds) continue;
      window.setBounds(place);
      this.#placed.get(window)?.moved();
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
    const high = Math.ceil(Math.min(height * factor, workAreaSize.height - frame));
    const [shownWidth, shownHeight] = window.getContentSize();
    if (width === shownWidth && high === shownHeight) return;
    window.setContentSize(width, high);
    if (factor > 1) window.center();
  }

  #act(view: View, key: WindowKey): void {
    const window = this.#windows.get(view);
    if (window === undefined) return;
    if (key === 'close') return window.close();
    const { webContents } = window;
    const before = webContents.zoomFactor;
    webContents.zoomFactor = zoomed(before, key);
    // All windows show pages of one origin, and Chromium zooms all pages of an origin alike.
    for (const [open, each] of this.#windows) {
      this.#fitContent(open);
      this.#placed.get(each)?.zoom(before, webContents.zoomFactor);
    }
    this.#moveInside();
  }

  #create(view: View, popover: boolean): BrowserWindow {
    this.#prepare?.();
    this.#prepare = null;
    const window = new BrowserWindow({
      ...(popover ? { ...popoverShape, alwaysOnTop: this.#isPinned } : shapes[view]),
      show: false,
      icon: this.#icon,
      title: this.#titles[view] ?? app.name,
      autoHideMenuBar: true,
      webPreferences: webPreferences({ preload: this.#preload, isPackaged: app.isPackaged }),
    });
    this.#views.set(window.webContents, view);
    window.removeMenu();
    if (isWaitedFor(view)) keepAbove(window);
    this.#typed.watch(window);
    // Without a menu, nothing else handles these keys.
    window.webContents.on('before-input-event', (event, input) => {
      const key = windowKey(input, process.platform);
      if (key === null) return;
      event.preventDefault();
      this.#act(view, key);
    });
    // The page starts with the zoom factor that its origin had last.
    window.webContents.on('did-finish-load', () => {
      this.#fitContent(view);
      this.#placed.get(window)?.zoom(1, window.webContents.zoomFactor);
      if (this.#placed.has(window)) this.#moveInside();
    });
    if (view === 'panel') window.on('blur', () => (this.#leftAt = Date.now()));
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

  #remember(window: BrowserWindow, name: PlaceName, anchor: Rectangle | null): void {
    const placed = new PlacedWindow(window, this.#places?.read(name) ?? null, anchor);
    this.#placed.set(window, placed);
    window.on('close', () => this.#places?.keep(name, placed.place(window.webContents.zoomFactor)));
  }
}

/** Under which name the place of a window is remembered; null for one whose size is that of what it shows. */
function placeName(view: View, popover: boolean): PlaceName | null {
  if (view === 'panel') return popover ? 'popover' : 'panel';
  return view === 'settings' ? 'settings' : null;
}
