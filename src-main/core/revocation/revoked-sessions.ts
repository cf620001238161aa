import type { Profile } from '../../contract/ui-state.ts';
import type { Principal } from './revocation.ts';
import { isLive } from '../sessions/session.ts';

/**
 * The profiles whose sessions a denial of a principal's sessions ends, and those whose sessions were
 * made from these: a policy on a user does not reach the roles that the user has assumed.
 */
export function revokedSessions(
  profiles: readonly Profile[],
  principal: Principal,
): { readonly ends: readonly Profile[]; readonly outlive: readonly Profile[] } {
  const ofPrincipal = profiles.filter(({ session }) => (isLive(session) || session.kind === 'expired') && isOf(session.identity.arn, principal));
  const names = new Set(ofPrincipal.map(({ name }) => name));
  const made: Profile[] = [];
  // A role may have been assumed from a role, so each round finds those of one link more.
  for (let found = madeFrom(); found.length > 0; found = madeFrom()) {
    made.push(...found);
    for (const { name } of found) names.add(name);
  }
  return { ends: live(ofPrincipal), outlive: live(made) };

  /** A session may have run out, or been let go of, before those that were made from it. */
  function madeFrom(): readonly Profile[] {
    return profiles.filter(
      ({ name, role, session }) => !names.has(name) && role !== null && names.has(role.sourceProfile) && !(isLive(session) && session.origin === 'code'),
    );
  }
}

function live(profiles: readonly Profile[]): readonly Profile[] {
  return profiles.filter(({ session }) => isLive(session));
}

/** Whether a caller is this user, or a session of this role: `assumed-role/NAME/SESSION`, without the role's path. */
function isOf(callerArn: string, { kind, arn, name, accountId }: Principal): boolean {
  if (kind === 'user') return callerArn === arn;
  const [, account, role] = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  return account === accountId && role === name;
}
