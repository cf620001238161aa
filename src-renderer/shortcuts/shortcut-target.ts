import type { Profile } from '../../src-main/contract/ui-state.ts';
import { isLive, renewsItself } from '../../src-main/core/sessions/session.ts';
import type { ShortcutId } from './shortcuts.ts';

/** The shortcuts that do something with a profile. */
export type ProfileShortcut = Extract<ShortcutId, 'copy' | 'terminal' | 'renew' | 'end'>;

/** `acts: false`: the profile is only selected, so that a second press, which is seen to be meant for it, acts. */
export type ShortcutTarget = { readonly profile: Profile; readonly acts: boolean };

type Shown = {
  /** The profile whose card or row has the focus. */
  readonly selected: Profile | null;
  /** All that are shown, from top to bottom. */
  readonly shown: readonly Profile[];
  readonly isProduction: (profile: Profile) => boolean;
};

/**
 * What a shortcut is for: the selected profile, else the first one that it can do something with. It ends no session
 * that is not selected, since a slip would cost it, and opens nothing into production unseen.
 */
export function shortcutTarget(id: ProfileShortcut, { selected, shown, isProduction }: Shown): ShortcutTarget | null {
  if (selected !== null) return applies(id, selected, shown) ? { profile: selected, acts: true } : null;
  const first = shown.find((profile) => applies(id, profile, shown));
  return first === undefined || id === 'end' ? null : { profile: first, acts: !isProduction(first) };
}

function applies(id: ProfileShortcut, profile: Profile, all: readonly Profile[]): boolean {
  if (id === 'renew') return profile.session.kind !== 'starting' && !renewsItself(profile, all);
  return isLive(profile.session);
}
