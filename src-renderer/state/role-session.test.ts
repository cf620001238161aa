import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src-main/contract/ui-state.ts';
import { galleryStates } from '../gallery/states/gallery-states.ts';
import { consoleRoles, directSeconds } from './role-session.ts';

function profilesOf(state: string): readonly Profile[] {
  return galleryStates(0)[state]?.state.profiles ?? [];
}

function named(state: string, name: string): Profile {
  const profile = profilesOf(state).find((entry) => entry.name === name);
  if (profile === undefined) throw new Error(`${state} has no ${name}`);
  return profile;
}

describe('a role session', () => {
  it('a role session is offered straight from the access key when that makes it last longer', () => {
    const long = named('panel-roles', 'network-operations');
    expect(directSeconds(long)).toBe(14_400);
    expect(directSeconds(named('panel-roles', 'prod'))).toBeNull();
    expect(directSeconds(named('panel-roles', 'default'))).toBeNull();
  });

  it('a role session is not offered so behind another role, which AWS limits to an hour', () => {
    const { role, ...profile } = named('panel-roles', 'network-operations');
    if (role === null) throw new Error('it is a role profile');
    expect(directSeconds({ ...profile, role: { ...role, sourceProfile: 'prod' } })).toBeNull();
  });
});

describe('the AWS console', () => {
  const profiles = profilesOf('panel-roles-live');
  const inNoOrder = { favourites: [], recents: [] };

  it('the AWS console can be opened as the roles of a user profile, and not from a role profile as others', () => {
    expect(consoleRoles(named('panel-roles-live', 'default'), profiles, inNoOrder)).toEqual(['prod', 'network-operations', 'audit']);
    expect(consoleRoles(named('panel-roles-live', 'prod'), profiles, inNoOrder)).toEqual([]);
    expect(consoleRoles(named('panel-active', 'default'), profilesOf('panel-active'), inNoOrder)).toEqual([]);
  });

  it('the AWS console is offered as five roles at most, favourites and the latest first', () => {
    const prod = named('panel-roles-live', 'prod');
    const many = [...profiles, ...Array.from({ length: 20 }, (_, index) => ({ ...prod, name: `team-${index}` }))];
    const order = { favourites: ['team-7', 'default'], recents: ['audit', 'team-7', 'gone'] };
    expect(consoleRoles(named('panel-roles-live', 'default'), many, order)).toEqual(['team-7', 'audit', 'prod', 'network-operations', 'team-0']);
  });
});
