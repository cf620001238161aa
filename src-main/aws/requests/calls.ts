import type { Result } from '../../contract/app-error.ts';
import { chainedRoleSecondsMax } from '../../contract/limits.ts';
import type { Identity, WayToAws } from '../../contract/ui-state.ts';
import type { AccessKey, SessionCredentials } from '../../core/credentials.ts';
import type { CallCredentials, ClientOptions } from '../client/clients.ts';
import type { PolicyParameters } from '../../core/sessions/session-policies.ts';
import type { AwsFiles } from '../files/environment.ts';
import {
  accountAlias,
  assumeRole,
  callerAt,
  callerIdentity,
  machineCredentials,
  mfaSerials,
  reachedAccount,
  sessionToken,
  wayToSts,
  webIdentitySession,
} from './late.ts';
import { readAccessKey } from '../files/profiles.ts';
import type { RolePath } from './reached-account.ts';
import type { MachineSource } from '../../core/profiles/foreign-source.ts';
import type { OwnRole } from '../../core/profiles/config-entry.ts';
import { roleSessionNameFor } from '../../core/sessions/role-session-name.ts';
import type { RoleRequest, RoleSession } from './role-session.ts';
import type { WebIdentityRequest } from './web-identity-session.ts';
import type { SessionTokenRequest } from './session-token.ts';

/** The profile that a call is for. Without a region, the partition of one of its ARNs decides where to call. */
export type CallProfile = {
  readonly name: string;
  readonly region: string | null;
  readonly mfaSerial?: string | null;
  readonly role?: { readonly roleArn: string } | null;
};

/** A caller, as GetCallerIdentity reports it. */
export type Caller = Omit<Identity, 'accountAlias'>;

/** `source` and `durationSeconds` as the role profile has them. */
export type SourcedRole = RoleRequest & { readonly source: string; readonly durationSeconds: number };

export type RoleMfaRequest = {
  /** The profile whose access key the session is made from. */
  readonly userProfile: string;
  readonly serial: string;
  readonly code: string;
  /** 900 to the role's own maximum, at most 43,200. */
  readonly durationSeconds: number;
  readonly roleSessionName: string;
};

/** What the broker asks of AWS. Each call is made with the profile's access key or with one of its sessions. */
export type AwsCalls = {
  /** What stands between the user and AWS where a code for the profile is sent. */
  readonly wayToAws: (profile: CallProfile) => Promise<WayToAws>;
  readonly callerOfAccessKey: (profile: CallProfile) => Promise<Result<Caller>>;
  readonly callerOfSession: (profile: CallProfile, session: SessionCredentials) => Promise<Result<Caller>>;
  /** Who the profile's access key belongs to, and AWS's time. */
  readonly callerAt: (profile: CallProfile) => Promise<Result<{ readonly arn: string; readonly time: number }>>;
  /** Options for calls that only one part of the broker makes, which are not in this list. */
  readonly optionsOf: (profile: CallProfile, session: SessionCredentials) => ClientOptions;
  readonly mfaSerials: (profile: CallProfile) => Promise<Result<readonly string[]>>;
  readonly sessionToken: (profile: CallProfile, request: SessionTokenRequest) => Promise<Result<SessionCredentials>>;
  /** Made from a base or role session. It lasts for the role profile's `duration_seconds`, at most an hour. */
  readonly roleSession: (
    profile: CallProfile,
    role: SourcedRole,
    source: SessionCredentials,
    roleSessionName: string,
    policies?: PolicyParameters,
  ) => Promise<Result<RoleSession>>;
  /** Made straight from the access key; only such a session may last longer than an hour. */
  readonly roleSessionWithMfa: (profile: CallProfile, role: RoleRequest, request: RoleMfaRequest) => Promise<Result<RoleSession>>;
  /** Made with a token in place of a key. */
  readonly webIdentitySession: (profile: CallProfile, request: WebIdentityRequest) => Promise<Result<RoleSession>>;
  /** A session of the profile's own role, with the role that this machine has inside AWS. */
  readonly machineSession: (profile: CallProfile, from: MachineSource, role: OwnRole) => Promise<Result<RoleSession>>;
  /** The account at the end of a chain of roles, as AWS reports it. */
  readonly reachedAccount: (
    profile: CallProfile,
    session: SessionCredentials,
    way: RolePath,
  ) => Promise<Result<{ readonly accountId: string; readonly alias: string | null }>>;
  readonly accountAlias: (profile: CallProfile, session: SessionCredentials) => Promise<string | null>;
};

/** `accessKeyOf` and `proxy` are called again for each call; the key is not kept here. */
export function awsCalls(
  files: AwsFiles,
  accessKeyOf: (name: string) => Promise<Result<AccessKey>> = (name) => readAccessKey(files, name),
  proxy: () => string = () => '',
): AwsCalls {
  const options = ({ name, region, role, mfaSerial }: CallProfile, credentials: CallCredentials): ClientOptions => ({
    profile: name,
    files,
    region,
    arn: role?.roleArn ?? mfaSerial ?? null,
    credentials,
    proxy: proxy(),
  });
  const withAccessKey = async <T>(name: string, call: (credentials: CallCredentials) => Promise<Result<T>>): Promise<Result<T>> => {
    const key = await accessKeyOf(name);
    return key.ok ? call(key.value) : key;
  };

  return {
    wayToAws: (profile) => wayToSts(options(profile, { accessKeyId: '', secretAccessKey: '' })),
    callerOfAccessKey: (profile) => withAccessKey(profile.name, (key) => callerIdentity(options(profile, key))),
    callerOfSession: (profile, session) => callerIdentity(options(profile, session)),
    callerAt: (profile) => withAccessKey(profile.name, (key) => callerAt(options(profile, key))),
    optionsOf: options,
    mfaSerials: (profile) => withAccessKey(profile.name, (key) => mfaSerials(options(profile, key))),
    sessionToken: (profile, request) => withAccessKey(profile.name, (key) => sessionToken({ ...options(profile, key), arn: request.serial }, request)),
    roleSession: (profile, role, source, roleSessionName, policies) =>
      assumeRole(options(profile, source), {
        ...role,
        caller: role.source,
        roleSessionName,
        durationSeconds: Math.min(role.durationSeconds, chainedRoleSecondsMax),
        mfa: null,
        policies,
      }),
    roleSessionWithMfa: (profile, role, { userProfile, serial, code, durationSeconds, roleSessionName }) =>
      withAccessKey(userProfile, (key) =>
        assumeRole(options(profile, key), { ...role, caller: userProfile, roleSessionName, durationSeconds, mfa: { serial, code } }),
      ),
    webIdentitySession: (profile, request) => webIdentitySession(options(profile, { accessKeyId: '', secretAccessKey: '' }), request),
    machineSession: async (profile, from, role) => {
      const machine = await machineCredentials(profile.name, from);
      if (!machine.ok) return machine;
      const asking = { ...options(profile, machine.value), arn: role.roleArn };
      const caller = role.roleSessionName === null ? await callerIdentity(asking) : null;
      if (caller !== null && !caller.ok) return caller;
      const roleSessionName = role.roleSessionName ?? roleSessionNameFor(caller?.value.userName ?? '');
      const durationSeconds = Math.min(role.durationSeconds, chainedRoleSecondsMax);
      return assumeRole(asking, { ...role, caller: from, roleSessionName, durationSeconds, mfa: null });
    },
    reachedAccount: (profile, session, way) => reachedAccount(options(profile, session), way),
    accountAlias: (profile, session) => accountAlias(options(profile, session)),
  };
}
