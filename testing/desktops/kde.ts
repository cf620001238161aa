import { BusConnection } from '../desktop/bus/bus-connection.ts';
import { Tray } from '../desktop/tray/tray.ts';
import { poll } from '../processes/deadline.ts';
import { OwnedProcess } from '../processes/owned-process.ts';
import { startUnlockedWallet } from './kwallet.ts';
import type { RealDesktop } from './real-desktop.ts';
import { XSession } from './x-session.ts';

const plasma = {
  XDG_CURRENT_DESKTOP: 'KDE',
  XDG_SESSION_DESKTOP: 'KDE',
  DESKTOP_SESSION: 'plasma',
  KDE_FULL_SESSION: 'true',
  KDE_SESSION_VERSION: '5',
  // Neither the window manager nor the panel has a GPU to draw with.
  KWIN_COMPOSE: 'N',
  QT_QUICK_BACKEND: 'software',
};

/** KDE Plasma on X11: its window manager, its panel, an opened KWallet. */
export async function startKde(): Promise<RealDesktop> {
  const session = await XSession.start(plasma, 'installed');
  try {
    const bus = session.ownership.own(await BusConnection.open(session.sessionBusAddress));
    const run = async (command: string, name: string, ...args: readonly string[]) => {
      const process = session.ownership.own(await OwnedProcess.spawn({ command, args, env: session.env }));
      await process.unlessItEnds(bus.waitForName(name, 60_000));
      return process.pid;
    };
    await run('kded5', 'org.kde.kded5');
    await session.manageBy('kwin_x11');
    session.ownership.own(await startUnlockedWallet(session.sessionBusAddress, session.home.configHome, session.env));
    const pid = await run('plasmashell', 'org.freedesktop.Notifications', '--no-respawn');
    await bus.waitForName('org.kde.StatusNotifierWatcher', 60_000);
    return Object.assign(session, ofPlasma(session, pid));
  } catch (failure) {
    await session.close();
    throw failure;
  }
}

/** What is Plasma's own of it; `panel` is the process of its panel. */
function ofPlasma(session: XSession, panel: number) {
  return {
    terminal: 'konsole',
    openIconMenu: null,
    tray: async (pid: number): Promise<Tray> => session.ownership.own(await Tray.ofProcess(session.sessionBusAddress, pid)),
    /** The panel's program shows each notification in a window of its own, whose text nobody else can read: the next one is taken. */
    clickNotification: async (summary: string, seen: () => Promise<void>): Promise<void> => {
      const before = new Set((await session.windows()).map(({ id }) => id));
      const { area } = await poll(30_000, `Plasma showed no ${summary}`, async () =>
        (await session.windows()).find(({ id, pid }) => pid === panel && !before.has(id)),
      );
      await seen();
      await session.click(area.x + area.width / 2, area.y + area.height / 2);
    },
  };
}
