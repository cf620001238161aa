import type { Result } from '../../contract/app-error.ts';
import type { Identity, Profile } from '../../contract/ui-state.ts';
import type { AwsCalls, Caller } from '../../aws/requests/calls.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isUsed, nextCodeAt, stillRefused, type UsedCode } from '../../core/prompts/mfa-codes.ts';
import type { RoleSessions } from './role-sessions.ts';

/** What a code brought. */
export type IssuedSession = {
  readonly profile: string;
  readonly credentials: SessionCredentials;
  readonly caller: Omit<Identity, 'accountAlias'>;
  readonly issuedAt: number;
  /** The program that gave the code; null for one that was typed, and left out where none was needed. */
  readonly codeFrom?: string | null;
};

/** A code, and what it is for: a base session, or for a role profile a session straight from the access key. */
export type CodeRequest = {
  readonly profile: Profile;
  readonly durationSeconds: number;
  readonly serial: string;
  readonly code: string;
  /** The program that gave the code; null for one that was typed. */
  readonly codeFrom: string | null;
  /** The owner of the access key, if AWS was asked already. */
  readonly caller: Promise<Result<Caller>> | null;
};

/** Gives MFA codes to AWS, each once, and gets sessions for them. */
export class CodeExchange {
  readonly #aws: Pick<AwsCalls, 'sessionToken' | 'callerOfAccessKey' | 'callerOfSession'>;
  readonly #roles: Pick<RoleSessions, 'fromAccessKey'>;
  readonly #now: () => number;
  #used: readonly UsedCode[] = [];

  constructor(parts: {
    readonly aws: Pick<AwsCalls, 'sessionToken' | 'callerOfAccessKey' | 'callerOfSession'>;
    readonly roles: Pick<RoleSessions, 'fromAccessKey'>;
    readonly now: () => number;
  }) {
    this.#aws = parts.aws;
    this.#roles = parts.roles;
    this.#now = parts.now;
  }

  /** Fails with AWS's error, or with `mfa-code-used` `{serial, retryAt}` before AWS is asked. */
  async exchange(request: CodeRequest): Promise<Result<IssuedSession>> {
    const { profile, serial, code, codeFrom } = request;
    const issuedAt = this.#now();
    if (isUsed(this.#used, serial, code, issuedAt)) return failed(appError('mfa-code-used', { serial, retryAt: nextCodeAt(issuedAt) }));
    const issued = profile.role === null ? await this.#baseSession(request) : await this.#roles.fromAccessKey(profile, request);
    if (!issued.ok) return issued;
    this.#used = [...stillRefused(this.#used, issuedAt), { serial, code, usedAt: issuedAt }];
    return succeeded({ profile: profile.name, issuedAt, codeFrom, ...issued.value });
  }

  async #baseSession(request: CodeRequest): Promise<Result<Pick<IssuedSession, 'credentials' | 'caller'>>> {
    // A base session belongs to the key's user, who can be asked for while AWS looks at the code.
    const owner = request.caller ?? this.#aws.callerOfAccessKey(request.profile);
    const issued = await this.#aws.sessionToken(request.profile, request);
    if (!issued.ok) return issued;
    const known = await owner;
    const caller = known.ok ? known : await this.#aws.callerOfSession(request.profile, issued.value);
    return caller.ok ? succeeded({ credentials: issued.value, caller: caller.value }) : caller;
  }
}
