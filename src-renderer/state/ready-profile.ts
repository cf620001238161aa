import type { Profile, UiState } from '../../src-main/contract/ui-state.ts';
import { isLive } from '../../src-main/core/sessions/session.ts';

/** The profile that the steps after a session are for, the one that was signed in last; null once the user closed them. */
export function readyProfile({ profiles, settings }: Pick<UiState, 'profiles' | 'settings'>): Profile | null {
  if (settings.readyClosed) return null;
  const live = profiles.filter(({ session }) => isLive(session));
  const [last] = settings.recents;
  return live.find(({ name }) => name === last) ?? live[0] ?? null;
}
