import { readdir } from 'node:fs/promises';
import { BusDaemon } from '../desktop/bus/bus-daemon.ts';
import { startUnlockedKeyring } from '../desktop/bus/keyring.ts';
import { PrivateHome } from '../desktop/private-home.ts';
import { Tray } from '../desktop/tray/tray.ts';
import type { Selection } from '../desktop/x11/clipboard.ts';
import { poll } from '../processes/deadline.ts';
import { OwnedProcess } from '../processes/owned-process.ts';
import { Ownership } from '../processes/ownership.ts';
import { GnomeShell, prepareGnomeShell } from './gnome-shell.ts';
import { installedLanguage, type RealDesktop } from './real-desktop.ts';

/** Debian's package has the extension under the name that it has on Ubuntu. */
const appIndicators = 'ubuntu-appindicators@ubuntu.com';
const display = 'wayland-gnome';

/** GNOME Shell on Wayland, without a screen, with an unlocked GNOME keyring, and with or without the extension that shows icons. */
export async function startGnome({ icons }: { readonly icons: boolean }): Promise<RealDesktop> {
  const ownership = new Ownership();
  try {
    const home = ownership.own(await PrivateHome.make(installedLanguage));
    const runtime = home.env['XDG_RUNTIME_DIR'] ?? home.folder;
    const dataHome = home.env['XDG_DATA_HOME'] ?? home.folder;
    await prepareGnomeShell({ configHome: home.configHome, dataHome }, icons ? [appIndicators] : []);
    const gnome = {
      XDG_CURRENT_DESKTOP: 'GNOME',
      XDG_SESSION_DESKTOP: 'gnome',
      DESKTOP_SESSION: 'gnome',
      XDG_SESSION_TYPE: 'wayland',
      GSETTINGS_BACKEND: 'keyfile',
    };
    // Electron has taken this hint since version 38 as what is usual.
    const base = { ...home.env, ...gnome, WAYLAND_DISPLAY: display, ELECTRON_OZONE_PLATFORM_HINT: 'auto' };
    const system = ownership.own(await BusDaemon.start({ name: 'system', folder: runtime, env: base }));
    const onSystem = { ...base, DBUS_SYSTEM_BUS_ADDRESS: system.address };
    const bus = ownership.own(await BusDaemon.start({ name: 'session', folder: runtime, env: onSystem, services: 'installed' }));
    const env = { ...onSystem, DBUS_SESSION_BUS_ADDRESS: bus.address };
    ownership.own(await startUnlockedKeyring(bus.address, env));
    const args = ['--headless', '--no-x11', '--virtual-monitor', '1280x800', `--wayland-display=${display}`];
    const process = ownership.own(await OwnedProcess.spawn({ command: 'gnome-shell', args, env }));
    await process.unlessItEnds(poll(60_000, 'GNOME Shell does not listen', async () => (await readdir(runtime)).includes(display) || undefined));
    const shell = ownership.own(await process.unlessItEnds(GnomeShell.on(bus.address)));
    return new Gnome({ env, address: bus.address, shell, icons, ownership });
  } catch (failure) {
    await ownership.close();
    throw failure;
  }
}

class Gnome implements RealDesktop {
  readonly env: Readonly<Record<string, string>>;
  readonly sessionBusAddress: string;
  readonly terminal = 'gnome-terminal';
  readonly openIconMenu: (() => Promise<void>) | null;
  readonly #shell: GnomeShell;
  readonly #icons: boolean;
  readonly #ownership: Ownership;

  constructor(parts: {
    readonly env: Readonly<Record<string, string>>;
    readonly address: string;
    readonly shell: GnomeShell;
    readonly icons: boolean;
    readonly ownership: Ownership;
  }) {
    this.env = parts.env;
    this.sessionBusAddress = parts.address;
    this.#shell = parts.shell;
    this.#icons = parts.icons;
    this.#ownership = parts.ownership;
    this.openIconMenu = parts.icons ? () => this.#openIconMenu() : null;
  }

  async tray(pid: number): Promise<Tray | null> {
    return this.#icons ? this.#ownership.own(await Tray.ofProcess(this.sessionBusAddress, pid)) : null;
  }

  picture(path: string): Promise<void> {
    return this.#shell.picture(path);
  }

  typeText(text: string): Promise<void> {
    return this.#shell.typeText(text);
  }

  pressKey(key: string): Promise<void> {
    return this.#shell.pressKey(key);
  }

  focusedTitle(): Promise<string> {
    return this.#shell.focusedTitle();
  }

  selection(which: Selection): Promise<string> {
    return this.#shell.selection(which);
  }

  readonly clickNotification = async (summary: string, seen: () => Promise<void>) => {
    const banner = `(({ _banner: banner }) => banner && banner.notification.title === ${JSON.stringify(summary)} ? banner : null)(rig.Main.messageTray)`;
    await poll(
      30_000,
      `GNOME Shell showed no ${summary}`,
      async () => (await this.#shell.evaluate(`rig.Main.messageTray._notificationState === 2 && ${banner} !== null`)) || undefined,
    );
    await seen();
    await this.#shell.click('The notification', banner);
  };

  close(): Promise<void> {
    return this.#ownership.close();
  }

  async #openIconMenu(): Promise<void> {
    const icon = `(([, icon]) => icon)(Object.entries(rig.Main.panel.statusArea).find(([name]) => name.startsWith('appindicator-')) || [])`;
    await this.#shell.click('The icon', icon);
    const isDrawn = `${icon}.menu.isOpen && ${icon}.menu.actor.opacity === 255`;
    await poll(10_000, 'The menu of the icon did not open', async () => (await this.#shell.evaluate(isDrawn)) || undefined);
    await this.#shell.pressKey('Down');
  }
}
