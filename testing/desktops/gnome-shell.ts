import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BusConnection } from '../desktop/bus/bus-connection.ts';
import { poll } from '../processes/deadline.ts';
import type { Selection } from '../desktop/x11/clipboard.ts';

const shell = { destination: 'org.gnome.Shell', path: '/org/gnome/Shell', interface: 'org.gnome.Shell' };
const screenshots = { destination: 'org.gnome.Shell', path: '/org/gnome/Shell/Screenshot', interface: 'org.gnome.Shell.Screenshot' };
const extension = 'rig@sts-tray.test';

const place = z.object({ x: z.number(), y: z.number() }).nullable();

/** Lets the bus ask the shell for what only its own programs may otherwise: to evaluate a script, and to take a picture. */
const extensionCode = `
function init() {
  return { enable: () => (global.context.unsafe_mode = true), disable: () => undefined };
}
`;

/** Ready in the shell: a keyboard and a mouse, and where the middle of something is on the screen. */
const preparation = `
const { Clutter, St } = imports.gi;
const Main = imports.ui.main;
const seat = Clutter.get_default_backend().get_default_seat();
const middle = (actor) => {
  if (!actor || !actor.mapped) return null;
  const [x, y] = actor.get_transformed_position();
  const [width, height] = actor.get_transformed_size();
  return { x: x + width / 2, y: y + height / 2 };
};
globalThis.rig = {
  Clutter, St, Main, middle,
  keyboard: seat.create_virtual_device(Clutter.InputDeviceType.KEYBOARD_DEVICE),
  mouse: seat.create_virtual_device(Clutter.InputDeviceType.POINTER_DEVICE),
  press: (key) => [1, 0].forEach((state) => rig.keyboard.notify_keyval(Clutter.CURRENT_TIME, key, state)),
  click: () => [1, 0].forEach((state) => rig.mouse.notify_button(Clutter.CURRENT_TIME, 1, state)),
};
true
`;

/** Writes what makes the shell of this home serve a test, and says which other extensions it has on. */
export async function prepareGnomeShell(folders: { readonly configHome: string; readonly dataHome: string }, extensions: readonly string[]): Promise<void> {
  const own = join(folders.dataHome, 'gnome-shell', 'extensions', extension);
  await mkdir(own, { recursive: true });
  const metadata = { uuid: extension, name: 'Rig', description: 'For tests', 'shell-version': ['43'] };
  await writeFile(join(own, 'metadata.json'), JSON.stringify(metadata));
  await writeFile(join(own, 'extension.js'), extensionCode);
  const settings = join(folders.configHome, 'glib-2.0', 'settings');
  await mkdir(settings, { recursive: true });
  const enabled = [extension, ...extensions].map((uuid) => `'${uuid}'`).join(', ');
  // Without animations a picture shows what a window or a menu comes to.
  const keys = `[org/gnome/shell]\nenabled-extensions=[${enabled}]\nwelcome-dialog-last-shown-version='99'\n\n[org/gnome/desktop/interface]\nenable-animations=false\n`;
  await writeFile(join(settings, 'keyfile'), keys);
}

/** GNOME Shell as its user sees and operates it. */
export class GnomeShell {
  readonly #bus: BusConnection;

  private constructor(bus: BusConnection) {
    this.#bus = bus;
  }

  /** Waits until the shell has started, and leaves the overview in which it starts, as a user does. */
  static async on(busAddress: string): Promise<GnomeShell> {
    const bus = await BusConnection.open(busAddress);
    try {
      await bus.waitForName(shell.destination, 60_000);
      const desktop = new GnomeShell(bus);
      await poll(60_000, 'GNOME Shell takes no scripts', () => desktop.evaluate(preparation).catch(() => undefined));
      await poll(60_000, 'GNOME Shell did not end its start', async () => (await desktop.evaluate('!rig.Main.layoutManager._startingUp')) || undefined);
      await bus.waitForName('org.freedesktop.Notifications', 60_000);
      // It warns of what the extension of the test does.
      await desktop.evaluate('rig.Main.messageTray.getSources().forEach((source) => source.destroy()); rig.Main.overview.hide(); true');
      await poll(20_000, 'The overview did not close', async () => (await desktop.evaluate('!rig.Main.overview.visible')) || undefined);
      return desktop;
    } catch (failure) {
      bus.close();
      throw failure;
    }
  }

  /** What the last expression of the script is worth. */
  async evaluate(script: string): Promise<unknown> {
    const [isDone, printed] = await this.#bus.call({ ...shell, member: 'Eval', args: { signature: 's', values: [script] } });
    if (isDone !== true) throw new Error(`GNOME Shell refused ${script}: ${String(printed)}`);
    return printed === '' ? undefined : JSON.parse(String(printed));
  }

  async picture(path: string): Promise<void> {
    const [isDone] = await this.#bus.call({ ...screenshots, member: 'Screenshot', args: { signature: 'bbs', values: [true, false, path] } });
    if (isDone !== true) throw new Error('GNOME Shell took no picture');
  }

  async typeText(text: string): Promise<void> {
    for (const character of text) await this.evaluate(`rig.press(rig.Clutter.unicode_to_keysym(${character.codePointAt(0)})); true`);
  }

  async pressKey(key: string): Promise<void> {
    await this.evaluate(`rig.press(rig.Clutter.KEY_${key}); true`);
  }

  /** Clicks the middle of an actor as soon as it is on the screen; `script` finds it. */
  async click(what: string, script: string): Promise<void> {
    const { x, y } = await poll(20_000, `${what} was not on the screen`, async () => place.parse(await this.evaluate(`rig.middle(${script})`)) ?? undefined);
    await this.evaluate(`rig.mouse.notify_absolute_motion(rig.Clutter.CURRENT_TIME, ${x}, ${y}); true`);
    await this.evaluate('rig.click(); true');
  }

  async focusedTitle(): Promise<string> {
    return z.string().parse(await this.evaluate('global.display.focus_window ? global.display.focus_window.title || "" : ""'));
  }

  async selection(which: Selection): Promise<string> {
    const kind = `rig.St.ClipboardType.${which.toUpperCase()}`;
    await this.evaluate(`rig.text = null; rig.St.Clipboard.get_default().get_text(${kind}, (_, text) => (rig.text = text || '')); true`);
    return poll(
      5_000,
      'GNOME Shell did not read the selection',
      async () =>
        z
          .string()
          .nullable()
          .parse(await this.evaluate('rig.text')) ?? undefined,
    );
  }

  close(): void {
    this.#bus.close();
  }
}
