import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ErrorCode } from '../../src-main/contract/app-error.ts';
import { appError, failed, succeeded } from '../../src-main/core/errors.ts';
import type { Cipher } from '../../src-main/core/cipher.ts';

/** A keychain for tests: it really encrypts, and it can be locked and taken away. */
export function testCipher(key: Buffer = randomBytes(32)) {
  let away: ErrorCode | null = null;
  let asked = 0;
  let isOutdated = false;
  const refusal = () => {
    asked += 1;
    return away === null ? null : failed(appError(away));
  };
  const cipher: Cipher = {
    state: async () => {
      const refused = refusal();
      return refused === null ? { kind: 'available' } : { kind: 'unavailable', error: refused.error };
    },
    encrypt: async (text) => refusal() ?? succeeded(encrypted(text, key)),
    decrypt: async (bytes) => refusal() ?? decrypted(bytes, key, isOutdated),
  };
  return {
    ...cipher,
    key,
    becomes: (state: 'available' | 'keychain-locked' | 'keychain-missing') => void (away = state === 'available' ? null : state),
    timesAsked: () => asked,
    /** From now on all that it decrypts is of a key that it no longer encrypts with. */
    outdates: () => void (isOutdated = true),
  };
}

function encrypted(text: string, key: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function decrypted(bytes: Buffer, key: Buffer, isOutdated: boolean) {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return succeeded({ text: Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'), isOutdated });
  } catch {
    return failed(appError('vault-unreadable'));
  }
}
