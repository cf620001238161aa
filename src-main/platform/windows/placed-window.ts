import { screen, type BrowserWindow, type Rectangle } from 'electron';
import type { Settings, WindowPlace } from '../../contract/settings.ts';
import { placeBeside, placeInside } from '../../core/desktop/window-place.ts';
import { sizeAt, unzoomed, type Size } from '../../core/desktop/panel/window-size.ts';
import { frame } from './window-shapes.ts';

/** When a window has come to rest after it was shown, in milliseconds: window managers move it first. */
const settledMs = 1_000;

/** How far a window has to be moved to count as moved by the user, in pixels. */
const movedPixels = 8;

/** The places of windows, by the name under which each is remembered. */
export type Places = {
  readonly read: (name: PlaceName) => WindowPlace | null;
  readonly keep: (name: PlaceName, place: WindowPlace) => void;
};
export type PlaceName = keyof Settings['windowPlaces'];

/** A window that the user can resize and move: grows with the zoom, and knows where it is to be the next time. */
export class PlacedWindow {
  readonly #window: BrowserWindow;
  readonly #before: WindowPlace | null;
  /** Without zoom. */
  #size: Size;
  /** Where it was asked to be; null where the window manager, or the compositor, puts it. */
  #asked: { readonly x: number; readonly y: number } | null = null;
  /** Where it came to rest. */
  #settled: readonly number[] | null = null;

  constructor(window: BrowserWindow, before: WindowPlace | null, anchor: Rectangle | null) {
    this.#window = window;
    this.#before = before;
    const [width = 0, height = 0] = window.getContentSize();
    this.#size = before ?? { width, height };
    this.#fit(1);
    const at = this.#placeAt(anchor);
    if (at !== null) this.#moveTo(at);
    window.once('show', () => setTimeout(() => this.#rest(), settledMs));
  }

  /** Takes on the zoom factor of the page, which was `before` until now. */
  zoom(before: number, factor: number): void {
    const [width = 0, height = 0] = this.#window.getContentSize();
    this.#size = unzoomed({ width, height }, before, this.#size, this.#room());
    this.#fit(factor);
  }

  /** For a place that is not the user's: the displays have changed. */
  moved(): void {
    if (this.#settled !== null) this.#rest();
  }

  /** What to remember of it now, at the zoom factor of its page. */
  place(factor: number): WindowPlace {
    const [width = 0, height = 0] = this.#window.getContentSize();
    const size = unzoomed({ width, height }, factor, this.#size, this.#room());
    const [x = 0, y = 0] = this.#window.getPosition();
    const [settledX = x, settledY = y] = this.#settled ?? [];
    const isMoved = Math.abs(x - settledX) > movedPixels || Math.abs(y - settledY) > movedPixels;
    if (!isMoved) return { ...size, at: this.#before?.at ?? null };
    // A frame may be added around what was asked for; the next time it is asked for the same again.
    const added = this.#asked === null ? { x: 0, y: 0 } : { x: settledX - this.#asked.x, y: settledY - this.#asked.y };
    return { ...size, at: { x: x - added.x, y: y - added.y } };
  }

  #rest(): void {
    if (!this.#window.isDestroyed()) this.#settled = this.#window.getPosition();
  }

  #fit(factor: number): void {
    const [width = 0, height = 0] = this.#window.getContentSize();
    const size = sizeAt(factor, this.#size, this.#room());
    if (size.width !== width || size.height !== height) this.#window.setContentSize(size.width, size.height);
  }

  #room(): Size {
    const { width, height } = screen.getDisplayMatching(this.#window.getBounds()).workAreaSize;
    return { width: width - frame, height: height - frame };
  }

  /** Where the user has put it, else beside the icon, and never where no screen shows it. */
  #placeAt(anchor: Rectangle | null): Rectangle | null {
    const bounds = this.#window.getBounds();
    const at = this.#before?.at ?? null;
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    if (at !== null) return { ...placeInside({ ...bounds, ...at }, areas) };
    return anchor === null ? null : placeBeside(bounds, anchor, screen.getDisplayMatching(anchor).workArea);
  }

  #moveTo(bounds: Rectangle): void {
    this.#asked = { x: bounds.x, y: bounds.y };
    this.#window.setBounds(bounds);
  }
}
