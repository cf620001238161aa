import type { Settings } from '../../../src-main/contract/settings.ts';
import type { Profile } from '../../../src-main/contract/ui-state.ts';
import { isLive } from '../../../src-main/core/sessions/session.ts';

/** What the panel shows, from top to bottom. */
export type PanelOrder = {
  /** Sessions, and profiles that need the user. Sessions that can be handed off come first. */
  readonly cards: readonly Profile[];
  /** Everything else, in groups that are never empty. */
  readonly groups: readonly ProfileGroup[];
};

export type ProfileGroup = { readonly kind: 'favourites' | 'recents' | 'others'; readonly profiles: readonly Profile[] };

/** Each profile appears once. Favourites come in the order in which they were added, recents by their last use, all others as in the files. */
export function panelOrder(profiles: readonly Profile[], { favourites, recents }: Pick<Settings, 'favourites' | 'recents'>): PanelOrder {
  const live = ({ session }: Profile) => isLive(session);
  const busy = profiles.filter(({ session }) => session.kind !== 'none');
  const idle = new Map(profiles.filter(({ session }) => session.kind === 'none').map((profile) => [profile.name, profile]));
  const take = (names: readonly string[]): readonly Profile[] =>
    names.flatMap((name) => {
      const profile = idle.get(name);
      idle.delete(name);
      return profile === undefined ? [] : [profile];
    });
  const groups: readonly ProfileGroup[] = [
    { kind: 'favourites', profiles: take(favourites) },
    { kind: 'recents', profiles: take(recents) },
    { kind: 'others', profiles: [...idle.values()] },
  ];
  return {
    cards: [...busy.filter(live), ...busy.filter((profile) => !live(profile))],
    groups: groups.filter((group) => group.profiles.length > 0),
  };
}
