import type { Result } from '../contract/app-error.ts';
import type { Identity } from '../contract/ui-state.ts';
import type { SessionCredentials } from '../core/credentials.ts';
import type { CallCredentials } from './clients.ts';
import type { AwsFiles } from './environment.ts';
import { accountAlias, callerIdentity, mfaSerials } from './identity.ts';
import { readAccessKey } from './profiles.ts';
import { sessionToken, type SessionTokenRequest } from './session-token.ts';

/** The profile that a call is for. */
export type CallProfile = { readonly name: string; readonly region: string | null };

/** A caller, as GetCallerIdentity tells it. */
export type Caller = Omit<Identity, 'accountAlias'>;

/** What the broker asks of AWS, each call with the profile's access key or with a session of it. */
export type AwsCalls = {
  readonly callerOfAccessKey: (profile: CallProfile) => Promise<Result<Caller>>;
  readonly callerOfSession: (profile: CallProfile, session: SessionCredentials) => Promise<Result<Caller>>;
  readonly mfaSerials: (profile: CallProfile) => Promise<Result<readonly string[]>>;
  readonly sessionToken: (profile: CallProfile, request: SessionTokenRequest) => Promise<Result<SessionCredentials>>;
  readonly accountAlias: (profile: CallProfile, session: SessionCredentials) => Promise<string | null>;
};

export function awsCalls(files: AwsFiles): AwsCalls {
  /** Reads the key for this one call: it is held nowhere else. */
  const withAccessKey = async <T>(
    profile: CallProfile,
    call: (credentials: CallCredentials) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const key = await readAccessKey(files, profile.name);
    return key.ok ? call(key.value) : key;
  };
  const options = ({ name, region }: CallProfile, credentials: CallCredentials) => ({ profile: name, region, credentials });

  return {
    callerOfAccessKey: (profile) => withAccessKey(profile, (key) => callerIdentity(options(profile, key))),
    callerOfSession: (profile, session) => callerIdentity(options(profile, session)),
    mfaSerials: (profile) => withAccessKey(profile, (key) => mfaSerials(options(profile, key))),
    sessionToken: (profile, request) => withAccessKey(profile, (key) => sessionToken(options(profile, key), request)),
    accountAlias: (profile, session) => accountAlias(options(profile, session)),
  };
}
