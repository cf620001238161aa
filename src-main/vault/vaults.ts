import { join } from 'node:path';
import { AccessKeyVault } from './access-key-vault.ts';
import type { Cipher } from '../core/cipher.ts';
import { SessionVault } from './session-vault.ts';
import { SignInVault } from './sign-in-vault.ts';

export type Vaults = {
  readonly sessions: SessionVault;
  readonly accessKeys: AccessKeyVault;
  /** Keys of a rotation that are not in their place yet. */
  readonly newAccessKeys: AccessKeyVault;
  readonly signIns: SignInVault;
};

/** The vaults in the app's own folder. Nothing is read before it is needed. */
export function openVaults({ cipher, dataFolder, now }: { readonly cipher: Cipher; readonly dataFolder: string; readonly now: () => number }): Vaults {
  const file = (name: string) => join(dataFolder, 'vault', name);
  return {
    sessions: new SessionVault({ cipher, file: file('sessions'), now }),
    accessKeys: new AccessKeyVault({ cipher, file: file('access-keys') }),
    newAccessKeys: new AccessKeyVault({ cipher, file: file('new-access-keys') }),
    signIns: new SignInVault({ cipher, file: file('sign-ins') }),
  };
}
