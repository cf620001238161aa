import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { View } from '../../src-main/contract/ipc.ts';
import { holdFirstStates } from '../desktop/held-first-states.ts';
import { poll, within } from '../processes/deadline.ts';
import type { KeptThings } from '../memory/kept-things.ts';
import { argumentsOf, descendantsOf } from '../processes/process-list.ts';
import type { Tray } from '../desktop/tray/tray.ts';

export const checkout = join(import.meta.dirname, '../..');

/** The Electron that set-up chose; see scripts/setup.mjs. */
export function electronExecutable(): string {
  return readFileSync(join(checkout, '.runtime', 'electron-path.txt'), 'utf8').trim();
}

/** Electron needs this flag as root; as an ordinary user Chromium's sandbox is on. */
export function sandboxArguments(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** The tests' displays have no GPU. A process that drew for one in software would be a sixth of the cost of a start. */
export const withoutGpu: readonly string[] = ['--disable-gpu', '--in-process-gpu'];

/** Under Wayland an app that draws in its own process would never end. */
function drawing(env: Readonly<Record<string, string>>): readonly string[] {
  return env['WAYLAND_DISPLAY'] === undefined ? withoutGpu : ['--disable-gpu'];
}

/** What a desktop has to have for the app to run on it. */
export interface TrayDesktop {
  readonly env: Readonly<Record<string, string>>;
  /** The icon of the process `pid`, or of one that it started; null on a desktop that shows none. */
  tray(pid: number): Promise<Tray | null>;
}

/** How long a look at the windows waits for the next one, in milliseconds. */
const pauseMs = 50;

/** The built app, running on a desktop. */
export class RunningApp {
  readonly #electron: ElectronApplication;
  readonly #everOpen: Page[] = [];
  /** Playwright does not know it any more once it has ended. */
  readonly #child: ChildProcess;
  #output = '';
  readonly #tray: Tray | null;

  private constructor(electron: ElectronApplication, tray: Tray | null) {
    this.#electron = electron;
    this.#child = electron.process();
    this.#tray = tray;
    this.#everOpen.push(...electron.windows());
    electron.on('window', (page) => this.#everOpen.push(page));
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  /** `build` is the folder of another build than that of the checkout (`testing/updates/other-build.ts`). */
  static async start(
    desktop: TrayDesktop,
    options: { readonly dataFolder: string; readonly env: Record<string, string>; readonly args?: readonly string[]; readonly build?: string },
  ): Promise<RunningApp> {
    const electron = await _electron.launch({
      executablePath: electronExecutable(),
      args: [...sandboxArguments(), ...drawing(options.env), options.build ?? checkout, `--user-data-dir=${options.dataFolder}`, ...(options.args ?? [])],
      env: { ...desktop.env, ...options.env },
      cwd: checkout,
      // Otherwise Playwright turns the sandbox off, for an ordinary user too.
      chromiumSandbox: process.getuid?.() !== 0,
      // Playwright would show every page in the light theme; the desktop's theme is to decide.
      colorScheme: null,
    });
    try {
      const tray = await desktop.tray(processId(electron));
      // The icon is there before the app is loaded.
      await tray?.waitForMenu();
      return new RunningApp(electron, tray);
    } catch (error) {
      await electron.close();
      throw error;
    }
  }

  /** Throws on a desktop that shows no icons. */
  get tray(): Tray {
    if (this.#tray === null) throw new Error('This desktop shows no icon of the app');
    return this.#tray;
  }

  get pid(): number {
    return processId(this.#electron);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What the app and its processes have written to their standard output and error since the icon was there. */
  get output(): string {
    return this.#output;
  }

  /** The window of a view, as soon as it is there. */
  async window(view: View): Promise<Page> {
    const isView = (page: Page) => viewOf(page) === view;
    const open = this.#electron.windows().find(isView);
    const page = open ?? (await this.#electron.waitForEvent('window', { predicate: isView }));
    await page.waitForLoadState();
    return page;
  }

  /** The views whose windows are open. */
  openViews(): (string | null)[] {
    return this.#electron.windows().map(viewOf);
  }

  /** How many windows of a view there have been since the start. */
  timesOpened(view: View): number {
    return this.#everOpen.filter((page) => viewOf(page) === view).length;
  }

  windows(): Page[] {
    return this.#electron.windows();
  }

  /** Sets the answer of the next file dialogs. The system's own dialog is not part of the app, and a test cannot operate it. */
  async answerFileDialogs(path: string): Promise<void> {
    await this.#electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    }, path);
  }

  /** What the app's own scheme, or another, answers to a window that has no content security policy: the status, or the error's message. */
  async answerTo(url: string): Promise<number | string> {
    return this.#electron.evaluate(
      ({ net }, address) =>
        net.fetch(address).then(
          ({ status }) => status,
          (error: unknown) => String(error),
        ),
      url,
    );
  }

  /** Loads another page into the window of a view, past everything that keeps the window where it is. */
  async loadInto(view: View, url: string): Promise<void> {
    await this.#electron.evaluate(
      async ({ BrowserWindow }, { name, address }) => {
        const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes(`view=${name}`));
        await window?.loadURL(address);
      },
      { name: view, address: url },
    );
  }

  /** From now on a new page that reads its first state gets an answer only when the returned function is called. */
  holdFirstStates(): Promise<() => Promise<void>> {
    return holdFirstStates(this.#electron);
  }

  /** Closes the windows of these views, as the buttons in their title bars do, and waits until they are gone. */
  async closeWindows(views: readonly View[]): Promise<void> {
    const gone = (await Promise.all(views.map((view) => this.window(view)))).map((page) => page.waitForEvent('close'));
    const close = this.#electron.evaluate(({ BrowserWindow }, names) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (names.some((name) => window.webContents.getURL().includes(`view=${name}`))) window.close();
      }
    }, views);
    await close.catch(unlessCollected);
    await Promise.all(gone);
  }

  /** Opens the panel as an ordinary window, by the tray's menu. */
  async openPanel(): Promise<void> {
    // The menu may become another one between the look at it and the click.
    const click = () => this.tray.clickMenuItem(/STS Tray/);
    await poll(10_000, 'The menu did not take the click', () =>
      click().then(
        () => true,
        () => undefined,
      ),
    );
  }

  /** Where the window of a view is, with its frame, and how large its content is, in pixels; `to` resizes and moves it first, as the user does. */
  async windowArea(view: View, to: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null = null) {
    return this.#electron.evaluate(
      ({ BrowserWindow }, { name, area }) => {
        const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes(`view=${name}`));
        if (window === undefined) throw new Error(`No window of ${name}`);
        if (area !== null) {
          window.setPosition(area.x, area.y);
          window.setContentSize(area.width, area.height);
        }
        const { x, y } = window.getBounds();
        const [width = 0, height = 0] = window.getContentSize();
        return { x, y, width, height, isFocused: window.isFocused(), isOnTop: window.isAlwaysOnTop() };
      },
      { name: view, area: to },
    );
  }

  /** Whether the window of a view is on the screen; null when there is none. */
  async isOnScreen(view: View): Promise<boolean | null> {
    return this.#electron.evaluate(({ BrowserWindow }, name) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes(`view=${name}`));
      return window?.isVisible() ?? null;
    }, view);
  }

  /** What the main process holds, after all that nobody holds any more was taken away. */
  async kept(): Promise<KeptThings> {
    const counted = await this.#electron.evaluate(() => {
      const v8 = process.getBuiltinModule('node:v8');
      v8.setFlagsFromString('--expose-gc');
      const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
      // What is only held by something with a finaliser goes with the second collection.
      for (let time = 0; time < 3; time += 1) collect();
      const { heapUsed, rss } = process.memoryUsage();
      return { objects: v8.queryObjects(Object, { format: 'count' }), heapBytes: heapUsed, rssBytes: rss, resources: process.getActiveResourcesInfo() };
    });
    const resources: Record<string, number> = {};
    for (const kind of counted.resources) resources[kind] = (resources[kind] ?? 0) + 1;
    return { ...counted, resources, descriptors: readdirSync(`/proc/${this.pid}/fd`).length };
  }

  /** The processes that draw windows. */
  renderers(): number[] {
    return descendantsOf(this.pid).filter((pid) => argumentsOf(pid).includes('--type=renderer'));
  }

  /** The process that runs commands for launchers; null for none. The network has a process of its own, with another type. */
  commandHost(): number | null {
    return descendantsOf(this.pid).find((pid) => argumentsOf(pid).includes('--utility-sub-type=node.mojom.NodeService')) ?? null;
  }

  /** Quits through the tray's menu, as a user does, who says so again where something is lost by that: the item and the button have the same words. */
  async quit(label: string): Promise<void> {
    const closed = this.#electron.waitForEvent('close');
    // The app may be gone from the bus before it has answered the click.
    await this.tray.clickMenuItem(label).catch(() => undefined);
    await Promise.all([closed, this.#confirmUntilGone(label)]);
  }

  async #confirmUntilGone(label: string): Promise<void> {
    while (this.isRunning) {
      const question = this.#electron.windows().find((page) => viewOf(page) === 'question');
      // The window takes no click in its first half second.
      const pressed = question?.getByRole('button', { name: label, exact: true }).click({ timeout: 1_000 }) ?? delay(pauseMs);
      await pressed.catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.#electron.close();
  }
}

/** The view that a window shows. Null for one that has not begun to load, or was closed before it did: its address is empty. */
function viewOf(page: Page): string | null {
  const address = page.url();
  return URL.canParse(address) ? new URL(address).searchParams.get('view') : null;
}

/** How long a start may take that hands over to another one, on a busy machine, in milliseconds. */
const startMs = 30_000;

/** Starts the app a second time, as a user would, and waits until that start has handed over to the first. */
export async function startAgain(desktop: Pick<TrayDesktop, 'env'>, dataFolder: string): Promise<void> {
  const child = spawn(electronExecutable(), [...sandboxArguments(), checkout, `--user-data-dir=${dataFolder}`], { env: desktop.env, stdio: 'ignore' });
  try {
    await within(startMs, 'The second start did not end', once(child, 'exit'));
  } finally {
    child.kill('SIGKILL');
  }
}

/** Presses Escape in a window that closes on it, and that may be gone before the key is released. */
export function closeByEscape(window: Page): Promise<void> {
  return closes(window, () => window.keyboard.press('Escape'));
}

/** Clicks a button that closes its window, which may be gone before Playwright hears that it was clicked. */
export function closeByButton(window: Page, name: string): Promise<void> {
  return closes(window, () => window.getByRole('button', { name }).click());
}

async function closes(window: Page, act: () => Promise<void>): Promise<void> {
  const closed = window.waitForEvent('close');
  await act().catch(unlessClosed(window));
  await closed;
}

/** For what is done in a window that it closes: fails only if the window is still there. */
export function unlessClosed(window: Page): (error: unknown) => void {
  return (error) => {
    if (!window.isClosed()) throw error;
  };
}

/** V8 may collect the answer of an evaluation that Electron has gone through: under Wayland, while it closes a window. */
function unlessCollected(error: unknown): void {
  if (!String(error).includes('garbage collected')) throw error;
}

function processId(electron: ElectronApplication): number {
  const { pid } = electron.process();
  if (pid === undefined) throw new Error('Electron did not start');
  return pid;
}
