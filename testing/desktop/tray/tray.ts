import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { BusConnection, type Signal } from '../bus/bus-connection.ts';
import { poll, within } from '../../processes/deadline.ts';
import { encodePng } from '../x11/png.ts';
import { TrayMenu, type LabelPath, type MenuItem } from './tray-menu.ts';

const ITEM = 'org.kde.StatusNotifierItem';
const WATCHER = {
  destination: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
};

export interface TrayIcon {
  readonly width: number;
  readonly height: number;
  /** Hash of the picture, to distinguish icons. */
  readonly sha256: string;
  readonly png: Buffer;
}

export type TrayChange = 'icon' | 'tooltip' | 'title' | 'status' | 'menu' | 'gone';

const watcherProperties = z.object({ RegisteredStatusNotifierItems: z.array(z.string()) });

interface ItemAddress {
  readonly destination: string;
  readonly path: string;
}

/** An item by the name under which the watcher of the desktop lists it. */
interface RegisteredItem extends ItemAddress {
  readonly listed: string;
}

const CHANGES: Readonly<Record<string, TrayChange>> = {
  NewIcon: 'icon',
  NewToolTip: 'tooltip',
  NewTitle: 'title',
  NewStatus: 'status',
  NewMenu: 'menu',
  LayoutUpdated: 'menu',
  ItemsPropertiesUpdated: 'menu',
};

// A program leaves out what it has no value for: Electron has no IconName.
const itemProperties = z.object({
  Title: z.string().default(''),
  ToolTip: z.tuple([z.string(), z.unknown(), z.string(), z.string()]).default(['', [], '', '']),
  Status: z.string(),
  IconName: z.string().default(''),
  IconPixmap: z.array(z.tuple([z.number(), z.number(), z.instanceof(Buffer)])).default([]),
  Menu: z.string(),
});

/** A program's tray as the desktop sees it: its StatusNotifierItem and the menu behind it. */
export class Tray {
  readonly #bus: BusConnection;
  readonly #item: ItemAddress & { readonly interface: string };
  readonly #listeners = new Set<(change: TrayChange) => void>();
  #isGone = false;

  private constructor(bus: BusConnection, item: ItemAddress) {
    this.#bus = bus;
    this.#item = { ...item, interface: ITEM };
  }

  /** Waits for the tray of the process `pid`, or of a process that it started. */
  static async ofProcess(busAddress: string, pid: number, milliseconds = 20_000): Promise<Tray> {
    const bus = await BusConnection.open(busAddress);
    try {
      const sentence = `Process ${pid} showed no tray icon`;
      const { listed, ...item } = await reacting(bus, milliseconds, sentence, isWatcherSignal, () => registeredItem(bus, pid));
      const owner = await bus.uniqueName(item.destination);
      const tray = new Tray(bus, item);
      await bus.subscribe(`sender='${owner ?? item.destination}'`, (signal) => {
        if (signal.sender === owner) tray.#tell(CHANGES[signal.member]);
      });
      await bus.subscribe(`sender='${WATCHER.destination}'`, (signal) => {
        if (signal.member !== 'StatusNotifierItemUnregistered') return;
        if (signal.values[0] === listed) tray.#tell('gone');
      });
      return tray;
    } catch (failure) {
      bus.close();
      throw failure;
    }
  }

  async title(): Promise<string> {
    return (await this.#properties()).Title;
  }

  /** Title and text of the tooltip, one line each, where it has them. */
  async tooltip(): Promise<string> {
    const [, , title, text] = (await this.#properties()).ToolTip;
    return [title, text].filter((line) => line !== '').join('\n');
  }

  async status(): Promise<string> {
    return (await this.#properties()).Status;
  }

  /** The name of a themed icon or a file; '' where the program sends pixels instead. */
  async iconName(): Promise<string> {
    return (await this.#properties()).IconName;
  }

  /** The largest picture that the program offers, as pixels or as a file. */
  async icon(): Promise<TrayIcon> {
    const { IconPixmap, IconName } = await this.#properties();
    const [largest] = IconPixmap.toSorted(([left], [right]) => right - left);
    if (largest === undefined) return iconFile(IconName);
    const [width, height, argb] = largest;
    const rgba = Buffer.alloc(argb.length);
    for (let offset = 0; offset < argb.length; offset += 4) rgba.writeUInt32BE(rotatedAlpha(argb.readUInt32BE(offset)), offset);
    return { width, height, sha256: sha256(rgba), png: encodePng({ width, height, rgba }) };
  }

  async menu(): Promise<readonly MenuItem[]> {
    return (await this.#menu()).items();
  }

  /** Waits until the program has given its icon a menu. */
  async waitForMenu(milliseconds = 20_000): Promise<void> {
    const hasItems = async () => (await this.menu().catch(() => [])).length > 0 || undefined;
    await poll(milliseconds, 'The tray icon had no menu', hasItems);
  }

  async clickMenuItem(...path: LabelPath): Promise<void> {
    await (await this.#menu()).click(path);
  }

  /** The left click. */
  async activate(): Promise<void> {
    await this.#bus.call({ ...this.#item, member: 'Activate', args: { signature: 'ii', values: [0, 0] } });
  }

  /** Calls the listener at every change that the program or the panel announces, until the returned function is called. */
  onChange(listener: (change: TrayChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Asks again at every change of the tray until the answer is yes. */
  async waitFor(what: string, isReached: (tray: Tray) => Promise<boolean>, milliseconds = 10_000): Promise<void> {
    let stop = (): void => undefined;
    const reached = new Promise<void>((resolve, reject) => {
      const ask = (): void => {
        if (this.#isGone) return reject(new Error(`The tray was gone before this: ${what}`));
        isReached(this).then((yes) => (yes ? resolve() : undefined), reject);
      };
      stop = this.onChange(ask);
      ask();
    });
    await within(milliseconds, `The tray did not reach this: ${what}`, reached).finally(stop);
  }

  async waitUntilGone(milliseconds = 10_000): Promise<void> {
    let stop = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      stop = this.onChange((change) => (change === 'gone' ? resolve() : undefined));
      if (this.#isGone) resolve();
    });
    await within(milliseconds, 'The tray icon was not removed', gone).finally(stop);
  }

  close(): void {
    this.#listeners.clear();
    this.#bus.close();
  }

  async #menu(): Promise<TrayMenu> {
    const { Menu } = await this.#properties();
    return new TrayMenu(this.#bus, { destination: this.#item.destination, path: Menu });
  }

  async #properties(): Promise<z.infer<typeof itemProperties>> {
    return itemProperties.parse(await this.#bus.properties(this.#item));
  }

  #tell(change: TrayChange | undefined): void {
    if (change === undefined) return;
    if (change === 'gone') this.#isGone = true;
    for (const listener of [...this.#listeners]) listener(change);
  }
}

/** Runs `probe` now and after every signal that `isRelevant`, until it answers. */
async function reacting<T>(
  bus: BusConnection,
  milliseconds: number,
  sentence: string,
  isRelevant: (signal: Signal) => boolean,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  let ask = (): void => undefined;
  const stop = await bus.subscribe(`sender='${WATCHER.destination}'`, (signal) => (isRelevant(signal) ? ask() : undefined));
  const answered = new Promise<T>((resolve, reject) => {
    ask = () => void probe().then((answer) => (answer === undefined ? undefined : resolve(answer)), reject);
    ask();
  });
  try {
    return await within(milliseconds, sentence, answered);
  } finally {
    await stop();
  }
}

function isWatcherSignal(signal: Signal): boolean {
  return signal.member === 'StatusNotifierItemRegistered';
}

async function registeredItem(bus: BusConnection, pid: number): Promise<RegisteredItem | undefined> {
  const registered = watcherProperties.parse(await bus.properties(WATCHER)).RegisteredStatusNotifierItems;
  for (const listed of registered) {
    const item = itemAddress(listed);
    const owner = await bus.processId(item.destination).catch(() => undefined);
    if (owner !== undefined && (await descendsFrom(owner, pid))) return { ...item, listed };
  }
  return undefined;
}

/** Watchers list an item as `name/path`, and that of GNOME's extension as `name@/path`, or as a name alone where the path is the usual one. */
export function itemAddress(listed: string): ItemAddress {
  const slash = listed.indexOf('/');
  if (slash === -1) return { destination: listed, path: '/StatusNotifierItem' };
  return { destination: listed.slice(0, slash).replace(/@$/, ''), path: listed.slice(slash) };
}

async function descendsFrom(pid: number, ancestor: number): Promise<boolean> {
  for (let process = pid; process > 1;) {
    if (process === ancestor) return true;
    const stat = await readFile(`/proc/${process}/stat`, 'utf8').catch(() => '');
    // The command in parentheses may itself hold spaces and parentheses.
    process = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
  }
  return false;
}

async function iconFile(path: string): Promise<TrayIcon> {
  const png = await readFile(path);
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), sha256: sha256(png), png };
}

const rotatedAlpha = (argb: number): number => ((argb << 8) | (argb >>> 24)) >>> 0;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
