import { startDesktop, type Desktop } from '../desktop/desktop.ts';
import type { Selection } from '../desktop/x11/clipboard.ts';
import { focusedXTitle } from './x-session.ts';
import { findProgram } from '../processes/find-program.ts';
import { clickRecorded } from './recorded-notification.ts';
import type { RealDesktop } from './real-desktop.ts';

/** XFCE's panel and window manager on X11, with an unlocked GNOME keyring. */
export async function startXfce(): Promise<RealDesktop> {
  return new Xfce(await startDesktop({ keyring: 'unlocked' }));
}

class Xfce implements RealDesktop {
  /** The desktop's own where it is installed; in a sample the plain one, which all tests have. */
  readonly terminal = findProgram('xfce4-terminal') === null ? 'xterm' : 'xfce4-terminal';
  readonly #desktop: Desktop;

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  get env() {
    return this.#desktop.env;
  }

  get sessionBusAddress() {
    return this.#desktop.sessionBusAddress;
  }

  tray(pid: number) {
    return this.#desktop.tray(pid);
  }

  picture(path: string) {
    return this.#desktop.screenshot(path);
  }

  typeText(text: string) {
    return this.#desktop.typeText(text);
  }

  pressKey(key: string) {
    return this.#desktop.pressKey(key);
  }

  focusedTitle() {
    return focusedXTitle(this.env);
  }

  selection(which: Selection) {
    return this.#desktop.clipboard.readText(which);
  }

  readonly clickNotification = (summary: string) => clickRecorded(this.#desktop.notifications, summary);

  readonly openIconMenu = async () => {
    await this.#desktop.clickTrayIcon('right');
    // The first key waits until the menu is drawn.
    await this.pressKey('Down');
  };

  close() {
    return this.#desktop.close();
  }
}
