import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BusDaemon } from '../../../testing/desktop/bus/bus-daemon.ts';
import { NotificationServer } from '../../../testing/desktop/bus/notification-server.ts';
import { PrivateHome } from '../../../testing/desktop/private-home.ts';
import { Ownership } from '../../../testing/processes/ownership.ts';
import { showOnBus } from './desktop-notifications.ts';

const request = { title: 'default: session ends in 2 min', body: 'Account <b>111</b> & more', action: 'Renew' };

describe.skipIf(spawnSync('dbus-daemon', ['--version']).error !== undefined)('a notification', () => {
  let ownership: Ownership;
  let env: NodeJS.ProcessEnv;
  let leaving: AbortController;

  beforeEach(async () => {
    ownership = new Ownership();
    leaving = new AbortController();
    const home = ownership.own(await PrivateHome.make({ lang: 'C.UTF-8', language: 'en' }));
    const bus = ownership.own(await BusDaemon.start({ name: 'session', folder: home.folder, env: home.env }));
    env = { DBUS_SESSION_BUS_ADDRESS: bus.address, CHROME_DESKTOP: 'sts-tray.desktop' };
  });
  afterEach(async () => {
    leaving.abort();
    await ownership.close();
  });

  const start = async () => ownership.own(await NotificationServer.start(env['DBUS_SESSION_BUS_ADDRESS'] ?? ''));
  const show = () => showOnBus(env, request, leaving.signal);

  it('a notification is shown as it is written, and a click on it is heard', async () => {
    const server = await start();
    const shown = await show();
    expect(server.received()).toEqual([
      {
        id: 1,
        appName: 'STS Tray',
        summary: request.title,
        body: request.body,
        actions: [{ key: 'default', label: 'Renew' }],
        urgency: 'normal',
        expireMilliseconds: -1,
        state: 'shown',
      },
    ]);
    server.invoke(1);
    expect(await shown?.ended).toBe('clicked');
  });

  it('a notification is no markup where the server knows some, and has no action where it takes none', async () => {
    const server = await start();
    server.capabilities = ['body', 'body-markup'];
    await show();
    expect(server.received()).toMatchObject([{ body: 'Account &lt;b&gt;111&lt;/b&gt; &amp; more', actions: [] }]);
  });

  it('a notification that others close has ended, and each hears of its own', async () => {
    const server = await start();
    const [first, second] = [await show(), await show()];
    server.dismiss(2);
    expect(await second?.ended).toBe('closed');
    server.invoke(1);
    expect(await first?.ended).toBe('clicked');
  });

  it('a notification is closed by the app, and when the app quits', async () => {
    const server = await start();
    const first = await show();
    await show();
    first?.close();
    await expect.poll(() => server.received().map(({ state }) => state)).toEqual(['closed-by-app', 'shown']);
    leaving.abort();
    await expect.poll(() => server.received().map(({ state }) => state)).toEqual(['closed-by-app', 'closed-by-app']);
  });

  it('a notification is given up where there is no server, no bus, or a server that hangs', async () => {
    expect(await show()).toBeNull();
    expect(await showOnBus({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }, request, leaving.signal)).toBeNull();
    (await start()).hangs = true;
    const asked = performance.now();
    expect(await show()).toBeNull();
    expect(performance.now() - asked).toBeLessThan(10_000);
  });

  it('a notification has ended when the bus does', async () => {
    await start();
    const shown = await show();
    await ownership.close();
    expect(await shown?.ended).toBe('closed');
  });
});
