import type { EndReason } from '../../contract/ledger.ts';
import type { Result } from '../../contract/app-error.ts';
import type { Profile, ProfileRole } from '../../contract/ui-state.ts';
import { partitionOf, userNameOf } from '../../core/aws-names/arn.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import { isSameSource, type SessionSource } from '../../core/profiles/session-source.ts';
import { policyNames, policyParameters } from '../../core/sessions/session-policies.ts';
import { remaining, type LiveSession } from '../../core/sessions/session.ts';
import type { RoleSessions } from '../issuing/role-sessions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ProfileIndex } from '../state/profile-index.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import { freshMs, type CredentialSource } from './credential-source.ts';
import type { HeldSessions, LiveHeld } from './held-sessions.ts';
import type { Limit } from './limits.ts';
import { withSession, type CredentialRequest } from './with-session.ts';

type Kept = { readonly limit: Limit; readonly session: LiveSession; readonly credentials: SessionCredentials; readonly madeFrom: SessionSource };

type Parts = {
  readonly store: UiStateStore;
  readonly held: HeldSessions;
  readonly source: Pick<CredentialSource, 'credentials'>;
  readonly roles: Pick<RoleSessions, 'fromSession'>;
  readonly profiles: Pick<ProfileIndex, 'find' | 'takesCode'>;
  readonly ledger: Pick<Ledger, 'record'>;
  readonly now: () => number;
};

/**
 * Role sessions with session policies, in memory alone and by the limit that each was asked with: never in the
 * place of a profile's own session, and never made from or into one. They are made from the session of the role's
 * source, which stays in the app, and end with it.
 */
export class LimitedSessions {
  readonly #parts: Parts;
  readonly #kept = new Map<string, Kept>();
  /** Calls that are under way, up to when their session is kept: who asks between the two would make another. */
  readonly #underWay = new Map<string, Promise<Result<LiveHeld>>>();
  /** How often sessions of each profile were ended. */
  readonly #endings = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.held.onEnded(({ profile, how }) => this.#ended(profile, how));
  }

  /**
   * Fails as `CredentialSource` does, and with `limit-needs-role` `{profile, roles}`, `limit-needs-role-none`
   * `{profile}`, `limit-as-given` `{profile}`, `limit-from-key` `{profile, source}`.
   */
  async credentials(limit: Limit, wanted: CredentialRequest): Promise<Result<LiveHeld>> {
    const found = this.limitable(limit.profile);
    if (!found.ok) return found;
    const profile = found.value;
    const held = this.#find(limit, profile);
    if (held !== null && this.#left(held) >= Math.max(wanted.minLeftMs, freshMs)) return succeeded(held);
    return this.renewed(limit, wanted);
  }

  /** A new one. The one that is there stays in use when there can be no new one, as a profile's own session does. */
  async renewed(limit: Limit, wanted: CredentialRequest): Promise<Result<LiveHeld>> {
    const found = this.limitable(limit.profile);
    if (!found.ok) return found;
    const issued = await this.#assume(limit, found.value, wanted);
    const held = issued.ok ? issued.value : this.#find(limit, found.value);
    if (held === null || (!issued.ok && (this.#left(held) < wanted.minLeftMs || wanted.requester.by === 'user'))) return issued;
    const left = this.#left(held);
    if (left >= wanted.minLeftMs) return succeeded(held);
    const params = { profile: limit.profile, left: Math.floor(left / 1000), wanted: Math.ceil(wanted.minLeftMs / 1000) };
    return failed(appError('role-time-too-short', params));
  }

  /** The profile by its own name, if it can have limited sessions. */
  limitable(name: string): Result<Profile> {
    const { profiles, store } = this.#parts;
    const found = profiles.find(name);
    if (!found.ok) return found;
    const { name: profile, role, foreign } = found.value;
    if (foreign !== null) return failed(appError('limit-as-given', { profile }));
    if (role === null) {
      const roles = store.content.profiles.filter((other) => other.role?.userProfile === profile).map((other) => other.name);
      return failed(roles.length === 0 ? appError('limit-needs-role-none', { profile }) : appError('limit-needs-role', { profile, roles: roles.join(', ') }));
    }
    // There is no session of such a source that is not one of its own role.
    return profiles.takesCode(found.value) ? failed(appError('limit-from-key', { profile, source: role.sourceProfile })) : found;
  }

  /** Lets go of all that were made from something else than their profiles mean by now. */
  configLoaded(): void {
    this.#drop(({ limit, madeFrom }) => !isSameSource(madeFrom, this.#parts.held.sourceOf(limit.profile)), 'profile-changed');
  }

  /** Updates to the wall clock. */
  timePassed(): void {
    const now = this.#parts.now();
    this.#drop(({ session }) => session.expiresAt <= now, null);
  }

  #find(limit: Limit, profile: Profile): LiveHeld | null {
    const kept = this.#kept.get(limit.id);
    if (kept === undefined || kept.session.expiresAt <= this.#parts.now()) return null;
    if (!isSameSource(kept.madeFrom, this.#parts.held.sourceOf(profile.name))) return null;
    return { profile, session: kept.session, credentials: kept.credentials, limit };
  }

  async #assume(limit: Limit, profile: Profile, { requester }: CredentialRequest): Promise<Result<LiveHeld>> {
    const { held, source } = this.#parts;
    const { role } = profile;
    if (role === null) return failed(appError('profile-changed', { profile: profile.name }));
    const before = this.#kept.get(limit.id)?.credentials.accessKeyId;
    return withSession({ sessions: source, held }, role.sourceProfile, requester, async (from) => {
      const meanwhile = this.#find(limit, profile);
      if (meanwhile !== null && meanwhile.credentials.accessKeyId !== before) return succeeded(meanwhile);
      const flight = `${limit.id} ${from.credentials.accessKeyId}`;
      const underWay = this.#underWay.get(flight) ?? this.#issue(limit, { profile, role }, from).finally(() => this.#underWay.delete(flight));
      this.#underWay.set(flight, underWay);
      return underWay;
    });
  }

  async #issue(limit: Limit, { profile, role }: { readonly profile: Profile; readonly role: ProfileRole }, from: LiveHeld): Promise<Result<LiveHeld>> {
    const { held, roles, now } = this.#parts;
    const parameters = policyParameters(limit.policies, partitionOf(role.roleArn) ?? 'aws');
    const [madeFrom, endings, issuedAt] = [held.sourceOf(profile.name), this.#endingsOf(profile), now()];
    const issued = await roles.fromSession(profile, from.credentials, from.session.identity.userName, parameters);
    if (!issued.ok) return issued;
    const { credentials, caller } = issued.value;
    // The user may have ended the session that it was made from, and the profile may mean something else.
    const isWanted = endings === this.#endingsOf(profile) && isSameSource(madeFrom, held.sourceOf(profile.name)) && held.find(from.profile.name) !== null;
    if (!isWanted) return failed(appError('session-none', { profile: profile.name }));
    const identity = { ...caller, accountAlias: this.#parts.store.content.settings.accounts[caller.accountId]?.alias ?? null };
    const session = { kind: 'active', identity, origin: 'session', issuedAt, expiresAt: credentials.expiresAt } as const;
    this.#keep({ limit, session, credentials, madeFrom }, role.roleName);
    return succeeded({ profile, session, credentials, limit });
  }

  #keep(kept: Kept, role: string): void {
    const { limit, session, credentials } = kept;
    const before = this.#kept.get(limit.id);
    if (before !== undefined) this.#recordEnding(before, 'renewed');
    this.#kept.set(limit.id, kept);
    const { accountId, arn } = session.identity;
    this.#parts.ledger.record({
      ...{ event: 'issued', profile: limit.profile, kind: 'role', accountId, arn, role, sessionName: userNameOf(arn) },
      ...{ accessKeyId: credentials.accessKeyId, expiresAt: isoSeconds(credentials.expiresAt), policies: [...policyNames(limit.policies)] },
    });
    this.#show();
  }

  /** With the session of a profile end those that have its role, and those that were made from its user's. */
  #ended(name: string, how: EndReason): void {
    this.#endings.set(name, (this.#endings.get(name) ?? 0) + 1);
    const ended = this.#parts.store.profile(name);
    this.#drop(({ limit }) => {
      const role = this.#parts.store.profile(limit.profile)?.role ?? null;
      const isOfRole = role !== null && how === 'revoked' && role.roleArn === ended?.role?.roleArn;
      return limit.profile === name || role === null || role.userProfile === name || role.sourceProfile === name || isOfRole;
    }, how);
  }

  #endingsOf({ name, role }: Profile): string {
    return [name, role?.sourceProfile ?? '', role?.userProfile ?? ''].map((each) => this.#endings.get(each) ?? 0).join(' ');
  }

  /** `how` is null for those that have run out, which need no line. */
  #drop(isOver: (kept: Kept) => boolean, how: EndReason | null): void {
    const over = [...this.#kept.values()].filter(isOver);
    if (over.length === 0) return;
    for (const kept of over) {
      this.#kept.delete(kept.limit.id);
      if (how !== null) this.#recordEnding(kept, how);
    }
    this.#show();
  }

  #recordEnding({ limit, session, credentials: { accessKeyId } }: Kept, how: EndReason): void {
    if (session.expiresAt > this.#parts.now()) this.#parts.ledger.record({ event: 'ended', profile: limit.profile, accessKeyId, how });
  }

  #show(): void {
    const limited = [...this.#kept.values()].map(({ limit, session: { identity, expiresAt } }) => ({
      profile: limit.profile,
      limitId: limit.id,
      policies: policyNames(limit.policies),
      accountId: identity.accountId,
      arn: identity.arn,
      expiresAt,
    }));
    this.#parts.store.change({ limited });
  }

  #left({ session }: LiveHeld): number {
    return remaining(session, this.#parts.now());
  }
}
