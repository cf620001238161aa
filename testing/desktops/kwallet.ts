import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BusConnection } from '../desktop/bus/bus-connection.ts';
import { OwnedProcess } from '../processes/owned-process.ts';

const wallet = { destination: 'org.kde.kwalletd5', path: '/modules/kwalletd5', interface: 'org.kde.KWallet' };
const name = 'kdewallet';
/** What the wallet's password is hashed to at the login has this length, in bytes. */
const hashBytes = 56;

/** Starts KWallet with a new wallet, opened as `pam_kwallet` does it at the login: otherwise its assistant would ask the user for a password. */
export async function startUnlockedWallet(busAddress: string, configHome: string, env: Readonly<Record<string, string>>): Promise<OwnedProcess> {
  await writeFile(join(configHome, 'kwalletrc'), `[Wallet]\nEnabled=true\nFirst Use=false\nDefault Wallet=${name}\nLocal Wallet=${name}\n`);
  const daemon = await OwnedProcess.spawn({ command: 'kwalletd5', env });
  const bus = await BusConnection.open(busAddress);
  try {
    await daemon.unlessItEnds(bus.waitForName(wallet.destination, 60_000));
    const hash = createHash('sha512').update('wallet of a test').digest().subarray(0, hashBytes);
    await bus.call({ ...wallet, member: 'pamOpen', args: { signature: 'sayi', values: [name, hash, 0] } });
    const [isOpen] = await bus.call({ ...wallet, member: 'isOpen', args: { signature: 's', values: [name] } });
    if (isOpen !== true) throw new Error('KWallet did not open its wallet');
    return daemon;
  } catch (failure) {
    await daemon.close();
    throw failure;
  } finally {
    bus.close();
  }
}
