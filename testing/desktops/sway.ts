import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BusConnection } from '../desktop/bus/bus-connection.ts';
import { BusDaemon } from '../desktop/bus/bus-daemon.ts';
import { startUnlockedKeyring } from '../desktop/bus/keyring.ts';
import { NotificationServer } from '../desktop/bus/notification-server.ts';
import { PrivateHome } from '../desktop/private-home.ts';
import { Tray } from '../desktop/tray/tray.ts';
import { poll } from '../processes/deadline.ts';
import { OwnedProcess } from '../processes/owned-process.ts';
import { Ownership } from '../processes/ownership.ts';
import { runProgram } from '../processes/run-program.ts';
import { clickRecorded } from './recorded-notification.ts';
import type { Selection } from '../desktop/x11/clipboard.ts';
import { installedLanguage, type RealDesktop } from './real-desktop.ts';
import { waylandSelection } from './wayland-selection.ts';

const swayConfiguration = `
output HEADLESS-1 mode 1280x800 position 0 0
output * bg #5b7083 solid_color
default_border normal
focus_on_window_activation focus
`;

const waybarConfiguration = JSON.stringify({
  layer: 'top',
  position: 'top',
  height: 30,
  'modules-left': ['sway/workspaces'],
  'modules-center': ['sway/window'],
  'modules-right': ['tray', 'clock'],
  tray: { 'icon-size': 20, spacing: 8 },
});

/** wlroots without a screen, a GPU or devices. */
const headless = { WLR_BACKENDS: 'headless', WLR_LIBINPUT_NO_DEVICES: '1', WLR_RENDERER: 'pixman' };

/**
 * wtype brings a keyboard of its own. One that waits for a day keeps the seat with a keyboard; programs miss what is typed
 * on the first one before they have turned to it. Half a second for that, in milliseconds.
 */
const hesitating = ['-s', '500'];

const node: z.ZodType<Node> = z.lazy(() =>
  z.looseObject({ name: z.string().nullable(), focused: z.boolean(), type: z.string(), nodes: z.array(node), floating_nodes: z.array(node) }),
);
type Node = { readonly name: string | null; readonly focused: boolean; readonly type: string; readonly nodes: Node[]; readonly floating_nodes: Node[] };

/** sway with waybar on Wayland, with an unlocked GNOME keyring. sway refuses to run as root. */
export async function startSway(): Promise<RealDesktop> {
  const ownership = new Ownership();
  try {
    const home = ownership.own(await PrivateHome.make(installedLanguage));
    const runtime = home.env['XDG_RUNTIME_DIR'] ?? home.folder;
    const base = { ...home.env, ...headless, XDG_CURRENT_DESKTOP: 'sway', XDG_SESSION_TYPE: 'wayland' };
    const bus = ownership.own(await BusDaemon.start({ name: 'session', folder: runtime, env: base }));
    const system = ownership.own(await BusDaemon.start({ name: 'system', folder: runtime, env: base }));
    const onBus = { ...base, DBUS_SESSION_BUS_ADDRESS: bus.address, DBUS_SYSTEM_BUS_ADDRESS: system.address };
    const notifications = ownership.own(await NotificationServer.start(bus.address));
    ownership.own(await startUnlockedKeyring(bus.address, onBus));

    const configuration = join(home.folder, 'sway.conf');
    await writeFile(configuration, swayConfiguration);
    const sway = ownership.own(await OwnedProcess.spawn({ command: 'sway', args: ['-c', configuration], env: onBus }));
    const [display, socket] = await sway.unlessItEnds(
      poll(20_000, 'sway does not listen', async () => {
        const names = await readdir(runtime);
        const found = [names.find((name) => /^wayland-\d+$/.test(name)), names.find((name) => /^sway-ipc\..*\.sock$/.test(name))] as const;
        return found[0] === undefined || found[1] === undefined ? undefined : ([found[0], found[1]] as const);
      }),
    );
    // Electron has taken this hint since version 38 as what is usual.
    const env = { ...onBus, WAYLAND_DISPLAY: display, SWAYSOCK: join(runtime, socket), ELECTRON_OZONE_PLATFORM_HINT: 'auto' };
    ownership.own(await OwnedProcess.spawn({ command: 'wtype', args: ['-s', '86400000', '-k', 'Shift_L'], env }));
    await startWaybar(env, home.configHome, ownership);
    return new Sway(env, bus.address, notifications, ownership);
  } catch (failure) {
    await ownership.close();
    throw failure;
  }
}

async function startWaybar(env: Readonly<Record<string, string>>, configHome: string, ownership: Ownership): Promise<void> {
  const folder = join(configHome, 'waybar');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config'), waybarConfiguration);
  const waybar = ownership.own(await OwnedProcess.spawn({ command: 'waybar', env }));
  const connection = await BusConnection.open(env['DBUS_SESSION_BUS_ADDRESS'] ?? '');
  try {
    await waybar.unlessItEnds(connection.waitForName('org.kde.StatusNotifierWatcher'));
  } finally {
    connection.close();
  }
}

class Sway implements RealDesktop {
  readonly env: Readonly<Record<string, string>>;
  readonly sessionBusAddress: string;
  readonly terminal = 'foot';
  readonly openIconMenu = null;
  readonly #notifications: NotificationServer;
  readonly #ownership: Ownership;

  constructor(env: Readonly<Record<string, string>>, address: string, notifications: NotificationServer, ownership: Ownership) {
    this.env = env;
    this.sessionBusAddress = address;
    this.#notifications = notifications;
    this.#ownership = ownership;
  }

  async tray(pid: number): Promise<Tray> {
    return this.#ownership.own(await Tray.ofProcess(this.sessionBusAddress, pid));
  }

  async picture(path: string): Promise<void> {
    await this.#run('grim', path);
  }

  async typeText(text: string): Promise<void> {
    await this.#run('wtype', ...hesitating, '-d', '12', '--', text);
  }

  async pressKey(key: string): Promise<void> {
    await this.#run('wtype', ...hesitating, '-k', key);
  }

  async focusedTitle(): Promise<string> {
    const tree = node.parse(JSON.parse(await this.#run('swaymsg', '-t', 'get_tree', '--raw')));
    const inside = (each: Node): Node[] => [each, ...[...each.nodes, ...each.floating_nodes].flatMap(inside)];
    const focused = inside(tree).find((each) => each.focused);
    return focused?.type.endsWith('con') ? (focused.name ?? '') : '';
  }

  selection(which: Selection): Promise<string> {
    return waylandSelection(which, this.env);
  }

  readonly clickNotification = (summary: string) => clickRecorded(this.#notifications, summary);

  close(): Promise<void> {
    return this.#ownership.close();
  }

  async #run(program: string, ...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await runProgram(program, args, { env: this.env });
    if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}: ${stderr.trim()}`);
    return stdout;
  }
}
