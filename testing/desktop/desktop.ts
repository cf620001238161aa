import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { BusDaemon } from './bus/bus-daemon.ts';
import { Clipboard } from './x11/clipboard.ts';
import { DisplayServer, type ScreenSize } from './x11/display-server.ts';
import { InputDevices } from './x11/input-devices.ts';
import { startLockedKeyring, startUnlockedKeyring } from './bus/keyring.ts';
import { LoginManager } from './bus/login-manager.ts';
import { NotificationServer } from './bus/notification-server.ts';
import { poll } from '../processes/deadline.ts';
import { Ownership } from '../processes/ownership.ts';
import { PANEL_HEIGHT, writeDesktopConfiguration, type Theme } from './panel-configuration.ts';
import { magnified, type Picture } from './x11/png.ts';
import { PrivateHome, type Language } from './private-home.ts';
import { savePng, takePicture, type Rectangle } from './x11/screen-picture.ts';
import { startSessionPrograms } from './session-programs.ts';
import { Tray } from './tray/tray.ts';
import { listWindows, waitForWindow, type DesktopWindow } from './x11/windows.ts';
import { X11Connection } from './x11/x11-connection.ts';

export interface DesktopOptions {
  readonly size?: ScreenSize;
  /** `resizable`: its size can change during a test, as when a monitor is unplugged. */
  readonly display?: 'fixed' | 'resizable';
  readonly theme?: Theme;
  readonly language?: Language;
  /** `none`: a desktop that shows no tray icons. */
  readonly panel?: 'shown' | 'none';
  readonly keyring?: 'unlocked' | 'locked' | 'none';
}

export const ENGLISH: Language = { lang: 'en_US.UTF-8', language: 'en' };
export const JAPANESE: Language = { lang: 'ja_JP.UTF-8', language: 'ja' };

const BACKGROUND = { light: 0x5b7083, dark: 0x20262c } as const satisfies Record<Theme, number>;
const TRAY_WIDTH = 160;

interface DesktopParts {
  readonly env: Readonly<Record<string, string>>;
  readonly sessionBus: BusDaemon;
  readonly display: DisplayServer;
  readonly x11: X11Connection;
  readonly notifications: NotificationServer;
  readonly loginManager: LoginManager;
  readonly ownership: Ownership;
}

/** A real Linux desktop that nobody else sees: its own X server, message buses, home, window manager and panel. */
export class Desktop {
  /** The complete environment of the programs on this desktop; it has nothing of the tests' own. */
  readonly env: Readonly<Record<string, string>>;
  readonly sessionBusAddress: string;
  readonly notifications: NotificationServer;
  readonly loginManager: LoginManager;
  readonly clipboard: Clipboard;
  readonly #display: DisplayServer;
  readonly #sessionBus: BusDaemon;
  readonly #x11: X11Connection;
  readonly #input: InputDevices;
  readonly #ownership: Ownership;

  constructor(parts: DesktopParts) {
    this.env = parts.env;
    this.sessionBusAddress = parts.sessionBus.address;
    this.notifications = parts.notifications;
    this.loginManager = parts.loginManager;
    this.clipboard = new Clipboard(parts.x11);
    this.#display = parts.display;
    this.#sessionBus = parts.sessionBus;
    this.#x11 = parts.x11;
    this.#input = new InputDevices(parts.env);
    this.#ownership = parts.ownership;
  }

  /** Waits for the tray of the process `pid`, or of a process that it started. The desktop closes it in the end. */
  async tray(pid: number, milliseconds?: number): Promise<Tray> {
    return this.#ownership.own(await Tray.ofProcess(this.sessionBusAddress, pid, milliseconds));
  }

  windows(): Promise<DesktopWindow[]> {
    return listWindows(this.#x11);
  }

  waitForWindow(title: string | RegExp, milliseconds = 15_000): Promise<DesktopWindow> {
    return waitForWindow(this.#x11, title, milliseconds);
  }

  /** Raises the window and gives it the keyboard. */
  focus(window: DesktopWindow): Promise<void> {
    return this.#input.focus(window.id);
  }

  move(window: DesktopWindow, to: { readonly x: number; readonly y: number }): Promise<void> {
    return this.#input.move(window.id, to);
  }

  typeText(text: string): Promise<void> {
    return this.#input.typeText(text);
  }

  pressKey(key: string): Promise<void> {
    return this.#input.pressKey(key);
  }

  click(x: number, y: number, button: 'left' | 'right' = 'left'): Promise<void> {
    return this.#input.click(x, y, button);
  }

  /** Changes to one of the sizes that `xrandr` lists; needs a resizable display. */
  async resizeScreen({ width, height }: ScreenSize): Promise<void> {
    await promisify(execFile)('xrandr', ['-s', `${width}x${height}`], { env: this.env });
  }

  /** What the whole screen shows. */
  picture(): Promise<Picture> {
    return takePicture(this.#x11, { x: 0, y: 0, ...this.#screenSize });
  }

  async screenshot(path: string): Promise<void> {
    await savePng(await this.picture(), path);
  }

  /** The window with its frame, as the screen shows it; raise it with `focus` first when another may cover it. */
  async screenshotWindow(window: DesktopWindow, path: string): Promise<void> {
    const current = (await this.windows()).find(({ id }) => id === window.id);
    if (current === undefined) throw new Error(`The window ${window.title} is closed`);
    await savePng(await takePicture(this.#x11, current.framedArea), path);
  }

  /** The right end of the panel, where the icons are, magnified. */
  async screenshotTray(path: string, magnification = 4): Promise<void> {
    await savePng(magnified(await takePicture(this.#x11, this.trayArea), magnification), path);
  }

  /** Clicks the only icon in the real panel, as soon as the panel shows it. */
  async clickTrayIcon(button: 'left' | 'right' = 'left'): Promise<void> {
    await this.trayIconIsShown();
    await this.click(this.#screenSize.width - PANEL_HEIGHT / 2, PANEL_HEIGHT / 2, button);
  }

  /** The panel paints an icon a moment after it has heard of it; until then that place has one colour. */
  async trayIconIsShown(): Promise<void> {
    const place = { x: this.#screenSize.width - PANEL_HEIGHT, y: 0, width: PANEL_HEIGHT, height: PANEL_HEIGHT };
    await poll(15_000, 'The panel showed no icon', async () => {
      const { rgba } = await takePicture(this.#x11, place);
      const [first, ...rest] = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
      return rest.some((pixel) => pixel !== first) ? true : undefined;
    });
  }

  get trayArea(): Rectangle {
    return { x: this.#screenSize.width - TRAY_WIDTH, y: 0, width: TRAY_WIDTH, height: PANEL_HEIGHT };
  }

  /** Ends the X server, as when it crashes: every program loses its windows. The buses go on. */
  loseDisplay(): Promise<void> {
    return this.#display.close();
  }

  /** Starts the X server again, with a window manager and a panel, as at the next login. Others of this class' methods look at the old one. */
  async regainDisplay(folder = dirname(this.env['XAUTHORITY'] ?? '')): Promise<void> {
    const { display } = this.#display;
    const server = this.#ownership.own(await DisplayServer.start({ folder, size: this.#screenSize, resizable: false, display, env: this.env }));
    const x11 = this.#ownership.own(await X11Connection.open(server.display, server.cookie));
    await startSessionPrograms({ busAddress: this.sessionBusAddress, env: this.env, x11, ownership: this.#ownership, panel: 'shown' });
  }

  /** Ends the session bus, as at a logout: every program is cut off from the desktop's services. The display goes on. */
  loseSessionBus(): Promise<void> {
    return this.#sessionBus.close();
  }

  /** Starts a session bus again, with a keyring on it that is unlocked, and with a panel, as at the next login. Returns what programs have to have in their environment to find it. */
  async regainSessionBus(folder = this.env['XDG_RUNTIME_DIR'] ?? ''): Promise<Record<string, string>> {
    const { address } = this.#ownership.own(await BusDaemon.start({ name: 'session', folder, env: this.env }));
    const found = { DBUS_SESSION_BUS_ADDRESS: address };
    const env = { ...this.env, ...found };
    this.#ownership.own(await startUnlockedKeyring(address, env));
    await startSessionPrograms({ busAddress: address, env, x11: this.#x11, ownership: this.#ownership, panel: 'shown' });
    return found;
  }

  /** Ends everything in reverse order. Programs that others started on this desktop lose their display. */
  close(): Promise<void> {
    return this.#ownership.close();
  }

  get #screenSize(): ScreenSize {
    const { width, height } = this.#x11.screen;
    return { width, height };
  }
}

export async function startDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const { size = { width: 1280, height: 800 }, theme = 'light', language = ENGLISH, keyring = 'none', panel = 'shown', display = 'fixed' } = options;
  const ownership = new Ownership();
  try {
    const home = ownership.own(await PrivateHome.make(language));
    await writeDesktopConfiguration(home.configHome, theme);
    const server = ownership.own(await DisplayServer.start({ folder: home.folder, size, resizable: display === 'resizable', env: home.env }));
    const x11 = ownership.own(await X11Connection.open(server.display, server.cookie));
    x11.paintRoot(BACKGROUND[theme]);

    const onDisplay = { ...home.env, ...server.env };
    const folder = home.env.XDG_RUNTIME_DIR ?? home.folder;
    const systemBus = ownership.own(await BusDaemon.start({ name: 'system', folder, env: onDisplay }));
    const sessionBus = ownership.own(await BusDaemon.start({ name: 'session', folder, env: onDisplay }));
    const env = {
      ...onDisplay,
      DBUS_SESSION_BUS_ADDRESS: sessionBus.address,
      DBUS_SYSTEM_BUS_ADDRESS: systemBus.address,
    };
    const loginManager = ownership.own(await LoginManager.start(systemBus.address));
    const notifications = ownership.own(await NotificationServer.start(sessionBus.address));
    if (keyring === 'unlocked') ownership.own(await startUnlockedKeyring(sessionBus.address, env));
    if (keyring === 'locked') ownership.own(await startLockedKeyring(sessionBus.address, env));
    await startSessionPrograms({ busAddress: sessionBus.address, env, x11, ownership, panel });
    return new Desktop({ env, sessionBus, display: server, x11, notifications, loginManager, ownership });
  } catch (failure) {
    await ownership.close();
    throw failure;
  }
}
