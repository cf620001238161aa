import type { Result } from '../../contract/app-error.ts';
import type { HeldSessions, LiveHeld } from './held-sessions.ts';
import type { Requester } from '../prompts/waiting-programs.ts';

/** What the caller asks for: how much time must be left, and who is asking. */
export type CredentialRequest = {
  /** How long the session has to last yet, in milliseconds. One that lasts less is renewed first. */
  readonly minLeftMs: number;
  readonly requester: Requester;
};

/** Where the sessions come from that AWS is asked with. */
export type SessionSource = {
  readonly sessions: { readonly credentials: (name: string, wanted: CredentialRequest) => Promise<Result<LiveHeld>> };
  readonly held: Pick<HeldSessions, 'find' | 'expire'>;
};

/**
 * Asks AWS with the session of a profile, which is started first where there is none. One that AWS
 * refuses as expired, though its time is not over, was revoked: the user is asked for another, once.
 */
export async function withSession<T>(
  { sessions, held }: SessionSource,
  name: string,
  requester: Requester,
  ask: (held: LiveHeld) => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = await sessions.credentials(name, { minLeftMs: 0, requester });
  if (!found.ok) return found;
  const outcome = await ask(found.value);
  if (outcome.ok || outcome.error.code !== 'session-expired') return outcome;
  const { profile, credentials } = found.value;
  // Another one may be held by now, that somebody else has asked for.
  if (held.find(profile.name)?.credentials.accessKeyId === credentials.accessKeyId) held.expire(profile.name);
  const fresh = await sessions.credentials(name, { minLeftMs: 0, requester });
  return fresh.ok ? ask(fresh.value) : fresh;
}
