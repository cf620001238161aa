import type { Settings } from '../../../src-main/contract/settings.ts';
import type { Account, Profile } from '../../../src-main/contract/ui-state.ts';
import { accountOf } from '../../../src-main/core/sessions/accounts.ts';
import { normal, wordsOf } from '../match/typed-words.ts';
import { isLive } from '../../../src-main/core/sessions/session.ts';

/** The words that each profile is found by, by the name of the profile. */
export type SearchIndex = ReadonlyMap<string, string>;

type Known = {
  readonly profiles: readonly Profile[];
  readonly accounts: Readonly<Record<string, Account>>;
  readonly settings: Pick<Settings, 'profileAccounts'>;
};

/** Built once for a state, so that a keystroke only compares. */
export function searchIndex({ profiles, accounts, settings }: Known): SearchIndex {
  return new Map(
    profiles.map((profile) => {
      const accountId = accountOf(profile, settings);
      const called = accountId === null ? null : (accounts[accountId]?.name ?? null);
      const words = [profile.name, accountId, called, profile.role?.roleName];
      return [profile.name, normal(words.filter((word) => word !== null && word !== undefined).join('\n'))];
    }),
  );
}

/** What puts one of two profiles that match equally well first. */
type Preferred = Pick<Settings, 'favourites' | 'recents'>;

/**
 * The profiles that match every word of what was typed, the best first: by how their name matches, then those with a
 * session, then favourites and what was used last. An account ID may be typed in groups.
 */
export function findProfiles(profiles: readonly Profile[], index: SearchIndex, typed: string, { favourites, recents }: Preferred): readonly Profile[] {
  const words = wordsOf(typed);
  // An account ID in groups, alone or before other words.
  const [, id = '', rest = ''] = /^([\d\s-]*\d)\s*(.*)$/.exec(words.join(' ')) ?? [];
  const digits = id.replaceAll(/\D/g, '');
  const grouped = digits === id ? [] : [digits, ...rest.split(' ')];
  const hasAll = (text: string, all: readonly string[]) => all.every((word) => text.includes(word));
  const known = [...favourites, ...recents];
  const places = ({ name, session }: Profile): readonly number[] => {
    const place = known.indexOf(name);
    return [nameRank(normal(name), words), isLive(session) ? 0 : 1, place < 0 ? known.length : place];
  };
  return profiles
    .filter(({ name }) => {
      const text = index.get(name) ?? '';
      return hasAll(text, words) || (grouped.length > 0 && hasAll(text, grouped));
    })
    .map((profile) => ({ profile, places: places(profile) }))
    .toSorted((one, other) => firstDifference(one.places, other.places))
    .map(({ profile }) => profile);
}

/** How well a name matches, 0 for best: it is a word, begins with one, has one inside, or matches by something else. */
function nameRank(name: string, words: readonly string[]): number {
  if (words.includes(name)) return 0;
  if (words.some((word) => name.startsWith(word))) return 1;
  return words.some((word) => name.includes(word)) ? 2 : 3;
}

function firstDifference(one: readonly number[], other: readonly number[]): number {
  return one.map((place, index) => place - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
