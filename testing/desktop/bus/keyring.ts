import { BusConnection, variant } from './bus-connection.ts';
import { OwnedProcess } from '../../processes/owned-process.ts';

const SECRETS = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' };
const SERVICE = { ...SECRETS, interface: 'org.freedesktop.Secret.Service' };
const DEFAULT_COLLECTION = '/org/freedesktop/secrets/aliases/default';
const PASSWORD = 'keyring of a test';

/** Starts the Secret Service with an empty, unlocked login keyring in the private home. */
export async function startUnlockedKeyring(busAddress: string, env: Readonly<Record<string, string>>): Promise<OwnedProcess> {
  const args = ['--foreground', '--unlock', '--components=secrets'];
  const daemon = await OwnedProcess.spawn({ command: 'gnome-keyring-daemon', args, env, stdin: PASSWORD });
  const bus = await BusConnection.open(busAddress);
  try {
    await daemon.unlessItEnds(bus.waitForName('org.freedesktop.secrets'));
    return daemon;
  } catch (failure) {
    await daemon.close();
    throw failure;
  } finally {
    bus.close();
  }
}

/** The same after a login without a password: the keyring exists, but is locked. Nothing shows its dialog, so the dialog counts as dismissed. */
export async function startLockedKeyring(busAddress: string, env: Readonly<Record<string, string>>): Promise<OwnedProcess> {
  const daemon = await startUnlockedKeyring(busAddress, env);
  try {
    await lockKeyring(busAddress);
    return daemon;
  } catch (failure) {
    await daemon.close();
    throw failure;
  }
}

export async function lockKeyring(busAddress: string): Promise<void> {
  await onBus(busAddress, (bus) => bus.call({ ...SERVICE, member: 'Lock', args: { signature: 'ao', values: [[DEFAULT_COLLECTION]] } }));
}

/** Does what the user's answer to the keyring's dialog does. */
export async function unlockKeyring(busAddress: string): Promise<void> {
  await onBus(busAddress, async (bus) => {
    const plain = { signature: 'sv', values: ['plain', variant('s', '')] };
    const [, session] = await bus.call({ ...SERVICE, member: 'OpenSession', args: plain });
    const secret = [session, Buffer.alloc(0), Buffer.from(PASSWORD), 'text/plain'];
    const args = { signature: 'o(oayays)', values: [DEFAULT_COLLECTION, secret] };
    await bus.call({ ...SECRETS, interface: 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface', member: 'UnlockWithMasterPassword', args });
  });
}

/** Undefined where there is no keyring. */
export async function isKeyringLocked(busAddress: string): Promise<boolean | undefined> {
  return onBus(busAddress, async (bus) => {
    if ((await bus.uniqueName(SECRETS.destination)) === undefined) return undefined;
    const args = { signature: 'ss', values: ['org.freedesktop.Secret.Collection', 'Locked'] };
    const [locked] = await bus.call({ ...SECRETS, path: DEFAULT_COLLECTION, interface: 'org.freedesktop.DBus.Properties', member: 'Get', args });
    return locked === true;
  });
}

async function onBus<T>(address: string, work: (bus: BusConnection) => Promise<T>): Promise<T> {
  const bus = await BusConnection.open(address);
  try {
    return await work(bus);
  } finally {
    bus.close();
  }
}
