import type { AppError, Result } from '../../contract/app-error.ts';
import type { HeldSession, Profile } from '../../contract/ui-state.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { remaining } from '../../core/sessions/session.ts';
import type { ForeignSessions } from '../foreign/foreign-sessions.ts';
import type { ProfileIndex } from '../state/profile-index.ts';
import type { HeldSessions, LiveHeld } from './held-sessions.ts';
import type { NewSessions } from './new-sessions.ts';
import { withSession, type CredentialRequest } from './with-session.ts';
import type { MfaPrompts } from '../prompts/mfa-prompts.ts';
import type { RoleSessions } from '../issuing/role-sessions.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** SDKs renew credentials that have less time left than this, in milliseconds, so a role session is renewed before. */
export const freshMs = 15 * 60_000;

/** Of a foreign session the same, but for one that never had that much: its last quarter, so that its source is not asked by each caller. */
function foreignFreshMs({ issuedAt, expiresAt }: Pick<HeldSession, 'issuedAt' | 'expiresAt'>): number {
  return Math.min(freshMs, (expiresAt - issuedAt) / 4);
}

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly held: HeldSessions;
  readonly prompts: Pick<MfaPrompts, 'ask'>;
  readonly roles: Pick<RoleSessions, 'fromSession'>;
  readonly foreign: Pick<ForeignSessions, 'obtain'>;
  readonly profiles: Pick<ProfileIndex, 'find' | 'takesCode'>;
  readonly newSessions: Pick<NewSessions, 'expect'>;
  readonly now: () => number;
};

/**
 * Where credentials come from: the session that is held, a role session made from one, a foreign source, the prompt;
 * in this order, so that the user is asked only when nothing else helps.
 */
export class CredentialSource {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Fails with what the prompt, or AWS, said; `time-too-short` when even a new session lasts less than wanted. */
  async credentials(name: string, wanted: CredentialRequest): Promise<Result<LiveHeld>> {
    const found = this.#parts.profiles.find(name);
    if (!found.ok) return found;
    const profile = found.value;
    const held = this.#held(profile, wanted);
    if (held !== null) return succeeded(held);
    return this.#parts.profiles.takesCode(profile) ? this.#fromCode(profile, wanted) : this.renewed(profile, wanted);
  }

  /** A new role session, from the session of its source, or what a foreign source gives. The session that is held stays in use when there can be no new one. */
  async renewed(profile: Profile, wanted: CredentialRequest): Promise<Result<LiveHeld>> {
    const issued = profile.foreign === null ? await this.#assume(profile, wanted) : await this.#fromForeign(profile, wanted);
    if (issued.ok) return this.#lasting(issued.value, wanted);
    const held = this.#parts.held.find(profile.name);
    return held !== null && this.#left(held) >= wanted.minLeftMs && wanted.requester.by === 'program' ? succeeded(held) : issued;
  }

  async #fromCode(profile: Profile, wanted: CredentialRequest): Promise<Result<LiveHeld>> {
    const newMs = (profile.role?.durationSeconds ?? this.#parts.store.content.settings.sessionSeconds) * 1000;
    // Do not ask for a code that would not help.
    if (newMs < wanted.minLeftMs) return tooShort(profile.name, newMs, wanted);
    const answered = await this.#parts.prompts.ask({ profile }, wanted.requester);
    if (!answered.ok) return answered;
    const held = this.#parts.held.find(profile.name);
    return held === null ? failed(appError('session-none', { profile: profile.name })) : this.#lasting(held, wanted);
  }

  async #fromForeign(profile: Profile, { requester }: CredentialRequest): Promise<Result<LiveHeld>> {
    const { held, foreign, newSessions } = this.#parts;
    const hold = newSessions.expect(profile.name, 'source');
    const given = await foreign.obtain(profile, requester);
    if (!given.ok) return given;
    // Every caller that shared the flight comes by here; the first one holds what it brought.
    if (held.find(profile.name)?.session.issuedAt !== given.value.issuedAt) hold(given.value);
    const current = held.find(profile.name);
    return current === null ? failed(appError('session-none', { profile: profile.name })) : succeeded(current);
  }

  async #assume(profile: Profile, { requester }: CredentialRequest): Promise<Result<LiveHeld>> {
    const { held, roles, newSessions, now } = this.#parts;
    const before = held.find(profile.name)?.session.issuedAt;
    return withSession({ sessions: this, held }, profile.role?.sourceProfile ?? '', requester, async (source) => {
      // Another caller may have waited for the same source and been first.
      const meanwhile = held.find(profile.name);
      if (meanwhile !== null && meanwhile.session.issuedAt !== before) return succeeded(meanwhile);
      const issuedAt = now();
      const hold = newSessions.expect(profile.name, 'session');
      const issued = await roles.fromSession(profile, source.credentials, source.session.identity.userName);
      if (!issued.ok) return failed(aboutMfa(issued.error, profile, source));
      // The user may have ended the session that it was made from.
      const isWanted = held.find(source.profile.name) !== null;
      // Every caller that shared the call comes by here; the first one holds the session.
      const isHeld = held.find(profile.name)?.credentials.accessKeyId === issued.value.credentials.accessKeyId;
      if (isWanted && !isHeld) hold({ profile: profile.name, issuedAt, ...issued.value });
      const current = held.find(profile.name);
      return current === null ? failed(appError('session-none', { profile: profile.name })) : succeeded(current);
    });
  }

  #held(profile: Profile, { minLeftMs }: CredentialRequest): LiveHeld | null {
    const held = this.#parts.held.find(profile.name);
    if (held === null) return null;
    const fresh = held.session.origin === 'source' ? foreignFreshMs(held.session) : freshMs;
    return this.#left(held) >= Math.max(minLeftMs, this.#renewsSilently(profile) ? fresh : 0) ? held : null;
  }

  /** Whether fresh credentials can be had without asking the user. */
  #renewsSilently(profile: Profile): boolean {
    if (profile.foreign !== null) return true;
    return profile.role !== null && !this.#parts.profiles.takesCode(profile) && this.#parts.held.find(profile.role.sourceProfile) !== null;
  }

  #lasting(held: LiveHeld, { minLeftMs }: CredentialRequest): Result<LiveHeld> {
    const left = this.#left(held);
    if (left >= minLeftMs) return succeeded(held);
    const { name } = held.profile;
    const code = codesTooShort[held.session.origin];
    return failed(appError(code, { profile: name, left: Math.floor(left / 1000), wanted: Math.ceil(minLeftMs / 1000) }));
  }

  #left(held: LiveHeld): number {
    return remaining(held.session, this.#parts.now());
  }
}

const codesTooShort = { code: 'time-too-short', session: 'role-time-too-short', source: 'foreign-time-too-short' } as const;

/** AWS takes a code only with an access key, so the session that a role with `mfa_serial` is assumed with has to have had one. */
function aboutMfa(error: AppError, { name: profile, mfaSerial }: Profile, source: LiveHeld): AppError {
  if (error.code !== 'role-not-allowed' || mfaSerial === null || source.session.origin !== 'source') return error;
  return appError('foreign-role-mfa', { profile, source: source.profile.name });
}

function tooShort(name: string, leftMs: number, { minLeftMs }: CredentialRequest): Result<never> {
  return failed(appError('time-too-short', { profile: name, left: Math.floor(leftMs / 1000), wanted: Math.ceil(minLeftMs / 1000) }));
}
