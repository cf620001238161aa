import type { SafeStorage } from 'electron';

/** What Electron 45 has; it waits without stopping the app. */
type Promised = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'>;

/** What Electron 33 has, and Electron 45 too, which deprecates it. */
type AtOnce = {
  readonly isEncryptionAvailable: () => boolean;
  readonly encryptString: (text: string) => Buffer;
  readonly decryptString: (bytes: Buffer) => string;
};

export type StringEncryption = {
  /** Whether there is a key that only this user's keychain has. */
  readonly isAvailable: () => Promise<boolean>;
  /** Null where it failed, or where the key is public. */
  readonly encrypt: (text: string) => Promise<Buffer | null>;
  readonly decrypt: (bytes: Buffer) => Promise<Decryption>;
};

export type Decryption =
  /** `isOutdated`: the keychain has another key by now, with which the text should be encrypted anew. */
  | { readonly kind: 'text'; readonly text: string; readonly isOutdated: boolean }
  /** The keychain does not give its key just now. That says nothing about the bytes. */
  | { readonly kind: 'unavailable' }
  /** These bytes are not of this keychain. */
  | { readonly kind: 'unreadable' };

/** Encryption with the key in the system's keychain, in the way of the runtime that runs. */
export function stringEncryption(storage: Promised | AtOnce, platform: NodeJS.Platform): StringEncryption {
  const encrypt = async (text: string): Promise<Buffer | null> => {
    try {
      const bytes = 'encryptStringAsync' in storage ? await storage.encryptStringAsync(text) : storage.encryptString(text);
      return isKeyPublic(bytes, platform) ? null : bytes;
    } catch {
      return null;
    }
  };
  return {
    isAvailable: async () => {
      if (!('encryptStringAsync' in storage)) return storage.isEncryptionAvailable();
      // Electron 45 has an encryptor in any case; what it encrypts shows whether there is a key of the keychain's.
      return (await storage.isAsyncEncryptionAvailable()) && (await encrypt('?')) !== null;
    },
    encrypt,
    decrypt: async (bytes) => {
      try {
        if (!('encryptStringAsync' in storage)) return { kind: 'text', text: storage.decryptString(bytes), isOutdated: false };
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(bytes);
        return { kind: 'text', text: result, isOutdated: shouldReEncrypt };
      } catch (error) {
        // There is no other sign of it than these words, which Electron 33 does not use.
        return { kind: String(error).includes('temporarily unavailable') ? 'unavailable' : 'unreadable' };
      }
    },
  };
}

/** On Linux, `v10` is Chromium's mark on what it encrypted with the key that is in its source. */
function isKeyPublic(bytes: Buffer, platform: NodeJS.Platform): boolean {
  return platform === 'linux' && bytes.subarray(0, 3).toString('latin1') === 'v10';
}
