import { BusConnection } from './bus-connection.ts';
import { OwnedProcess } from './owned-process.ts';

/** The Secret Service with an empty, unlocked login keyring in the private home. */
export async function startUnlockedKeyring(busAddress: string, env: Readonly<Record<string, string>>): Promise<OwnedProcess> {
  const args = ['--foreground', '--unlock', '--components=secrets'];
  const daemon = await OwnedProcess.spawn({ command: 'gnome-keyring-daemon', args, env, stdin: 'keyring of a test' });
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
