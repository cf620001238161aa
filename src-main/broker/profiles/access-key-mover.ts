import type { Result } from '../../contract/app-error.ts';
import { isSameKey, type AccessKey } from '../../core/credentials.ts';
import { appError, failed } from '../../core/errors.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';
import { keepProven } from './proven-key.ts';

type AccessKeyMoverParts = {
  readonly vault: Pick<AccessKeyVault, 'keep' | 'read' | 'remove' | 'profiles' | 'file'>;
  readonly readFromFiles: (profile: string) => Promise<Result<AccessKey>>;
  readonly addToFiles: (profile: string, key: AccessKey) => Promise<Result<null>>;
  /** Removes exactly this key, and not one that has replaced it meanwhile. */
  readonly removeFromFiles: (profile: string, key: AccessKey) => Promise<Result<null>>;
  /** Calls AWS with exactly this key. */
  readonly verifyKey: (profile: string, key: AccessKey) => Promise<Result<null>>;
};

/**
 * Moves the access key of a profile between the AWS files and the keychain. The place that it comes
 * from is touched last, after the other one has given the same key back, so that no failure loses
 * it. When that last step fails, the key stays in both. One move of a profile at a time.
 * Errors: those of the parts.
 */
export function moveAccessKey(profile: string, to: 'keychain' | 'files', parts: AccessKeyMoverParts): Promise<Result<null>> {
  return to === 'keychain' ? moveToKeychain(profile, parts) : moveToFiles(profile, parts);
}

async function moveToKeychain(profile: string, parts: AccessKeyMoverParts): Promise<Result<null>> {
  const key = await parts.readFromFiles(profile);
  if (!key.ok) return key;
  const kept = await keepProven(profile, key.value, parts);
  return kept.ok ? parts.removeFromFiles(profile, key.value) : kept;
}

async function moveToFiles(profile: string, parts: AccessKeyMoverParts): Promise<Result<null>> {
  const key = await parts.vault.read(profile);
  if (!key.ok) return key;
  const added = await parts.addToFiles(profile, key.value);
  if (!added.ok) return added;
  const readBack = await parts.readFromFiles(profile);
  if (!readBack.ok) return readBack;
  // Another entry of the files wins over the new lines.
  if (!isSameKey(readBack.value, key.value)) return failed(appError('access-key-elsewhere', { profile, file: parts.vault.file }));
  return parts.vault.remove(profile);
}
