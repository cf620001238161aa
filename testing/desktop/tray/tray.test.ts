import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BusConnection, variant } from '../bus/bus-connection.ts';
import { startDesktop, type Desktop } from '../desktop.ts';
import { missingPrograms } from '../../processes/missing-programs.ts';
import { itemAddress, type Tray, type TrayChange } from './tray.ts';

const ITEM = { path: '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' };
const MENU = { path: '/Menu', interface: 'com.canonical.dbusmenu' };

/** A program with a tray icon of one colour, a tooltip and a menu; it records what is done to it. */
class TrayProgram {
  readonly done: string[] = [];
  tooltip = 'No session';
  argb = 0xff2060c0;
  readonly #bus: BusConnection;

  private constructor(bus: BusConnection) {
    this.#bus = bus;
  }

  static async start(address: string): Promise<TrayProgram> {
    const bus = await BusConnection.open(address);
    const program = new TrayProgram(bus);
    const nothing = { signature: '', values: [] };
    const answer = (properties: Record<string, unknown>) => ({ signature: 'a{sv}', values: [properties] });
    bus.serve({
      path: ITEM.path,
      interface: 'org.freedesktop.DBus.Properties',
      methods: {
        GetAll: () => answer(program.#properties()),
        Get: ([, name]) => ({ signature: 'v', values: [program.#properties()[String(name)] ?? variant('s', '')] }),
      },
    });
    bus.serve({
      ...ITEM,
      methods: {
        Activate: () => {
          program.done.push('activated');
          return nothing;
        },
      },
    });
    bus.serve({
      ...MENU,
      methods: {
        GetLayout: () => ({ signature: 'u(ia{sv}av)', values: [1, MENU_LAYOUT] }),
        AboutToShow: ([id]) => {
          program.done.push(`shown ${String(id)}`);
          return { signature: 'b', values: [false] };
        },
        Event: ([id, kind]) => {
          program.done.push(`${String(kind)} ${String(id)}`);
          return nothing;
        },
      },
    });
    await bus.call({
      destination: 'org.kde.StatusNotifierWatcher',
      path: '/StatusNotifierWatcher',
      interface: 'org.kde.StatusNotifierWatcher',
      member: 'RegisterStatusNotifierItem',
      args: { signature: 's', values: [ITEM.path] },
    });
    return program;
  }

  announce(member: 'NewToolTip' | 'NewIcon'): void {
    this.#bus.emit({ ...ITEM, member });
  }

  close(): void {
    this.#bus.close();
  }

  #properties(): Record<string, unknown> {
    const pixels = Buffer.alloc(4 * 4 * 4);
    for (let offset = 0; offset < pixels.length; offset += 4) pixels.writeUInt32BE(this.argb, offset);
    return {
      Id: variant('s', 'program'),
      Title: variant('s', 'Program'),
      Category: variant('s', 'ApplicationStatus'),
      Status: variant('s', 'Active'),
      ToolTip: variant('(sa(iiay)ss)', ['', [], this.tooltip, '']),
      IconPixmap: variant('a(iiay)', [[4, 4, pixels]]),
      Menu: variant('o', MENU.path),
    };
  }
}

const item = (id: number, properties: Record<string, unknown>, children: unknown[] = []): unknown[] => [
  id,
  properties,
  children.map((child) => variant('(ia{sv}av)', child)),
];
const labelled = (label: string): Record<string, unknown> => ({ label: variant('s', label) });

const MENU_LAYOUT = item(0, {}, [
  item(1, labelled('_Renew my__profile')),
  item(2, { type: variant('s', 'separator') }),
  item(3, labelled('Settings'), [item(4, { ...labelled('Start at login'), 'toggle-type': variant('s', 'checkmark'), 'toggle-state': variant('i', 1) })]),
  item(5, { ...labelled('End session'), enabled: variant('b', false) }),
  item(6, { ...labelled('Hidden'), visible: variant('b', false) }),
]);

describe('where the icon of a program is', () => {
  const path = '/StatusNotifierItem';
  test.each([
    ['org.kde.StatusNotifierItem-7-1/StatusNotifierItem', 'org.kde.StatusNotifierItem-7-1'],
    [':1.7/StatusNotifierItem', ':1.7'],
    [':1.7@/StatusNotifierItem', ':1.7'],
    ['org.kde.StatusNotifierItem-7-1', 'org.kde.StatusNotifierItem-7-1'],
  ])('is read from what the watcher of a desktop calls it, %s', (listed, destination) => {
    expect(itemAddress(listed)).toEqual({ destination, path });
  });
});

describe.skipIf(missingPrograms().length > 0)('a tray seen over D-Bus', { timeout: 30_000 }, () => {
  let desktop: Desktop;
  let program: TrayProgram;
  let tray: Tray;

  beforeAll(async () => {
    desktop = await startDesktop();
  }, 60_000);
  beforeEach(async () => {
    [tray, program] = await Promise.all([desktop.tray(process.pid), TrayProgram.start(desktop.sessionBusAddress)]);
  });
  afterEach(async () => {
    program.close();
    await tray.waitUntilGone();
  });
  afterAll(() => desktop.close());

  test('a tray seen over D-Bus is found by the process it belongs to, even when that process shows it later', async () => {
    expect(await tray.title()).toBe('Program');
    expect(await tray.tooltip()).toBe('No session');
    expect(await tray.status()).toBe('Active');
  });

  test('a tray seen over D-Bus is not found for a process without one', async () => {
    await expect(desktop.tray(1, 300)).rejects.toThrow('Process 1 showed no tray icon');
  });

  test('a tray seen over D-Bus gives its icon as a picture that can be told from another', async () => {
    const blue = await tray.icon();
    expect([blue.width, blue.height]).toEqual([4, 4]);
    expect((await tray.icon()).sha256).toBe(blue.sha256);
    program.argb = 0xffc02020;
    expect((await tray.icon()).sha256).not.toBe(blue.sha256);
  });

  test('a tray seen over D-Bus gives its menu as a tree with labels free of mnemonics', async () => {
    const plain = { enabled: true, visible: true, type: 'standard', submenu: [] };
    expect(await tray.menu()).toEqual([
      { ...plain, id: 1, label: 'Renew my_profile' },
      { ...plain, id: 2, label: '', type: 'separator' },
      { ...plain, id: 3, label: 'Settings', submenu: [{ ...plain, id: 4, label: 'Start at login', type: 'checkbox', checked: true }] },
      { ...plain, id: 5, label: 'End session', enabled: false },
      { ...plain, id: 6, label: 'Hidden', visible: false },
    ]);
  });

  test('a tray seen over D-Bus opens the menu level by level and clicks the item', async () => {
    await tray.clickMenuItem('Settings', /login$/);
    expect(program.done.slice(-3)).toEqual(['shown 0', 'shown 3', 'clicked 4']);
  });

  test('a tray seen over D-Bus refuses to click what a user could not click', async () => {
    await expect(tray.clickMenuItem('End session')).rejects.toThrow('disabled');
    await expect(tray.clickMenuItem('Hidden')).rejects.toThrow('No menu item Hidden');
    await expect(tray.clickMenuItem('Settings')).rejects.toThrow('opens a submenu');
    expect(program.done.filter((event) => event.startsWith('clicked'))).toEqual([]);
  });

  test('a tray seen over D-Bus is activated as by a left click', async () => {
    await tray.activate();
    expect(program.done).toContain('activated');
  });

  test('a tray seen over D-Bus waits for a state by listening, and tells what changed', async () => {
    const changes: TrayChange[] = [];
    tray.onChange((change) => changes.push(change));
    const renewed = tray.waitFor('a session', async (seen) => (await seen.tooltip()).startsWith('111122223333'));
    program.tooltip = '111122223333, 8 h left';
    program.announce('NewToolTip');
    await renewed;
    expect(changes).toEqual(['tooltip']);
    await expect(tray.waitFor('a miracle', async () => false, 100)).rejects.toThrow('The tray did not reach this: a miracle');
  });
});
