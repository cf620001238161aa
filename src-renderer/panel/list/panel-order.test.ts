import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../src-main/contract/ui-state.ts';
import { galleryStates } from '../../gallery/states/gallery-states.ts';
import { panelOrder } from './panel-order.ts';

const nothing = { favourites: [], recents: [] };
const profiles = galleryStates(0)['panel-sessions']?.state.profiles ?? [];

function idle(name: string): Profile {
  return { name, region: null, mfaSerial: null, accessKey: 'files', foreign: null, role: null, installedAs: null, session: { kind: 'none' } };
}

describe('the order of the panel', () => {
  it('the order of the panel puts sessions that can be handed off first, then what needs the user', () => {
    const { cards } = panelOrder(profiles.toReversed(), nothing);
    expect(cards.map(({ session }) => session.kind)).toEqual(['expiring', 'active', 'starting', 'awaiting-mfa']);
  });

  it('the order of the panel lists each other profile once: favourites, what was used last, and the rest as in the files', () => {
    const settings = { favourites: ['c', 'gone', 'a'], recents: ['a', 'd'] };
    const { groups } = panelOrder(['a', 'b', 'c', 'd', 'e'].map(idle), settings);
    expect(groups.map(({ kind, profiles: listed }) => [kind, listed.map(({ name }) => name)])).toEqual([
      ['favourites', ['c', 'a']],
      ['recents', ['d']],
      ['others', ['b', 'e']],
    ]);
  });

  it('the order of the panel has no group that would be empty', () => {
    expect(panelOrder([idle('a')], nothing).groups.map(({ kind }) => kind)).toEqual(['others']);
  });
});
