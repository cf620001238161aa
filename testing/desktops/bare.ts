import type { RealDesktop } from './real-desktop.ts';
import { XSession } from './x-session.ts';

/** A window manager alone: no panel, no tray, no keychain, nobody who shows notifications. */
export async function startBare(): Promise<RealDesktop> {
  const session = await XSession.start({ XDG_CURRENT_DESKTOP: 'Openbox' });
  try {
    await session.manageBy('openbox', '--sm-disable');
    return Object.assign(session, { terminal: 'kitty', openIconMenu: null, clickNotification: null, tray: async () => null });
  } catch (failure) {
    await session.close();
    throw failure;
  }
}
