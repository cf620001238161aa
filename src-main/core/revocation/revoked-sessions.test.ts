import { describe, expect, it } from 'vitest';
import type { Profile, SessionState } from '../../contract/ui-state.ts';
import { principalOf, type Principal } from './revocation.ts';
import { isRevoked, revokedSessions } from './revoked-sessions.ts';
import { held, heldRole, profileWith, roleProfileWith } from '../../../testing/samples/sample-state.ts';

function principal(arn: string): Principal {
  const found = principalOf(arn);
  if (found === null) throw new Error(`no principal: ${arn}`);
  return found;
}

const alice = principal('arn:aws:iam::111111111111:user/alice');
const session = (arn: string, origin: 'code' | 'session' = 'code'): SessionState => ({ kind: 'active', ...held, origin, identity: { ...held.identity, arn } });
const base = (name = 'default', arn: string = alice.arn) => profileWith(session(arn), name);

/** A role profile of account B: `role` is made from the session of `source`, unless it took a code. */
function role(name: string, source: string, state: SessionState = session(`arn:aws:sts::222222222222:assumed-role/${name}/alice`, 'session')): Profile {
  const profile = roleProfileWith(state, name);
  return {
    ...profile,
    role: profile.role === null ? null : { ...profile.role, roleName: name, roleArn: `arn:aws:iam::222222222222:role/${name}`, sourceProfile: source },
  };
}

function revoked(profiles: readonly Profile[], of: Principal) {
  const { ends, outlive } = revokedSessions(profiles, of);
  return { ends: ends.map(({ name }) => name), outlive: outlive.map(({ name }) => name) };
}

describe('a denial of a user’s sessions', () => {
  it('a denial of a user’s sessions ends those of all profiles of that user, and of no other', () => {
    const profiles = [
      base(),
      base('same-user'),
      base('bob', 'arn:aws:iam::111111111111:user/bob'),
      base('namesake', 'arn:aws:iam::222222222222:user/alice'),
      profileWith({ kind: 'none' }, 'idle'),
    ];
    expect(revoked(profiles, alice)).toEqual({ ends: ['default', 'same-user'], outlive: [] });
  });

  it('a denial of a user’s sessions tells users with a path apart', () => {
    const platform = 'arn:aws:iam::111111111111:user/platform/alice';
    expect(revoked([base(), base('platform', platform)], principal(platform))).toEqual({ ends: ['platform'], outlive: [] });
  });

  it('a denial of a user’s sessions leaves the role sessions that were made from them, those at the end of a chain too', () => {
    const profiles = [role('audit', 'deploy'), role('deploy', 'default'), base(), role('foreign', 'bob'), base('bob', 'arn:aws:iam::111111111111:user/bob')];
    expect(revoked(profiles, alice)).toEqual({ ends: ['default'], outlive: ['deploy', 'audit'] });
  });

  it('a denial of a user’s sessions leaves a role session although the session that it was made from is over', () => {
    const expired: SessionState = { kind: 'expired', identity: held.identity, expiredAt: held.expiresAt };
    expect(revoked([profileWith(expired), role('deploy', 'default')], alice)).toEqual({ ends: [], outlive: ['deploy'] });
    expect(revoked([base(), role('deploy', 'default', { kind: 'none' }), role('audit', 'deploy')], alice)).toEqual({ ends: ['default'], outlive: ['audit'] });
  });

  it('a denial of a user’s sessions leaves one that was made straight from the access key, and what was made from that', () => {
    const direct: SessionState = { kind: 'active', ...heldRole, origin: 'code' };
    expect(revoked([base(), role('deploy', 'default', direct), role('audit', 'deploy')], alice)).toEqual({ ends: ['default'], outlive: [] });
  });

  it('a denial of a user’s sessions comes to an end where profiles name each other', () => {
    expect(revoked([base(), role('one', 'two'), role('two', 'one')], alice)).toEqual({ ends: ['default'], outlive: [] });
  });
});

describe('a denial of a role’s sessions', () => {
  it('a denial of a role’s sessions ends those of every profile, whatever the role’s path and the session’s name', () => {
    const deploy = principal('arn:aws:iam::222222222222:role/platform/deploy');
    const profiles = [
      base(),
      role('deploy', 'default'),
      role('again', 'default', session('arn:aws:sts::222222222222:assumed-role/deploy/somebody')),
      role('deploy2', 'default'),
      role('elsewhere', 'default', session('arn:aws:sts::333333333333:assumed-role/deploy/alice')),
    ];
    expect(revoked(profiles, deploy)).toEqual({ ends: ['deploy', 'again'], outlive: [] });
  });

  it('a denial of a role’s sessions leaves the sessions that were made from them', () => {
    expect(revoked([base(), role('deploy', 'default'), role('audit', 'deploy')], principal('arn:aws:iam::222222222222:role/deploy'))).toEqual({
      ends: ['deploy'],
      outlive: ['audit'],
    });
  });
});

it('a session is revoked when it was issued before the revocation of its own user, or of its own role', () => {
  const [ofAlice, ofDeploy] = ['arn:aws:iam::111111111111:user/alice', 'arn:aws:iam::222222222222:role/team/deploy'];
  const revocation = { profile: 'default', policyName: 'sts-tray', issuedBefore: 1000, neededUntil: 2000 };
  const issued = (arn: string, issuedAt: number) => ({ identity: { accountId: arn.split(':')[4] ?? '', accountAlias: null, arn, userName: '' }, issuedAt });
  const deploying = 'arn:aws:sts::222222222222:assumed-role/deploy/alice';
  expect(isRevoked(issued(ofAlice, 999), { [ofAlice]: revocation })).toBe(true);
  expect(isRevoked(issued(ofAlice, 1000), { [ofAlice]: revocation })).toBe(false);
  expect(isRevoked(issued(`${ofAlice}2`, 999), { [ofAlice]: revocation })).toBe(false);
  expect(isRevoked(issued(deploying, 999), { [ofDeploy]: revocation })).toBe(true);
  expect(isRevoked(issued(deploying, 999), { [ofAlice]: revocation })).toBe(false);
  expect(isRevoked(issued(ofAlice, 999), {})).toBe(false);
});
