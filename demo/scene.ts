import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Desktop } from '../testing/desktop/desktop.ts';
import type { Tray } from '../testing/desktop/tray/tray.ts';
import type { DesktopWindow } from '../testing/desktop/x11/windows.ts';
import type { DemoApp } from './demo-app.ts';
import type { DemoMachine } from './demo-machine.ts';

/** A window that has just opened or changed is painted within this time, in milliseconds. */
const paintMs = 700;

/** Everything that a step of the demo needs. */
export class Scene {
  readonly desktop: Desktop;
  readonly machine: DemoMachine;
  readonly app: DemoApp;
  readonly #folder: string;
  #pictures = 0;

  constructor(parts: { readonly desktop: Desktop; readonly machine: DemoMachine; readonly app: DemoApp; readonly folder: string }) {
    this.desktop = parts.desktop;
    this.machine = parts.machine;
    this.app = parts.app;
    this.#folder = parts.folder;
  }

  tray(): Promise<Tray> {
    return this.desktop.tray(this.app.pid);
  }

  /** Waits for a window, gives it the keyboard and lets it paint. */
  async window(title: string | RegExp): Promise<DesktopWindow> {
    const window = await this.desktop.waitForWindow(title);
    await this.desktop.focus(window);
    await delay(paintMs);
    return window;
  }

  /** A file that a command in the terminal writes; '' until it exists. */
  fileInHome(...path: readonly string[]): Promise<string> {
    return readFile(join(this.machine.home, ...path), 'utf8').catch(() => '');
  }

  /** Reports what was seen, and saves a picture of the whole desktop as `01-name.png`, and so on. */
  async seen(name: string, sentence: string): Promise<void> {
    await delay(paintMs);
    await this.seenIn((path) => this.desktop.screenshot(path), name, sentence);
  }

  /** The same with a picture of something else, such as a page in a browser that has no window. */
  async seenIn(take: (path: string) => Promise<unknown>, name: string, sentence: string): Promise<void> {
    this.#pictures += 1;
    const file = `${String(this.#pictures).padStart(2, '0')}-${name}.png`;
    await take(join(this.#folder, file));
    console.log(`${file}  ${sentence}`);
  }
}

/** @throws {Error} that says what was not seen */
export function expectSeen(what: string, isSeen: boolean): asserts isSeen {
  if (!isSeen) throw new Error(`The demo did not see this: ${what}`);
}
