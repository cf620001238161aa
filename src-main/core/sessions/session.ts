import type { CommandRequest } from '../../contract/ipc.ts';
import { chainedRoleSecondsMax } from '../../contract/limits.ts';
import type { HeldSession, LimitedSession, MfaPrompt, Profile, SessionState, UiState } from '../../contract/ui-state.ts';

const minute = 60_000;

/** A session that can be handed out now. */
export type LiveSession = Extract<SessionState, { kind: 'active' | 'expiring' }>;

export function isLive(session: SessionState): session is LiveSession {
  return session.kind === 'active' || session.kind === 'expiring';
}

/** Milliseconds until the session runs out, never negative. */
export function remaining(session: Pick<HeldSession, 'expiresAt'>, now: number): number {
  return Math.max(0, session.expiresAt - now);
}

/** When it is over for whoever looks at it, in epoch milliseconds: what a sign-in renews by itself lasts as long as that does. */
export function shownEnd({ expiresAt, renewedUntil }: Pick<HeldSession, 'expiresAt' | 'renewedUntil'>): number {
  return renewedUntil ?? expiresAt;
}

/** Milliseconds until then, never negative. */
export function shownLeft(session: Pick<HeldSession, 'expiresAt' | 'renewedUntil'>, now: number): number {
  return remaining({ expiresAt: shownEnd(session) }, now);
}

/** What is known of a session's end beside AWS's own time. */
export function endOf({ endUnknown, renewedUntil }: Pick<HeldSession, 'endUnknown' | 'renewedUntil'>): Pick<HeldSession, 'endUnknown' | 'renewedUntil'> {
  return { ...(endUnknown === undefined ? {} : { endUnknown }), ...(renewedUntil === undefined ? {} : { renewedUntil }) };
}

/** When a session starts to count as expiring: 30 minutes before its end, or in the last quarter of a short one. */
export function expiringFrom({ issuedAt, expiresAt }: HeldSession): number {
  return expiresAt - Math.min(30 * minute, (expiresAt - issuedAt) / 4);
}

/**
 * The state that a held session is in at a time. An expired one stays expired: its secrets are gone.
 * A session made from another one, or by a foreign source, never warns: it is renewed on demand, and leaves nothing
 * behind that the user has to renew here.
 */
export function sessionAt(session: SessionState, now: number): SessionState {
  if (!isLive(session)) return session;
  if (session.origin !== 'code') return now >= session.expiresAt ? { kind: 'none' } : inKind(session, 'active');
  if (now >= session.expiresAt) return { kind: 'expired', identity: session.identity, expiredAt: session.expiresAt };
  return inKind(session, now >= expiringFrom(session) ? 'expiring' : 'active');
}

/** The same object when nothing changes, so that no change is announced. */
function inKind(session: LiveSession, kind: LiveSession['kind']): LiveSession {
  return kind === session.kind ? session : { ...session, kind };
}

/** The user profile whose session renews this role session without the user, for as long as it has one; null for every other session. */
export function renewedBy({ role, session }: Profile, profiles: readonly Profile[]): string | null {
  if (role === null || !isLive(session) || session.origin === 'code') return null;
  const user = profiles.find(({ name }) => name === role.userProfile);
  return user !== undefined && isLive(user.session) ? user.name : null;
}

/** Whether a session's end needs nobody, because the app renews it. */
export function renewsItself(profile: Profile, profiles: readonly Profile[]): boolean {
  return renewedBy(profile, profiles) !== null;
}

/** Whether a role session can only be this long when it comes straight from the access key. */
export function outlastsChaining(durationSeconds: number): boolean {
  return durationSeconds > chainedRoleSecondsMax;
}

/**
 * The request that starts or renews a profile's session as it was made: a role session that came
 * straight from the access key, or whose prompt is open for that, comes from there again.
 */
export function sessionRequest({ name, role, session }: Profile): CommandRequest<'requestSession'> {
  const madeWithCode = isLive(session) ? session.origin === 'code' : session.kind === 'expired' || session.kind === 'awaiting-mfa';
  return role !== null && madeWithCode ? { profile: name, fromAccessKey: true } : { profile: name };
}

/** What the windows show of a profile's session while the MFA prompt is open for it. */
export function sessionDuringPrompt(session: SessionState, prompt: MfaPrompt): SessionState {
  if (isLive(session)) return session;
  return { kind: prompt.step.kind === 'starting' ? 'starting' : 'awaiting-mfa' };
}

/** The limited sessions that a profile's card shows: its own, and a user's those of roles that have no card. */
export function limitedOn({ name: profileName }: Profile, { profiles, limited }: Pick<UiState, 'profiles' | 'limited'>): readonly LimitedSession[] {
  return limited.filter((session) => {
    if (session.profile === profileName) return true;
    const profile = profiles.find(({ name }) => name === session.profile);
    return profile?.session.kind === 'none' && profile.role?.userProfile === profileName;
  });
}
