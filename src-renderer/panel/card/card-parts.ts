import type { ReactNode } from 'react';
import type { Account, Profile } from '../../../src-main/contract/ui-state.ts';

/** What every card has, whatever its session is. */
export type CardParts = {
  readonly profile: Profile;
  /** Of its session; null while it has none. */
  readonly account: Account | null;
  readonly heading: ReactNode;
  /** The button that opens the card's menu, for the end of the card's first line. */
  readonly more: ReactNode;
};
