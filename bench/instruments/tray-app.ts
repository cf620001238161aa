import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BusConnection } from '../../testing/desktop/bus/bus-connection.ts';
import { poll } from '../../testing/processes/deadline.ts';
import { OwnedProcess } from '../../testing/processes/owned-process.ts';
import { checkout, electronExecutable, sandboxArguments } from '../../testing/app/running-app.ts';
import type { AppRig } from '../../testing/app/app-rig.ts';

/** An app that Electron runs, and where its own files go. */
export type App = {
  readonly folder: string;
  readonly dataFolder: string;
  readonly args: readonly string[];
  /** Variables of its own, beside those of the desktop. */
  readonly env?: Readonly<Record<string, string>>;
};

export const stsTray = (dataFolder: string): App => ({ folder: checkout, dataFolder, args: ['--hidden'] });

/** What every Electron tray app costs. */
export const emptyApp = (dataFolder: string): App => ({
  folder: join(checkout, 'bench', 'empty-tray-app'),
  dataFolder,
  args: [],
});

export const emptyAppName = 'an empty Electron tray app';

/** `spawnedAt` on the clock of `performance.now`; `startMs` from then until the desktop knows the icon. */
export type StartedApp = { readonly process: OwnedProcess; readonly spawnedAt: number; readonly startMs: number };

/** The panel's watcher, which announces every icon that registers with the desktop. */
const WATCHER = 'org.kde.StatusNotifierWatcher';

type Registration = { readonly at: number; readonly pid: Promise<number | undefined> };

/** Starts apps on a desktop, as a login does, and measures the time until their icon is registered there. */
export class TrayStarter {
  readonly #bus: BusConnection;
  readonly #env: Readonly<Record<string, string>>;
  readonly #electron: string;
  #registered: Registration[] = [];

  private constructor(bus: BusConnection, env: Readonly<Record<string, string>>, electron: string) {
    this.#bus = bus;
    this.#env = env;
    this.#electron = electron;
  }

  /** `electron` is the full path of the runtime. */
  static async open(rig: AppRig, electron = electronExecutable()): Promise<TrayStarter> {
    const bus = await BusConnection.open(rig.desktop.sessionBusAddress);
    const starter = new TrayStarter(bus, rig.env, electron);
    await bus.subscribe(`sender='${WATCHER}',member='StatusNotifierItemRegistered'`, ({ member, values }) => {
      if (member !== 'StatusNotifierItemRegistered') return;
      const at = performance.now();
      const [item = ''] = String(values[0]).split('/');
      starter.#registered.push({ at, pid: bus.processId(item).catch(() => undefined) });
    });
    return starter;
  }

  /** Starts an app without Playwright, whose debugging costs time. The caller has to end the process. */
  async start({ folder, dataFolder, args, env = {} }: App): Promise<StartedApp> {
    this.#registered = [];
    const spawnedAt = performance.now();
    const app = await OwnedProcess.spawn({
      command: this.#electron,
      args: [...sandboxArguments(), folder, `--user-data-dir=${dataFolder}`, ...args],
      env: { ...this.#env, ...env },
    });
    try {
      const registered = await app.unlessItEnds(poll(20_000, `${folder} showed no tray icon`, () => this.#registrationOf(app.pid)));
      return { process: app, spawnedAt, startMs: registered - spawnedAt };
    } catch (failure) {
      await app.close();
      throw failure;
    }
  }

  close(): void {
    this.#bus.close();
  }

  async #registrationOf(pid: number): Promise<number | undefined> {
    for (const { at, pid: owner } of this.#registered) {
      if ((await owner) === pid) return at;
    }
    return undefined;
  }
}

/** Lets the panel and the kernel finish with what has just ended, as that would slow down the next start. */
export const settle = (): Promise<void> => delay(300);

export async function closeApp({ process: app }: StartedApp): Promise<void> {
  await app.close();
  await settle();
}
