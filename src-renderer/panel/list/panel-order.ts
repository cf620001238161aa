import type { Settings } from '../../../src-main/contract/settings.ts';
import type { Profile } from '../../../src-main/contract/ui-state.ts';
import { isLive } from '../../../src-main/core/sessions/session.ts';

/** What the panel shows, from top to bottom. */
export type PanelOrder = {
  /** The sessions, and those that have run out. Sessions that can be handed off come first. */
  readonly cards: readonly PanelCard[];
  /** The profiles without a session that come before the projects. */
  readonly first: readonly ProfileGroup[];
  /** All others. */
  readonly rest: readonly ProfileGroup[];
};

/** `below`: it stands under the card of the profile that its session is made from. */
export type PanelCard = { readonly profile: Profile; readonly below: boolean };

/** Never empty. */
export type ProfileGroup = { readonly kind: 'favourites' | 'recents' | 'others'; readonly profiles: readonly Profile[] };

/** So many rows leave room for the projects below them. */
const allFirst = 6;
/** Of more profiles these come first: favourites and recents up to the one number, else the other. */
const preferredFirst = 12;
const othersFirst = 3;

/** Whether a profile has a card; all others are rows of the list, also while their session starts and when it did not. */
export function hasCard({ session }: Pick<Profile, 'session'>): boolean {
  return isLive(session) || session.kind === 'expired';
}

/** Each profile appears once. Favourites come in the order in which they were added, recents by their last use, all others as in the files. */
export function panelOrder(profiles: readonly Profile[], { favourites, recents }: Pick<Settings, 'favourites' | 'recents'>): PanelOrder {
  const cards = inFamilies(profiles.filter(hasCard));
  const idle = profiles.filter((profile) => !hasCard(profile));
  const taken = new Set<string>();
  const take = (names: readonly string[]): readonly Profile[] =>
    names.flatMap((name) => {
      const profile = taken.has(name) ? undefined : idle.find((each) => each.name === name);
      taken.add(name);
      return profile === undefined ? [] : [profile];
    });
  const preferred: readonly ProfileGroup[] = [
    { kind: 'favourites', profiles: take(favourites) },
    { kind: 'recents', profiles: take(recents) },
  ];
  const groups: readonly ProfileGroup[] = [...preferred, { kind: 'others', profiles: idle.filter(({ name }) => !taken.has(name)) }];
  const known = rowsOf(preferred);
  const few = rowsOf(groups) <= allFirst;
  const count = few ? allFirst : known > 0 || cards.length > 0 ? Math.min(known, preferredFirst) : othersFirst;
  return { cards, ...split(groups, count) };
}

function rowsOf(groups: readonly ProfileGroup[]): number {
  return groups.reduce((sum, { profiles }) => sum + profiles.length, 0);
}

/** A family is a profile with the roles whose sessions come from its own. Families with a live session come first. */
function inFamilies(profiles: readonly Profile[]): readonly PanelCard[] {
  const names = new Set(profiles.map(({ name }) => name));
  const sourceOf = ({ name, role }: Profile) => (role !== null && role.userProfile !== name && names.has(role.userProfile) ? role.userProfile : null);
  const families = profiles
    .filter((profile) => sourceOf(profile) === null)
    .map((profile) => {
      const below = profiles.filter((other) => sourceOf(other) === profile.name);
      return [{ profile, below: false }, ...liveFirst(below, ({ session }) => isLive(session)).map((role) => ({ profile: role, below: true }))];
    });
  return liveFirst(families, (family) => family.some(({ profile }) => isLive(profile.session))).flat();
}

function liveFirst<T>(all: readonly T[], live: (one: T) => boolean): readonly T[] {
  return [...all.filter(live), ...all.filter((one) => !live(one))];
}

/** The first rows, and the rest. */
function split(groups: readonly ProfileGroup[], count: number): Pick<PanelOrder, 'first' | 'rest'> {
  const part = (choose: (profiles: readonly Profile[], left: number) => readonly Profile[]) => {
    let left = count;
    return groups.flatMap(({ kind, profiles }) => {
      const chosen = choose(profiles, left);
      left = Math.max(0, left - profiles.length);
      return chosen.length === 0 ? [] : [{ kind, profiles: chosen }];
    });
  };
  return { first: part((profiles, left) => profiles.slice(0, left)), rest: part((profiles, left) => profiles.slice(left)) };
}
