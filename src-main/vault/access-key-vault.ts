import { basename } from 'node:path';
import { z } from 'zod';
import type { AppError, Result } from '../contract/app-error.ts';
import type { AccessKey } from '../core/credentials.ts';
import { isKeychainAway, type Cipher } from '../core/cipher.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { jsonOf } from '../core/json.ts';
import { systemErrorReason } from '../core/system-error.ts';
import { isNoUsualFile, ownFileBytesMax, readRegularFileAtOnce } from '../files/read-file.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import { removeVaultFile, setAside, unwritable, writeVaultFile } from './vault-file.ts';

const AccessKeyText = z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) });

/** Profile names are not secret. They are not encrypted, so that they can be listed while the keychain is locked. */
const AccessKeysFile = z.strictObject({
  version: z.literal(1),
  accessKeys: z.array(z.strictObject({ profile: z.string(), encrypted: z.base64() })),
});

type Encrypted = ReadonlyMap<string, Buffer>;

/**
 * Access keys that the user moved out of the AWS files. One file holds them all, each encrypted
 * separately. A key is decrypted for one call and then forgotten.
 */
export class AccessKeyVault {
  /** The full path of the file. */
  readonly file: string;
  readonly #cipher: Cipher;
  readonly #queue = new SerialQueue();

  /** The folder of `file` need not exist. */
  constructor({ cipher, file }: { readonly cipher: Cipher; readonly file: string }) {
    this.#cipher = cipher;
    this.file = file;
  }

  /** The profiles whose access key is here. Does not ask the keychain. A damaged file counts as empty. */
  profiles(): ReadonlySet<string> {
    const loaded = this.#load();
    return new Set(loaded.ok && loaded.value !== 'damaged' ? loaded.value.keys() : []);
  }

  /** Errors: keychain-missing, keychain-locked, vault-unreadable, vault-unwritable. */
  keep(profile: string, { accessKeyId, secretAccessKey }: AccessKey): Promise<Result<null>> {
    return this.#queue.run(async () => {
      const encrypted = await this.#cipher.encrypt(JSON.stringify({ accessKeyId, secretAccessKey }));
      if (!encrypted.ok) return encrypted;
      const loaded = this.#loadOrSetAside();
      return loaded.ok ? this.#write(new Map(loaded.value).set(profile, encrypted.value)) : loaded;
    });
  }

  /**
   * The key as the file has it now. Errors: access-key-gone when it has none, keychain-missing,
   * keychain-locked, vault-unreadable (a damaged file was moved aside; an intact file that another
   * keychain encrypted stays).
   */
  read(profile: string): Promise<Result<AccessKey>> {
    return this.#queue.run(async () => {
      const loaded = this.#loadOrSetAside();
      if (!loaded.ok) return loaded;
      const encrypted = loaded.value.get(profile);
      if (encrypted === undefined) return failed(appError('access-key-gone', { profile }));
      const decrypted = await this.#cipher.decrypt(encrypted);
      if (!decrypted.ok && isKeychainAway(decrypted.error)) return decrypted;
      const key = AccessKeyText.safeParse(decrypted.ok ? jsonOf(decrypted.value.text) : undefined);
      if (!decrypted.ok || !key.success) return failed(this.#unreadable());
      if (decrypted.value.isOutdated) {
        const anew = await this.#cipher.encrypt(decrypted.value.text);
        // Where that fails the key stays as it is, which the keychain can still read.
        if (anew.ok) await this.#write(new Map(loaded.value).set(profile, anew.value));
      }
      return succeeded(key.data);
    });
  }

  /** Does not ask the keychain. Succeeds when there is no key. Errors: vault-unreadable, vault-unwritable. */
  remove(profile: string): Promise<Result<null>> {
    return this.#queue.run(async () => {
      const loaded = this.#loadOrSetAside();
      if (!loaded.ok) return loaded;
      const rest = new Map(loaded.value);
      return rest.delete(profile) ? this.#write(rest) : succeeded(null);
    });
  }

  #write(keys: Encrypted): Promise<Result<null>> {
    if (keys.size === 0) return removeVaultFile(this.file);
    const accessKeys = [...keys].map(([profile, bytes]) => ({ profile, encrypted: bytes.toString('base64') }));
    return writeVaultFile(this.file, Buffer.from(JSON.stringify({ version: 1, accessKeys })));
  }

  #loadOrSetAside(): Result<Encrypted> {
    const loaded = this.#load();
    if (!loaded.ok) return loaded;
    return loaded.value === 'damaged' ? failed(setAside(this.file)) : succeeded(loaded.value);
  }

  #load(): Result<Encrypted | 'damaged'> {
    let text: string;
    try {
      text = readRegularFileAtOnce(this.file, ownFileBytesMax).toString('utf8');
    } catch (error) {
      if (isNoUsualFile(error)) return succeeded('damaged');
      const reason = systemErrorReason(error);
      return reason === 'ENOENT' ? succeeded(new Map()) : failed(unwritable(this.file, reason));
    }
    const parsed = AccessKeysFile.safeParse(jsonOf(text));
    if (!parsed.success) return succeeded('damaged');
    const entries = parsed.data.accessKeys.map(({ profile, encrypted }) => [profile, Buffer.from(encrypted, 'base64')] as const);
    return succeeded(new Map(entries));
  }

  #unreadable(): AppError {
    return appError('vault-unreadable', { file: this.file, kept: basename(this.file) });
  }
}
