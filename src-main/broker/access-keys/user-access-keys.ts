import type { Result } from '../../contract/app-error.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { entryNames, readAccessKey } from '../../aws/files/profiles.ts';
import { callerIdentity } from '../../aws/requests/late.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { succeeded } from '../../core/errors.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: Pick<UiStateStore, 'content' | 'profile'>;
  readonly files: AwsFiles;
  readonly vault: AccessKeyVault;
};

/** The access keys of user profiles, in the AWS files or in the keychain. */
export type UserAccessKeys = {
  readonly keyOf: (profile: string) => Promise<Result<AccessKey>>;
  /** Whether an entry of the AWS files, or a key in the keychain, has that name. */
  readonly isNamed: (profile: string) => Promise<boolean>;
  /** All names for which that is so. */
  readonly namesTaken: () => Promise<ReadonlySet<string>>;
  /** Calls AWS with exactly this key; without a region in the profile's. */
  readonly verifyKey: (profile: string, key: AccessKey, region?: string | null) => Promise<Result<null>>;
};

export function userAccessKeys({ store, files, vault }: Parts): UserAccessKeys {
  const namesTaken = async () => new Set([...vault.profiles(), ...(await entryNames(files))]);
  return {
    keyOf: async (profile) => {
      const inFiles = await readAccessKey(files, profile);
      // The files win: a key there is newer than the one in the keychain, or the same.
      return inFiles.ok || !vault.profiles().has(profile) ? inFiles : vault.read(profile);
    },
    isNamed: async (profile) => (await namesTaken()).has(profile),
    namesTaken,
    verifyKey: async (profile, key, region = null) => {
      const { proxy } = store.content.settings;
      const caller = await callerIdentity({ profile, files, region: region ?? store.profile(profile)?.region ?? null, credentials: key, proxy });
      return caller.ok ? succeeded(null) : caller;
    },
  };
}
