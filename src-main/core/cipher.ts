import type { Result } from '../contract/app-error.ts';
import type { Keychain } from '../contract/ui-state.ts';

/** Encryption with a key that the operating system's keychain keeps. `platform/desktop/keychain.ts` is the real one. */
export type Cipher = {
  /** Asks the keychain, if it has not been asked yet; never `unasked`. */
  readonly state: () => Promise<Keychain>;
  /** Errors: keychain-missing, keychain-locked. */
  readonly encrypt: (text: string) => Promise<Result<Buffer>>;
  /** Errors: keychain-missing, keychain-locked; anything else means that these bytes are not of this keychain. */
  readonly decrypt: (bytes: Buffer) => Promise<Result<Decrypted>>;
};

/** `isOutdated`: the keychain has another key by now; whoever keeps the bytes encrypts the text anew. */
export type Decrypted = { readonly text: string; readonly isOutdated: boolean };

/** Whether an error means only that the keychain did not answer, and says nothing about the bytes. */
export function isKeychainAway({ code }: { readonly code: string }): boolean {
  return code === 'keychain-missing' || code === 'keychain-locked';
}
