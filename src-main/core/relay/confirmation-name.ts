import type { Account } from '../../contract/ui-state.ts';

/** What the user types to allow a production account: its alias, or without one its ID. */
export function confirmationName({ alias, accountId }: Pick<Account, 'alias' | 'accountId'>): string {
  return alias ?? accountId;
}
