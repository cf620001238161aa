import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BusConnection, variant } from '../../../testing/desktop/bus/bus-connection.ts';
import { BusDaemon } from '../../../testing/desktop/bus/bus-daemon.ts';
import { startLockedKeyring, startUnlockedKeyring } from '../../../testing/desktop/bus/keyring.ts';
import { Ownership } from '../../../testing/processes/ownership.ts';
import { PrivateHome } from '../../../testing/desktop/private-home.ts';
import { socketPath } from './message-bus.ts';
import { secretServiceState, unlockSecretService } from './secret-service.ts';

const missing = ['dbus-daemon', 'gnome-keyring-daemon'].find((name) => spawnSync(name, ['--version']).error !== undefined);

describe.skipIf(missing !== undefined)('the Secret Service', () => {
  let ownership: Ownership;
  let env: Readonly<Record<string, string>>;
  let address: string;
  let leaving: AbortController;

  beforeEach(async () => {
    ownership = new Ownership();
    leaving = new AbortController();
    const home = ownership.own(await PrivateHome.make({ lang: 'C.UTF-8', language: 'en' }));
    const bus = ownership.own(await BusDaemon.start({ name: 'session', folder: home.folder, env: home.env }));
    address = bus.address;
    env = { ...home.env, DBUS_SESSION_BUS_ADDRESS: address };
  });
  afterEach(async () => {
    leaving.abort();
    await ownership.close();
  });

  const state = () => secretServiceState(env, leaving.signal);
  const unlock = () => unlockSecretService(env, leaving.signal);

  it('the Secret Service is missing where no program is one, and where there is no bus', async () => {
    expect(await state()).toBe('missing');
    env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' };
    expect(await state()).toBe('missing');
    expect(await unlock()).toBe(false);
  });

  it('the Secret Service is unlocked after a login with a password', async () => {
    ownership.own(await startUnlockedKeyring(address, env));
    expect(await state()).toBe('unlocked');
    expect(await unlock()).toBe(true);
  });

  it('the Secret Service is locked, and stays so when its dialog is dismissed', async () => {
    ownership.own(await startLockedKeyring(address, env));
    expect(await state()).toBe('locked');
    expect(await unlock()).toBe(false);
    expect(await state()).toBe('locked');
  });

  it('the Secret Service is unlocked by the user’s answer to its dialog, however late it comes', async () => {
    const service = await standIn();
    const unlocked = unlock();
    await expect.poll(service.dialogs).toBe(1);
    service.answer();
    expect(await unlocked).toBe(true);
    service.close();
  });

  it('the Secret Service waits for the user no longer than the app lives', async () => {
    const service = await standIn();
    const unlocked = unlock();
    await expect.poll(service.dialogs).toBe(1);
    leaving.abort();
    expect(await unlocked).toBe(false);
    service.close();
  });

  /** A service such as a password manager, whose dialog the test answers. */
  async function standIn() {
    const bus = await BusConnection.open(address);
    const prompt = { path: '/prompt/1', interface: 'org.freedesktop.Secret.Prompt' };
    let dialogs = 0;
    bus.serve({
      path: '/org/freedesktop/secrets',
      interface: 'org.freedesktop.Secret.Service',
      methods: { Unlock: () => ({ signature: 'aoo', values: [[], prompt.path] }) },
    });
    bus.serve({
      ...prompt,
      methods: {
        Prompt: () => {
          dialogs += 1;
          return { signature: '', values: [] };
        },
      },
    });
    await bus.ownName('org.freedesktop.secrets');
    return {
      dialogs: () => dialogs,
      answer: () => bus.emit({ ...prompt, member: 'Completed', args: { signature: 'bv', values: [false, variant('ao', [])] } }),
      close: () => bus.close(),
    };
  }
});

describe('the address of a bus', () => {
  it('the address of a bus is a socket’s path or abstract name, with its escapes resolved', () => {
    expect(socketPath('unix:path=/run/user/1000/bus')).toBe('/run/user/1000/bus');
    expect(socketPath('unix:path=/a%20b/bus,guid=0123')).toBe('/a b/bus');
    expect(socketPath('tcp:host=localhost;unix:guid=0123,abstract=/bus')).toBe('\0/bus');
    expect(() => socketPath('tcp:host=localhost')).toThrow('no Unix socket');
  });
});
