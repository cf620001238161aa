import type { Profile } from '../../src-main/contract/ui-state.ts';

/** Sessions that can be handed off come first; within both groups the order of the files stays. */
export function panelOrder(profiles: readonly Profile[]): readonly Profile[] {
  return [...profiles.filter(isHeld), ...profiles.filter((profile) => !isHeld(profile))];
}

function isHeld({ session }: Profile): boolean {
  return session.kind === 'active' || session.kind === 'expiring';
}
