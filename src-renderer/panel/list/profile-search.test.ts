import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../src-main/contract/ui-state.ts';
import { galleryStates } from '../../gallery/states/gallery-states.ts';
import { findProfiles, searchIndex } from './profile-search.ts';

const { state } = galleryStates(0)['panel-roles'] ?? {};
if (state === undefined) throw new Error('the gallery has no role profiles');
const known = { ...state, settings: { profileAccounts: { staging: '123456789012' } } };
const index = searchIndex(known);
const nothing = { favourites: [], recents: [] };
const found = (typed: string) => findProfiles(known.profiles, index, typed, nothing).map(({ name }) => name);

describe('finding a profile', () => {
  it('a profile is found by parts of its name, its account ID, the alias of its account and its role', () => {
    expect(found('network-op')).toEqual(['network-operations']);
    expect(found('222233334444')).toContain('prod');
    expect(found('example-production')).toContain('prod');
    expect(found('deploy')).toContain('prod');
  });

  it('a search for profiles takes an account ID in groups, as it is shown', () => {
    expect(found('2222 3333 4444')).toEqual(found('222233334444'));
    expect(found('2222-3333')).toEqual(found('22223333'));
    expect(found('2222-3333-4444 dep')).toEqual(found('222233334444'));
  });

  it('a search for profiles wants every word, in any order and case', () => {
    expect(found('DEPLOY prod')).toEqual(['prod']);
    expect(found('prod nothing')).toEqual([]);
  });

  it('a search for profiles takes full-width letters and digits, which an input method may type', () => {
    expect(found('ｐｒｏｄ')).toEqual(found('prod'));
    expect(found('２２２２')).toEqual(found('2222'));
  });

  it('a search for profiles finds everything when nothing is typed', () => {
    expect(found(' ')).toEqual(known.profiles.map(({ name }) => name));
  });

  it('a search for profiles takes digits and dashes as they stand in a name too', () => {
    const dated = { ...(known.profiles[0] as Profile), name: 'prod-2024-01' };
    expect(findProfiles([dated], searchIndex({ ...known, profiles: [dated] }), '2024-01', nothing)).toEqual([dated]);
  });

  it('a search for profiles finds a user profile by the account of its last session', () => {
    const staging: Profile = {
      name: 'staging',
      region: null,
      mfaSerial: null,
      accessKey: 'files',
      foreign: null,
      role: null,
      installedAs: null,
      session: { kind: 'none' },
    };
    const withStaging = searchIndex({ ...known, profiles: [staging] });
    expect(findProfiles([staging], withStaging, '123456789012', nothing)).toEqual([staging]);
    expect(findProfiles([staging], withStaging, 'example-identities', nothing)).toEqual([staging]);
  });

  it('a search for profiles puts the name that was typed first, then names that begin with it, and of equals a live session', () => {
    const [some] = known.profiles as readonly [Profile];
    const session = galleryStates(0)['panel-active']?.state.profiles[0]?.session;
    const named = (name: string): Profile => ({ ...some, name });
    const live = (name: string): Profile => ({ ...named(name), session: session ?? { kind: 'none' } });
    const profiles = [named('undeploy'), named('deploy-old'), live('deploy-eu'), named('deploy'), named('deploy-us')];
    const names = (typed: string, recents: string[]) =>
      findProfiles(profiles, searchIndex({ ...known, profiles }), typed, { favourites: [], recents }).map(({ name }) => name);
    expect(names('deploy', [])).toEqual(['deploy', 'deploy-eu', 'deploy-old', 'deploy-us', 'undeploy']);
    expect(names('dep', ['deploy-us'])).toEqual(['deploy-eu', 'deploy-us', 'deploy-old', 'deploy', 'undeploy']);
  });
});
