import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BusConnection } from './bus/bus-connection.ts';
import { poll } from '../processes/deadline.ts';
import { OwnedProcess } from '../processes/owned-process.ts';
import type { Ownership } from '../processes/ownership.ts';
import type { X11Connection } from './x11/x11-connection.ts';

interface Session {
  readonly busAddress: string;
  readonly env: Readonly<Record<string, string>>;
  readonly x11: X11Connection;
  readonly ownership: Ownership;
  readonly panel: 'shown' | 'none';
}

/** Starts xfconfd, xfwm4 and xfce4-panel, in the order in which they need each other. */
export async function startSessionPrograms({ busAddress, env, x11, ownership, panel: wanted }: Session): Promise<void> {
  const bus = await BusConnection.open(busAddress);
  try {
    const settings = ownership.own(await OwnedProcess.spawn({ command: await settingsDaemon(), env }));
    await settings.unlessItEnds(bus.waitForName('org.xfce.Xfconf'));
    const manager = ownership.own(await OwnedProcess.spawn({ command: 'xfwm4', args: ['--compositor=off'], env }));
    await manager.unlessItEnds(windowManagement(x11));
    if (wanted === 'none') return;
    const panel = ownership.own(await OwnedProcess.spawn({ command: 'xfce4-panel', args: ['--disable-wm-check'], env }));
    await panel.unlessItEnds(bus.waitForName('org.kde.StatusNotifierWatcher'));
  } finally {
    bus.close();
  }
}

/** Once there is a window manager, the root window names it (`_NET_SUPPORTING_WM_CHECK`). */
function windowManagement(x11: X11Connection): Promise<unknown> {
  return poll(15_000, 'No window manager took over', () => x11.property(x11.screen.root, '_NET_SUPPORTING_WM_CHECK'));
}

/** The path of xfconfd, which is on no PATH. It is read from the service file in which a bus would find it. */
async function settingsDaemon(): Promise<string> {
  const folders = (process.env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':');
  for (const folder of new Set([...folders, '/usr/share'])) {
    const service = await readFile(join(folder, 'dbus-1/services/org.xfce.Xfconf.service'), 'utf8').catch(() => '');
    const command = /^Exec=(\S+)/m.exec(service)?.[1];
    if (command !== undefined) return command;
  }
  throw new Error('xfconfd was not found: is xfconf installed?');
}
