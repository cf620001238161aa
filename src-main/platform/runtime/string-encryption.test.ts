import type { SafeStorage } from 'electron';
import { describe, expect, it } from 'vitest';
import { stringEncryption } from './string-encryption.ts';

type Promised = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'>;

/**
 * Stands in for what Electron 45 has and Electron 33, the runtime of these tests' machines, has not. Its types are those
 * of 45. `mark` is what Chromium writes in front of what it encrypted; `refusal` what a decryption fails with.
 */
function promised({ mark = 'v11', refusal = '', shouldReEncrypt = false, fails = false } = {}): Promised {
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => {
      if (fails) throw new Error('Error while encrypting the text provided to safeStorage.encryptStringAsync.');
      return Buffer.from(mark + text);
    },
    decryptStringAsync: async (bytes) => {
      if (refusal !== '') throw new Error(refusal);
      return { result: bytes.toString().slice(mark.length), shouldReEncrypt };
    },
  };
}

/** Stands in for the functions of Electron 33. */
function atOnce(mark = 'v11') {
  return {
    isEncryptionAvailable: () => true,
    encryptString: (text: string) => Buffer.from(mark + text),
    decryptString: (bytes: Buffer) => {
      if (!bytes.toString().startsWith(mark)) throw new Error('Error while decrypting');
      return bytes.toString().slice(mark.length);
    },
  };
}

const bytes = Buffer.from('v11secret');

describe('the encryption of Electron 45', () => {
  it('the encryption of Electron 45 goes by promises, also where the functions of before are still there', async () => {
    const forbidden = (): never => {
      throw new Error('This would stop the app until the keychain has answered');
    };
    const storage = { ...promised(), isEncryptionAvailable: forbidden, encryptString: forbidden, decryptString: forbidden };
    const encryption = stringEncryption(storage, 'linux');
    expect(await encryption.isAvailable()).toBe(true);
    expect((await encryption.encrypt('secret'))?.toString()).toBe('v11secret');
    expect(await encryption.decrypt(bytes)).toEqual({ kind: 'text', text: 'secret', isOutdated: false });
  });

  it('the encryption of Electron 45 tells of bytes that should be encrypted anew, because the keychain has another key by now', async () => {
    expect(await stringEncryption(promised({ shouldReEncrypt: true }), 'darwin').decrypt(bytes)).toMatchObject({ isOutdated: true });
  });

  it('a keychain that does not give its key just now says nothing about the bytes', async () => {
    const later = 'safeStorage.decryptStringAsync is temporarily unavailable. Please try again.';
    expect(await stringEncryption(promised({ refusal: later }), 'darwin').decrypt(bytes)).toEqual({ kind: 'unavailable' });
    const never = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.';
    expect(await stringEncryption(promised({ refusal: never }), 'darwin').decrypt(bytes)).toEqual({ kind: 'unreadable' });
  });

  it('the encryption of Electron 45 is not there where nothing but the public key encrypts on Linux, though it says that it is', async () => {
    const encryption = stringEncryption(promised({ mark: 'v10' }), 'linux');
    expect([await encryption.isAvailable(), await encryption.encrypt('secret')]).toEqual([false, null]);
    // Elsewhere the same mark stands for the key in the keychain.
    expect(await stringEncryption(promised({ mark: 'v10' }), 'darwin').isAvailable()).toBe(true);
  });

  it('the encryption of Electron 45 is not there where encrypting fails', async () => {
    const encryption = stringEncryption(promised({ fails: true }), 'win32');
    expect([await encryption.isAvailable(), await encryption.encrypt('secret')]).toEqual([false, null]);
  });
});

describe('the encryption of Electron 33', () => {
  it('the encryption of Electron 33 answers at once, and never asks for an encryption anew', async () => {
    const encryption = stringEncryption(atOnce(), 'linux');
    expect(await encryption.isAvailable()).toBe(true);
    expect((await encryption.encrypt('secret'))?.toString()).toBe('v11secret');
    expect(await encryption.decrypt(bytes)).toEqual({ kind: 'text', text: 'secret', isOutdated: false });
  });

  it('bytes of another keychain are unreadable, and what the public key encrypted is not kept', async () => {
    expect(await stringEncryption(atOnce(), 'linux').decrypt(Buffer.from('v99'))).toEqual({ kind: 'unreadable' });
    expect(await stringEncryption(atOnce('v10'), 'linux').encrypt('secret')).toBeNull();
  });
});
