import type { Result } from '../../contract/app-error.ts';
import type { HeldSessions, LiveHeld } from './held-sessions.ts';
import type { Requester } from '../prompts/waiting-programs.ts';

/** What the caller asks for: how much time must be left, and who is asking. */
export type CredentialRequest = {
  /** How much longer the session has to last, in milliseconds. One with less time left is renewed first. */
  readonly minLeftMs: number;
  readonly requester: Requester;
};

/** Where the sessions for calls to AWS come from. */
type Parts = {
  readonly sessions: { readonly credentials: (name: string, wanted: CredentialRequest) => Promise<Result<LiveHeld>> };
  readonly held: Pick<HeldSessions, 'find' | 'expire'>;
};

/**
 * Calls AWS with the session of a profile, which is started first if there is none. A session that AWS
 * refuses as expired before its time was revoked: the user is asked for another one, once.
 */
export async function withSession<T>(
  { sessions, held }: Parts,
  name: string,
  requester: Requester,
  ask: (held: LiveHeld) => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = await sessions.credentials(name, { minLeftMs: 0, requester });
  if (!found.ok) return found;
  const outcome = await ask(found.value);
  if (outcome.ok || outcome.error.code !== 'session-expired') return outcome;
  const { profile, credentials } = found.value;
  // Another caller may have asked for a new one, which must stay.
  if (held.find(profile.name)?.credentials.accessKeyId === credentials.accessKeyId) held.expire(profile.name);
  const fresh = await sessions.credentials(name, { minLeftMs: 0, requester });
  return fresh.ok ? ask(fresh.value) : fresh;
}
