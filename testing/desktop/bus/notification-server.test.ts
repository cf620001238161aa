import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BusConnection, variant, type Signal } from './bus-connection.ts';
import { startDesktop, type Desktop } from '../desktop.ts';
import { missingPrograms } from '../../processes/missing-programs.ts';

const DAEMON = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};

describe.skipIf(missingPrograms().length > 0)('the notification daemon', { timeout: 30_000 }, () => {
  let desktop: Desktop;
  let program: BusConnection;
  const signals: Pick<Signal, 'member' | 'values'>[] = [];

  beforeAll(async () => {
    desktop = await startDesktop();
    program = await BusConnection.open(desktop.sessionBusAddress);
    await program.subscribe(`interface='${DAEMON.interface}'`, ({ interface: name, member, values }) => {
      if (name === DAEMON.interface) signals.push({ member, values });
    });
  }, 60_000);
  afterAll(async () => {
    program.close();
    await desktop.close();
  });

  async function notify(summary: string, replaces = 0): Promise<number> {
    const values = ['Program', replaces, '', summary, 'In 10 minutes', ['default', 'View', 'renew', 'Renew'], { urgency: variant('y', 2) }, 0];
    const [id] = await program.call({ ...DAEMON, member: 'Notify', args: { signature: 'susssasa{sv}i', values } });
    return Number(id);
  }

  test('the notification daemon announces actions and body, so that programs send both', async () => {
    expect(await program.call({ ...DAEMON, member: 'GetCapabilities' })).toEqual([['actions', 'body']]);
  });

  test('the notification daemon records what a program shows', async () => {
    const id = await notify('Session ends');
    expect(await desktop.notifications.waitFor(({ summary }) => summary === 'Session ends')).toEqual({
      id,
      appName: 'Program',
      summary: 'Session ends',
      body: 'In 10 minutes',
      actions: [
        { key: 'default', label: 'View' },
        { key: 'renew', label: 'Renew' },
      ],
      urgency: 'critical',
      expireMilliseconds: 0,
      state: 'shown',
    });
  });

  test('the notification daemon tells the program which action the user took, and that the notification is closed', async () => {
    const id = await notify('Acted on');
    desktop.notifications.invoke(id, 'renew');
    await expect
      .poll(() => signals.filter(({ values }) => values[0] === id))
      .toEqual([
        { member: 'ActionInvoked', values: [id, 'renew'] },
        { member: 'NotificationClosed', values: [id, 2] },
      ]);
    expect(() => desktop.notifications.invoke(id, 'renew')).toThrow('is shown');
  });

  test('the notification daemon keeps the id of a notification that the program replaces', async () => {
    const id = await notify('30 minutes');
    expect(await notify('10 minutes', id)).toBe(id);
    const states = desktop.notifications
      .received()
      .filter((each) => each.id === id)
      .map(({ summary, state }) => [summary, state]);
    expect(states).toEqual([
      ['30 minutes', 'replaced'],
      ['10 minutes', 'shown'],
    ]);
  });

  test('the notification daemon closes a notification that the program withdraws', async () => {
    const id = await notify('Withdrawn');
    await program.call({ ...DAEMON, member: 'CloseNotification', args: { signature: 'u', values: [id] } });
    expect(desktop.notifications.received().find((each) => each.id === id)?.state).toBe('closed-by-app');
  });
});
