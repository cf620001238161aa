import type { ReactNode } from 'react';
import type { Account, Profile } from '../../../src-main/contract/ui-state.ts';

/** What every card has, whatever the state of its session. */
export type CardParts = {
  readonly profile: Profile;
  /** The account of its session; null while it has none. */
  readonly account: Account | null;
  readonly heading: ReactNode;
  /** The button that opens the card's menu, at the end of the card's first line. */
  readonly more: ReactNode;
};
