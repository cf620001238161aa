import type { Result } from '../../contract/app-error.ts';
import type { SessionPolicies } from '../../contract/session-policies.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { policyNames } from '../../core/sessions/session-policies.ts';
import type { LiveHeld } from './held-sessions.ts';
import type { LimitedSessions } from './limited-sessions.ts';
import { Limits, type Limit } from './limits.ts';
import type { SessionManager } from './session-manager.ts';
import type { CredentialRequest } from './with-session.ts';

/** Which session is asked for. */
export type SessionChoice = {
  readonly profile: string;
  /** The session policies that it shall have. */
  readonly policies?: SessionPolicies | undefined;
  /** The same, for who knows only the ID. */
  readonly limit?: string | undefined;
  /** The limit of the terminal or run that asks. */
  readonly callerLimit?: string | undefined;
};

type Parts = {
  readonly sessions: Pick<SessionManager, 'find' | 'credentials'>;
  readonly limited: Pick<LimitedSessions, 'credentials' | 'limitable'>;
  /** Where the limits are kept. */
  readonly folder: string;
};

/**
 * A profile's own session, or a limited one. What has a limited session gets no other from the app: the same
 * one by its profile's name, and nothing by any other name or with other policies.
 */
export class ChosenSessions {
  readonly #parts: Parts;
  readonly #limits: Limits;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#limits = new Limits(parts.folder);
  }

  /** Fails as the sessions do, and as `limitOf`. */
  async session(choice: SessionChoice, wanted: CredentialRequest): Promise<Result<LiveHeld>> {
    const limit = await this.limitOf(choice);
    if (!limit.ok) return limit;
    return limit.value === null ? this.#parts.sessions.credentials(choice.profile, wanted) : this.#parts.limited.credentials(limit.value, wanted);
  }

  /** Null for a profile's own session. Fails with `limit-other-profile`, `limit-other-policies`, `limit-unknown`, `limit-unwritable`, and for a profile that can have none. */
  async limitOf({ profile, policies, limit, callerLimit }: SessionChoice): Promise<Result<Limit | null>> {
    const wanted = await this.#wanted(profile, policies, limit);
    if (!wanted.ok || callerLimit === undefined) return wanted;
    const caller = await this.#limits.find(callerLimit);
    if (!caller.ok) return caller;
    const names = policyNames(caller.value.policies).join(', ');
    if (caller.value.profile !== this.#nameOf(profile)) {
      return failed(appError('limit-other-profile', { profile, limited: caller.value.profile, policies: names }));
    }
    if (wanted.value !== null && wanted.value.id !== caller.value.id) return failed(appError('limit-other-policies', { profile, policies: names }));
    return caller;
  }

  /** Whether who asks may have more than a limited session. Fails with `limit-not-within` `{limited, policies}`, `limit-unknown`. */
  async beyondLimit(callerLimit: string | undefined): Promise<Result<null>> {
    if (callerLimit === undefined) return succeeded(null);
    const caller = await this.#limits.find(callerLimit);
    if (!caller.ok) return caller;
    return failed(appError('limit-not-within', { limited: caller.value.profile, policies: policyNames(caller.value.policies).join(', ') }));
  }

  async #wanted(profile: string, policies: SessionPolicies | undefined, id: string | undefined): Promise<Result<Limit | null>> {
    if (policies !== undefined) {
      const limitable = this.#parts.limited.limitable(profile);
      return limitable.ok ? this.#limits.keep(limitable.value.name, policies) : limitable;
    }
    if (id === undefined) return succeeded(null);
    const limit = await this.#limits.find(id);
    // A line that names another profile was changed by hand.
    if (limit.ok && limit.value.profile !== this.#nameOf(profile)) return failed(appError('limit-unknown'));
    return limit;
  }

  #nameOf(profile: string): string {
    const found = this.#parts.sessions.find(profile);
    return found.ok ? found.value.name : profile;
  }
}
