import type { Result } from '../../contract/app-error.ts';
import type { Identity, Profile } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import { roleSessionNameFor } from '../../core/sessions/role-session-name.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { AssumedRole } from '../../core/profiles/role-chains.ts';
import type { PolicyParameters } from '../../core/sessions/session-policies.ts';

/** A role session as AWS issued it. */
export type IssuedRoleSession = {
  readonly credentials: SessionCredentials;
  readonly caller: Omit<Identity, 'accountAlias'>;
};

type Code = { readonly serial: string; readonly code: string; readonly durationSeconds: number };

/** Makes role sessions: one call for each profile, however many callers ask at once. */
export class RoleSessions {
  readonly #aws: Pick<AwsCalls, 'roleSession' | 'roleSessionWithMfa' | 'callerOfAccessKey'>;
  readonly #flights = new Map<string, Promise<Result<IssuedRoleSession>>>();
  #roles: ReadonlyMap<string, AssumedRole> = new Map();

  constructor(aws: Pick<AwsCalls, 'roleSession' | 'roleSessionWithMfa' | 'callerOfAccessKey'>) {
    this.#aws = aws;
  }

  /** Takes over what the AWS files say. */
  configLoaded(roles: ReadonlyMap<string, AssumedRole>): void {
    this.#roles = roles;
    // Answers on their way belong to what the files said before.
    this.#flights.clear();
  }

  /** From another session; AWS lets it last an hour at most. `userName` names the session where the profile does not, and `policies` limit it. */
  fromSession(profile: Profile, source: SessionCredentials, userName: string, policies?: PolicyParameters): Promise<Result<IssuedRoleSession>> {
    const key = JSON.stringify([profile.name, source.accessKeyId, policies]);
    const running = this.#flights.get(key);
    if (running !== undefined) return running;
    const flight = this.#assume(profile, (role) =>
      this.#aws.roleSession(profile, role, source, role.roleSessionName ?? roleSessionNameFor(userName), policies),
    ).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    this.#flights.set(key, flight);
    return flight;
  }

  /** Straight from the access key, with a code. */
  async fromAccessKey(profile: Profile, { serial, code, durationSeconds }: Code): Promise<Result<IssuedRoleSession>> {
    return this.#assume(profile, async (role) => {
      const userProfile = profile.role?.userProfile ?? profile.name;
      const roleSessionName = role.roleSessionName ?? roleSessionNameFor(await this.#userName(profile, userProfile));
      return this.#aws.roleSessionWithMfa(profile, role, { userProfile, serial, code, durationSeconds, roleSessionName });
    });
  }

  async #assume(profile: Profile, ask: (role: AssumedRole) => ReturnType<AwsCalls['roleSession']>): Promise<Result<IssuedRoleSession>> {
    const role = this.#roles.get(profile.name);
    if (role === undefined || profile.role === null) return failed(appError('profile-changed', { profile: profile.name }));
    const issued = await ask(role);
    if (!issued.ok) return issued;
    const { credentials, arn, accountId } = issued.value;
    return succeeded({ credentials, caller: { accountId, arn, userName: profile.role.roleName } });
  }

  async #userName(profile: Profile, userProfile: string): Promise<string> {
    const caller = await this.#aws.callerOfAccessKey({ ...profile, name: userProfile });
    return caller.ok ? caller.value.userName : userProfile;
  }
}
