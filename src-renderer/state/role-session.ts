import type { Settings } from '../../src-main/contract/settings.ts';
import type { Profile } from '../../src-main/contract/ui-state.ts';
import { outlastsChaining } from '../../src-main/core/sessions/session.ts';

/**
 * The length, in seconds, of a role session straight from the access key; null where it is not worth a
 * code. It is worth one when it is longer than AWS allows for a role session made from another session, and
 * when nothing but the access key comes before the role.
 */
export function directSeconds({ name, role }: Profile): number | null {
  if (role === null || role.withoutKey === true || role.sourceProfile !== role.userProfile || role.userProfile === name) return null;
  return outlastsChaining(role.durationSeconds) ? role.durationSeconds : null;
}

/** Limit, so that roles do not crowd out the menu. */
const consoleRolesMax = 5;

/** The role profiles through which a user profile can open the AWS console: favourites first, then the most recently used. */
export function consoleRoles(
  { name, role, foreign }: Profile,
  profiles: readonly Profile[],
  { favourites, recents }: Pick<Settings, 'favourites' | 'recents'>,
): readonly string[] {
  if (role !== null || foreign?.kind === 'identity-center') return [];
  const names = new Set(profiles.filter((profile) => profile.role?.userProfile === name).map((profile) => profile.name));
  const preferred = [...favourites, ...recents].filter((preferredName) => names.has(preferredName));
  return [...new Set([...preferred, ...names])].slice(0, consoleRolesMax);
}
