import type { Selection } from '../desktop/x11/clipboard.ts';
import type { RealDesktop } from './real-desktop.ts';
import { XSession } from './x-session.ts';

/** A window manager alone: no panel, no tray, no keychain, nobody who shows notifications. */
export async function startBare(): Promise<RealDesktop> {
  const session = await XSession.start({ XDG_CURRENT_DESKTOP: 'Openbox' });
  try {
    await session.manageBy('openbox', '--sm-disable');
    return new Bare(session);
  } catch (failure) {
    await session.close();
    throw failure;
  }
}

class Bare implements RealDesktop {
  readonly terminal = 'kitty';
  readonly openIconMenu = null;
  readonly clickNotification = null;
  readonly #session: XSession;

  constructor(session: XSession) {
    this.#session = session;
  }

  get env() {
    return this.#session.env;
  }

  get sessionBusAddress() {
    return this.#session.sessionBusAddress;
  }

  async tray() {
    return null;
  }

  picture(path: string) {
    return this.#session.picture(path);
  }

  typeText(text: string) {
    return this.#session.typeText(text);
  }

  pressKey(key: string) {
    return this.#session.pressKey(key);
  }

  focusedTitle() {
    return this.#session.focusedTitle();
  }

  selection(which: Selection) {
    return this.#session.selection(which);
  }

  close() {
    return this.#session.close();
  }
}
