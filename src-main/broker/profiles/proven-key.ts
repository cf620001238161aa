import type { Result } from '../../contract/app-error.ts';
import { isSameKey, type AccessKey } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';

type Parts = {
  readonly vault: Pick<AccessKeyVault, 'keep' | 'read' | 'remove' | 'profiles' | 'file'>;
  /** Calls AWS with exactly this key. */
  readonly verifyKey: (profile: string, key: AccessKey) => Promise<Result<null>>;
};

/** Puts the keychain back as it was before. What it had may be the last copy of another key. */
export type PutBack = () => Promise<unknown>;

/**
 * Keeps an access key in the keychain, has it given back, and calls AWS with what came. A failure leaves the keychain as it
 * was, and its cause is what is told. Errors: those of the vault and of the call.
 */
export async function keepProven(profile: string, key: AccessKey, { vault, verifyKey }: Parts): Promise<Result<PutBack>> {
  const earlier = vault.profiles().has(profile) ? await vault.read(profile) : null;
  if (earlier?.ok === false) return earlier;
  const putBack: PutBack = () => (earlier === null ? vault.remove(profile) : vault.keep(profile, earlier.value));
  const kept = await vault.keep(profile, key);
  if (!kept.ok) return kept;
  const readBack = await vault.read(profile);
  const isSame = readBack.ok && isSameKey(readBack.value, key);
  const changed = (): Result<never> => failed(appError('vault-unwritable', { file: vault.file, reason: 'changed' }));
  const proven = !readBack.ok ? readBack : isSame ? await verifyKey(profile, readBack.value) : changed();
  if (proven.ok) return succeeded(putBack);
  await putBack();
  return proven;
}
