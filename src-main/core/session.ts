import type { HeldSession, MfaPrompt, SessionState } from '../contract/ui-state.ts';

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

/** When a session starts to count as expiring: 30 minutes before its end, or in the last quarter of a short one. */
export function expiringFrom({ issuedAt, expiresAt }: HeldSession): number {
  return expiresAt - Math.min(30 * minute, (expiresAt - issuedAt) / 4);
}

/** The state that a held session is in at a time. An expired one stays expired: its secrets are gone. */
export function sessionAt(session: SessionState, now: number): SessionState {
  if (!isLive(session)) return session;
  if (now >= session.expiresAt) return { kind: 'expired', identity: session.identity, expiredAt: session.expiresAt };
  const kind = now >= expiringFrom(session) ? 'expiring' : 'active';
  return kind === session.kind ? session : { ...session, kind };
}

/** What the windows show of a profile's session while the MFA prompt is open for it. */
export function sessionDuringPrompt(session: SessionState, prompt: MfaPrompt): SessionState {
  if (isLive(session)) return session;
  return { kind: prompt.step.kind === 'starting' ? 'starting' : 'awaiting-mfa' };
}
