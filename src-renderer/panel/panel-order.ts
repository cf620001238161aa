import type { Profile } from '../../src-main/contract/ui-state.ts';
import { isLive } from '../state/role-session.ts';

/** Sessions that can be handed off come first; within both groups the order of the files stays. */
export function panelOrder(profiles: readonly Profile[]): readonly Profile[] {
  const live = ({ session }: Profile) => isLive(session);
  return [...profiles.filter(live), ...profiles.filter((profile) => !live(profile))];
}
