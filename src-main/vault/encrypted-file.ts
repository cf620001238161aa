import type { Result } from '../contract/app-error.ts';
import { isKeychainAway, type Cipher } from '../core/cipher.ts';
import { failed, succeeded } from '../core/errors.ts';
import { systemErrorReason } from '../core/system-error.ts';
import { isNoUsualFile, ownFileBytesMax, readRegularFile } from '../files/read-file.ts';
import { removeVaultFile, setAside, unwritable, writeVaultFile } from './vault-file.ts';

/** A file that is encrypted as one text. */
export class EncryptedFile {
  readonly #cipher: Cipher;
  readonly #file: string;

  /** `file` is a full path; its folder need not exist. */
  constructor({ cipher, file }: { readonly cipher: Cipher; readonly file: string }) {
    this.#cipher = cipher;
    this.#file = file;
  }

  /**
   * What `parse` makes of the text; null where there is no file. Errors: keychain-missing and keychain-locked (the file
   * stays), vault-unreadable (it was moved aside), vault-unwritable.
   */
  async read<T>(parse: (text: string) => T | null): Promise<Result<T | null>> {
    let bytes: Buffer;
    try {
      bytes = await readRegularFile(this.#file, ownFileBytesMax);
    } catch (error) {
      if (isNoUsualFile(error)) return failed(setAside(this.#file));
      const reason = systemErrorReason(error);
      return reason === 'ENOENT' ? succeeded(null) : failed(unwritable(this.#file, reason));
    }
    const decrypted = await this.#cipher.decrypt(bytes);
    if (!decrypted.ok && isKeychainAway(decrypted.error)) return decrypted;
    const parsed = decrypted.ok ? parse(decrypted.value.text) : null;
    if (!decrypted.ok || parsed === null) return failed(setAside(this.#file));
    // Where that fails the file stays as it is, which the keychain can still read.
    if (decrypted.value.isOutdated) await this.write(decrypted.value.text);
    return succeeded(parsed);
  }

  /** With null there is no file afterwards. Errors: keychain-missing, keychain-locked, vault-unwritable. */
  async write(text: string | null): Promise<Result<null>> {
    if (text === null) return removeVaultFile(this.#file);
    const encrypted = await this.#cipher.encrypt(text);
    return encrypted.ok ? writeVaultFile(this.#file, encrypted.value) : encrypted;
  }
}
