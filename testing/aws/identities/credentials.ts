import type { Clock } from '../wire/clock.ts';
import type { Role, User } from './directory.ts';
import type { InlinePolicy } from './inline-policy.ts';
import { secretAccessKey, sessionToken, uniqueId } from './identifiers.ts';

type Key = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** Temporary credentials. Times are epoch milliseconds of whole seconds, as AWS keeps them. */
type Temporary = Key & { readonly sessionToken: string; readonly issuedAt: number; readonly expiresAt: number };

/** The last request that was signed with an access key; `at` in epoch milliseconds. */
export type KeyUse = { readonly at: number; readonly service: string; readonly region: string };

export type AccessKey = Key & {
  readonly kind: 'access-key';
  readonly user: User;
  readonly status: 'Active' | 'Inactive';
  readonly createdAt: number;
  readonly lastUse: KeyUse | null;
};

/** From GetSessionToken. */
export type BaseSession = Temporary & {
  readonly kind: 'base-session';
  readonly user: User;
  readonly mfa: 'used' | 'not-used';
};

/** From AssumeRole, or from the access portal of Identity Center. */
export type RoleSession = Temporary & {
  readonly kind: 'role-session';
  readonly role: Role;
  readonly roleSessionName: string;
  /** What AssumeRole was signed with; `sign-in` for the access portal, which nothing is signed for. */
  readonly assumedWith: 'access-key' | 'session' | 'sign-in';
  /** The tags that the next role of a chain gets too, by their keys. */
  readonly transitiveTags: ReadonlyMap<string, string>;
  /** What limits the session beside the policies of its role; null for nothing. The next role of a chain has nothing of it. */
  readonly sessionPolicies: readonly InlinePolicy[] | null;
};

export type Session = BaseSession | RoleSession;
export type Credentials = AccessKey | Session;

/** Who acts with the credentials. */
export type Principal = { readonly accountId: string; readonly arn: string; readonly userId: string };

export function principalOf(credentials: Credentials): Principal {
  if (credentials.kind !== 'role-session') return credentials.user;
  const { role, roleSessionName } = credentials;
  return {
    accountId: role.accountId,
    arn: `arn:aws:sts::${role.accountId}:assumed-role/${role.roleName}/${roleSessionName}`,
    userId: `${role.roleId}:${roleSessionName}`,
  };
}

/** Every access key and session issued since the start. */
export class CredentialStore {
  /** How many seconds sessions live, whatever was asked for; null grants what was asked for. */
  sessionLifetimeOverrideSeconds: number | null = null;
  readonly #byAccessKeyId = new Map<string, Credentials>();
  readonly #deletedSecrets: string[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(accessKeyId: string): Credentials | undefined {
    return this.#byAccessKeyId.get(accessKeyId);
  }

  issueAccessKey(user: User): AccessKey {
    return this.#keep({
      kind: 'access-key',
      user,
      accessKeyId: uniqueId('AKIA'),
      secretAccessKey: secretAccessKey(),
      status: 'Active',
      createdAt: Math.floor(this.#clock() / 1000) * 1000,
      lastUse: null,
    });
  }

  /** The keys of a user, active and inactive, in the order in which they were made. */
  accessKeysOf(user: User): readonly AccessKey[] {
    return [...this.#byAccessKeyId.values()].filter((credentials) => credentials.kind === 'access-key').filter((key) => key.user === user);
  }

  /** Changes a key; sessions that were made with it are not touched, as in AWS. */
  updateAccessKey(accessKeyId: string, change: Partial<Pick<AccessKey, 'status' | 'createdAt' | 'lastUse'>>): void {
    const credentials = this.find(accessKeyId);
    if (credentials?.kind === 'access-key') this.#keep({ ...credentials, ...change });
  }

  deleteAccessKey({ accessKeyId, secretAccessKey: secret }: AccessKey): void {
    this.#deletedSecrets.push(secret);
    this.#byAccessKeyId.delete(accessKeyId);
  }

  issueBaseSession(user: User, mfa: BaseSession['mfa'], durationSeconds: number): BaseSession {
    return this.#keep({ kind: 'base-session', user, mfa, ...this.#temporary(durationSeconds) });
  }

  issueRoleSession(
    session: Pick<RoleSession, 'role' | 'roleSessionName' | 'assumedWith' | 'transitiveTags' | 'sessionPolicies'>,
    durationSeconds: number,
  ): RoleSession {
    return this.#keep({ kind: 'role-session', ...session, ...this.#temporary(durationSeconds) });
  }

  /** Ends every session now, whatever `Expiration` its holder was given. */
  expireSessions(): void {
    const now = this.#clock();
    for (const credentials of this.#byAccessKeyId.values()) {
      if (credentials.kind !== 'access-key') this.#keep({ ...credentials, expiresAt: now });
    }
  }

  /** Every secret access key and session token issued so far. */
  secrets(): readonly string[] {
    const kept = [...this.#byAccessKeyId.values()].flatMap((credentials) =>
      credentials.kind === 'access-key' ? [credentials.secretAccessKey] : [credentials.secretAccessKey, credentials.sessionToken],
    );
    return [...kept, ...this.#deletedSecrets];
  }

  #temporary(durationSeconds: number): Temporary {
    const issuedAt = Math.floor(this.#clock() / 1000) * 1000;
    return {
      accessKeyId: uniqueId('ASIA'),
      secretAccessKey: secretAccessKey(),
      sessionToken: sessionToken(),
      issuedAt,
      expiresAt: issuedAt + (this.sessionLifetimeOverrideSeconds ?? durationSeconds) * 1000,
    };
  }

  #keep<C extends Credentials>(credentials: C): C {
    this.#byAccessKeyId.set(credentials.accessKeyId, credentials);
    return credentials;
  }
}
