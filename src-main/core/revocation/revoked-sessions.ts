import type { Settings } from '../../contract/settings.ts';
import type { HeldSession, Profile } from '../../contract/ui-state.ts';
import { principalOf, type Principal } from './revocation.ts';
import { isLive } from '../sessions/session.ts';

/**
 * What happens when a principal's sessions are denied. `ends`: the profiles whose sessions end.
 * `outlive`: the profiles whose sessions were made from those, because a policy on a user does not reach
 * the roles that the user has assumed.
 */
export function revokedSessions(
  profiles: readonly Profile[],
  principal: Principal,
): { readonly ends: readonly Profile[]; readonly outlive: readonly Profile[] } {
  const ofPrincipal = profiles.filter(({ session }) => (isLive(session) || session.kind === 'expired') && isOf(session.identity.arn, principal));
  const names = new Set(ofPrincipal.map(({ name }) => name));
  const made: Profile[] = [];
  // A role may have been assumed from another role, so each round follows the chain by one more link.
  for (let found = madeFrom(); found.length > 0; found = madeFrom()) {
    made.push(...found);
    for (const { name } of found) names.add(name);
  }
  return { ends: live(ofPrincipal), outlive: live(made) };

  /** A session may have run out, or been dropped, before the sessions that were made from it. */
  function madeFrom(): readonly Profile[] {
    return profiles.filter(
      ({ name, role, session }) => !names.has(name) && role !== null && names.has(role.sourceProfile) && !(isLive(session) && session.origin === 'code'),
    );
  }
}

/** Whether a session was issued before one of these revocations of its user or role. */
export function isRevoked({ identity, issuedAt }: Pick<HeldSession, 'identity' | 'issuedAt'>, revocations: Settings['revocations']): boolean {
  return Object.entries(revocations).some(([arn, { issuedBefore }]) => {
    const principal = principalOf(arn);
    return principal !== null && issuedAt < issuedBefore && isOf(identity.arn, principal);
  });
}

/** Whether a key that a source outside the app gives is one of a session that was revoked. */
export function isRevokedKey(accessKeyId: string, revocations: Settings['revocations']): boolean {
  return Object.values(revocations).some(({ foreignKeys }) => foreignKeys?.includes(accessKeyId) === true);
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
