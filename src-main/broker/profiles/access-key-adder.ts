import type { Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import { isInstallableName } from '../../core/aws-files/config-lines.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed } from '../../core/errors.ts';

/** The places that an access key can be kept in, and AWS. */
export type AccessKeyPlaces = {
  /** Whether the AWS files or the keychain have anything by that name. */
  readonly exists: (profile: string) => Promise<boolean>;
  /** Calls AWS with exactly this key; in the region that was given, which says the partition too. */
  readonly verifyKey: (profile: string, key: AccessKey, region: string | null) => Promise<Result<null>>;
  readonly addToFiles: (profile: string, key: AccessKey) => Promise<Result<null>>;
  readonly addToKeychain: (profile: string, key: AccessKey) => Promise<Result<null>>;
  /** Into the config file, where `aws configure` keeps it. */
  readonly addRegion: (profile: string, region: string) => Promise<Result<null>>;
};

/**
 * Adds a new user profile with its access key. AWS is asked before anything is written, so a key
 * that was mistyped is saved nowhere. Errors: `profile-exists`, `profile-name-unusable`, those
 * of GetCallerIdentity, and those of the place that is to keep it.
 */
export async function addAccessKey(request: CommandRequest<'addAccessKey'>, places: AccessKeyPlaces): Promise<Result<null>> {
  const { profile, accessKeyId, secretAccessKey, to, region } = request;
  if (!isInstallableName(profile)) return failed(appError('profile-name-unusable', { profile }));
  if (await places.exists(profile)) return failed(appError('profile-exists', { profile }));
  const key = { accessKeyId, secretAccessKey };
  const proven = await places.verifyKey(profile, key, region);
  if (!proven.ok) return proven;
  const kept = await (to === 'keychain' ? places.addToKeychain(profile, key) : places.addToFiles(profile, key));
  return kept.ok && region !== null ? places.addRegion(profile, region) : kept;
}
