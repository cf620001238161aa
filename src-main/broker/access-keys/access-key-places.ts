import type { Result } from '../../contract/app-error.ts';
import { editAwsFile } from '../../aws/files/config-file.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { succeeded } from '../../core/errors.ts';
import { withReplacedAccessKey, type ReplacedKey } from '../../core/access-keys/replaced-access-key.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

export type PlacesParts = {
  readonly store: Pick<UiStateStore, 'content' | 'profile'>;
  readonly files: AwsFiles;
  readonly vault: AccessKeyVault;
  readonly keyOf: (profile: string) => Promise<Result<AccessKey>>;
};

/** The key as any profile has it, in the AWS files or in the keychain; null where none has. */
export async function keyInUse(accessKeyId: string, { store, vault, keyOf }: PlacesParts): Promise<AccessKey | null> {
  const users = store.content.profiles.map(({ name, role }) => role?.userProfile ?? name);
  for (const name of new Set([...users, ...vault.profiles()])) {
    const key = await keyOf(name);
    if (key.ok && key.value.accessKeyId === accessKeyId) return key.value;
  }
  return null;
}

/**
 * Puts a new access key in an old one's place, in both AWS files and in the keychain, for all
 * profiles that have it, since it stops working for all. Can be repeated after a failure.
 */
export async function replaceKey(profile: string, old: ReplacedKey, key: AccessKey, parts: PlacesParts): Promise<Result<null>> {
  const inFiles = await replaceInFiles(old, key, parts);
  return inFiles.ok ? replaceInKeychain(profile, old, key, parts) : inFiles;
}

/** In both files, or in none. */
async function replaceInFiles(old: ReplacedKey, key: AccessKey, { files }: PlacesParts): Promise<Result<null>> {
  const inCredentials = await edit(files.credentials, old, key);
  if (!inCredentials.ok) return inCredentials;
  const inConfig = await edit(files.config, old, key);
  if (inConfig.ok) return succeeded(null);
  // A profile may have its ID in one file and its secret in the other, and half of a new key is useless.
  const { accessKeyId, secretAccessKey } = old;
  if (secretAccessKey !== null) await edit(files.credentials, key, { accessKeyId, secretAccessKey });
  return inConfig;
}

/** Without a backup, which would be of no use: it would differ in the key alone, and holds none. */
function edit(file: string, from: ReplacedKey, to: AccessKey): ReturnType<typeof editAwsFile> {
  return editAwsFile(file, (text) => succeeded(withReplacedAccessKey(text, from, to)), { backup: false, mode: 0o600 });
}

async function replaceInKeychain(profile: string, old: ReplacedKey, key: AccessKey, { vault, store }: PlacesParts): Promise<Result<null>> {
  for (const name of vault.profiles()) {
    const saved = await vault.read(name);
    const isNeeded = name === profile && store.profile(name)?.accessKey === 'keychain';
    // A key that the keychain cannot return is lost for every profile, unless the keychain is only locked.
    if (!saved.ok && (isNeeded || saved.error.code === 'keychain-locked')) return saved;
    const replaced = saved.ok && saved.value.accessKeyId === old.accessKeyId ? await vault.keep(name, key) : succeeded(null);
    if (!replaced.ok) return replaced;
  }
  return succeeded(null);
}
