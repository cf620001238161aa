import type { CommandRequest } from '../../src-main/contract/ipc.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import type { Profile } from '../../src-main/contract/ui-state.ts';

/** AWS lets a role session that was made from another session last no longer, in seconds (IAM user guide, role chaining). */
const chainedSecondsMax = 3600;

/**
 * The user profile whose session renews this role session without the user; null when the session is
 * none of those, or its user profile has no session any more.
 */
export function renewedBy({ role, session }: Profile, profiles: readonly Profile[]): string | null {
  if (role === null || !isLive(session) || session.origin === 'code') return null;
  const user = profiles.find(({ name }) => name === role.userProfile);
  return user !== undefined && isLive(user.session) ? user.name : null;
}

/**
 * The length, in seconds, of a role session straight from the access key, where that is worth a code:
 * for more than AWS gives out of another session, and with nothing but the access key before the role.
 */
export function directSeconds({ name, role }: Profile): number | null {
  if (role === null || role.sourceProfile !== role.userProfile || role.userProfile === name) return null;
  return lastsLonger(role.durationSeconds) ? role.durationSeconds : null;
}

/** Longer than a role session that is made from another session. */
export function lastsLonger(durationSeconds: number): boolean {
  return durationSeconds > chainedSecondsMax;
}

/** As many as a menu can offer without being about nothing else. */
const consoleRolesMax = 5;

/** The role profiles as which a user profile can open the AWS console: favourites first, then those that were used last. */
export function consoleRoles(
  { name, role }: Profile,
  profiles: readonly Profile[],
  { favourites, recents }: Pick<Settings, 'favourites' | 'recents'>,
): readonly string[] {
  if (role !== null) return [];
  const names = new Set(profiles.filter((profile) => profile.role?.userProfile === name).map((profile) => profile.name));
  const preferred = [...favourites, ...recents].filter((preferredName) => names.has(preferredName));
  return [...new Set([...preferred, ...names])].slice(0, consoleRolesMax);
}

/** Starts or renews a session in the way in which it was made: straight from the access key, when it came from there. */
export function sessionRequest({ name, role, session }: Profile): CommandRequest<'requestSession'> {
  const madeWithCode = isLive(session) ? session.origin === 'code' : session.kind === 'expired' || session.kind === 'awaiting-mfa';
  return role !== null && madeWithCode ? { profile: name, fromAccessKey: true } : { profile: name };
}

type LiveSession = Extract<Profile['session'], { kind: 'active' | 'expiring' }>;

/** A session that can be handed off. */
export function isLive(session: Profile['session']): session is LiveSession {
  return session.kind === 'active' || session.kind === 'expiring';
}
