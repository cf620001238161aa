import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../src-main/contract/ui-state.ts';
import { galleryStates } from '../../gallery/states/gallery-states.ts';
import { panelOrder, type ProfileGroup } from './panel-order.ts';

const nothing = { favourites: [], recents: [] };
const profilesOf = (state: string) => galleryStates(0)[state]?.state.profiles ?? [];
const namesIn = (groups: readonly ProfileGroup[]) => groups.map(({ kind, profiles }) => [kind, profiles.map(({ name }) => name)]);

function idle(name: string): Profile {
  return { name, region: null, mfaSerial: null, accessKey: 'files', foreign: null, role: null, installedAs: null, session: { kind: 'none' } };
}

describe('the order of the panel', () => {
  it('the order of the panel puts sessions that can be handed off before those that have run out', () => {
    const { cards } = panelOrder(profilesOf('panel-ended').concat(profilesOf('panel-active').slice(0, 1)), nothing);
    expect(cards.map(({ profile }) => profile.session.kind)).toEqual(['active', 'expired', 'expired']);
  });

  it('the order of the panel puts a role below the profile that its session is made from, and one without it on its own', () => {
    const profiles = profilesOf('panel-roles-ended');
    const places = (all: readonly Profile[]) => panelOrder(all, nothing).cards.map(({ profile, below }) => [profile.name, below]);
    expect(places(profiles.toReversed())).toEqual([
      ['default', false],
      ['prod', true],
      ['network-operations', true],
    ]);
    expect(places(profiles.filter(({ name }) => name !== 'default'))).toEqual([
      ['prod', false],
      ['network-operations', false],
    ]);
  });

  it('the order of the panel leaves a profile in its row while its session starts, and when it was refused', () => {
    const { first } = panelOrder(profilesOf('panel-roles-ended'), nothing);
    expect(namesIn(first)).toEqual([['others', ['audit', 'billing']]]);
  });

  it('the order of the panel lists each other profile once: favourites, what was used last, and the rest as in the files', () => {
    const settings = { favourites: ['c', 'gone', 'a'], recents: ['a', 'd'] };
    const { first, rest } = panelOrder(['a', 'b', 'c', 'd', 'e'].map(idle), settings);
    expect(namesIn(first)).toEqual([
      ['favourites', ['c', 'a']],
      ['recents', ['d']],
      ['others', ['b', 'e']],
    ]);
    expect(rest).toEqual([]);
  });

  it('the order of the panel puts of many profiles only those before the projects that the user prefers, or a few', () => {
    const many = Array.from({ length: 40 }, (_, index) => idle(`team-${index}`));
    const preferred = panelOrder(many, { favourites: ['team-7'], recents: ['team-3'] });
    expect(namesIn(preferred.first)).toEqual([
      ['favourites', ['team-7']],
      ['recents', ['team-3']],
    ]);
    expect(preferred.rest.map(({ profiles }) => profiles.length)).toEqual([38]);
    expect(namesIn(panelOrder(many, nothing).first)).toEqual([['others', ['team-0', 'team-1', 'team-2']]]);
    expect(panelOrder([...many, ...profilesOf('panel-active').slice(0, 1)], nothing).first).toEqual([]);
  });

  it('the order of the panel has no group that would be empty', () => {
    expect(panelOrder([idle('a')], nothing).first.map(({ kind }) => kind)).toEqual(['others']);
  });
});
