import { BusDaemon, type BusDaemonSpec } from '../desktop/bus/bus-daemon.ts';
import { PrivateHome } from '../desktop/private-home.ts';
import { Clipboard, type Selection } from '../desktop/x11/clipboard.ts';
import { DisplayServer } from '../desktop/x11/display-server.ts';
import { InputDevices } from '../desktop/x11/input-devices.ts';
import { savePng, takePicture } from '../desktop/x11/screen-picture.ts';
import { listWindows, type DesktopWindow } from '../desktop/x11/windows.ts';
import { X11Connection } from '../desktop/x11/x11-connection.ts';
import { poll } from '../processes/deadline.ts';
import { OwnedProcess } from '../processes/owned-process.ts';
import { Ownership } from '../processes/ownership.ts';
import { runProgram } from '../processes/run-program.ts';
import { installedLanguage } from './real-desktop.ts';

type Env = Readonly<Record<string, string>>;

/** An X server with a home, message buses, a keyboard and a mouse, for a window manager to run on. */
export class XSession {
  readonly env: Env;
  readonly home: PrivateHome;
  readonly sessionBusAddress: string;
  readonly ownership: Ownership;
  readonly #x11: X11Connection;
  readonly #input: InputDevices;
  readonly #clipboard: Clipboard;

  private constructor(parts: {
    readonly env: Env;
    readonly home: PrivateHome;
    readonly address: string;
    readonly x11: X11Connection;
    readonly ownership: Ownership;
  }) {
    this.env = parts.env;
    this.home = parts.home;
    this.sessionBusAddress = parts.address;
    this.#x11 = parts.x11;
    this.ownership = parts.ownership;
    this.#input = new InputDevices(parts.env);
    this.#clipboard = new Clipboard(parts.x11);
  }

  /** `own` is what the desktop sets, `XDG_CURRENT_DESKTOP` above all; `services` is as of a `BusDaemon`. */
  static async start(own: Env, services?: BusDaemonSpec['services']): Promise<XSession> {
    const ownership = new Ownership();
    try {
      const home = ownership.own(await PrivateHome.make(installedLanguage));
      const folder = home.env['XDG_RUNTIME_DIR'] ?? home.folder;
      const server = ownership.own(await DisplayServer.start({ folder: home.folder, size: { width: 1280, height: 800 }, resizable: false, env: home.env }));
      const x11 = ownership.own(await X11Connection.open(server.display, server.cookie));
      x11.paintRoot(0x5b7083);
      const onDisplay = { ...home.env, ...server.env, ...own };
      const system = ownership.own(await BusDaemon.start({ name: 'system', folder, env: onDisplay }));
      const onSystem = { ...onDisplay, DBUS_SYSTEM_BUS_ADDRESS: system.address };
      const { address } = ownership.own(await BusDaemon.start({ name: 'session', folder, env: onSystem, ...(services === undefined ? {} : { services }) }));
      return new XSession({ env: { ...onSystem, DBUS_SESSION_BUS_ADDRESS: address }, home, address, x11, ownership });
    } catch (failure) {
      await ownership.close();
      throw failure;
    }
  }

  /** Starts a window manager and waits until it manages: the root window names it then. */
  async manageBy(command: string, ...args: readonly string[]): Promise<void> {
    const manager = this.ownership.own(await OwnedProcess.spawn({ command, args, env: this.env }));
    const managed = poll(30_000, `${command} did not take over`, () => this.#x11.property(this.#x11.screen.root, '_NET_SUPPORTING_WM_CHECK'));
    await manager.unlessItEnds(managed);
  }

  async picture(path: string): Promise<void> {
    const { width, height } = this.#x11.screen;
    await savePng(await takePicture(this.#x11, { x: 0, y: 0, width, height }), path);
  }

  typeText(text: string): Promise<void> {
    return this.#input.typeText(text);
  }

  pressKey(key: string): Promise<void> {
    return this.#input.pressKey(key);
  }

  click(x: number, y: number): Promise<void> {
    return this.#input.click(x, y, 'left');
  }

  windows(): Promise<DesktopWindow[]> {
    return listWindows(this.#x11);
  }

  focusedTitle(): Promise<string> {
    return focusedXTitle(this.env);
  }

  selection(which: Selection): Promise<string> {
    return this.#clipboard.readText(which);
  }

  close(): Promise<void> {
    return this.ownership.close();
  }
}

/** The title of the window that has the keyboard, as the window manager tells it; '' for none. */
export async function focusedXTitle(env: Env): Promise<string> {
  const { stdout } = await runProgram('xdotool', ['getactivewindow', 'getwindowname'], { env });
  return stdout.trim();
}
