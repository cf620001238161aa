import type { Account } from '../../contract/ui-state.ts';

/** What the user types to allow a production account: the account's name, or without one its ID. */
export function confirmationName({ name, accountId }: Pick<Account, 'name' | 'accountId'>): string {
  return name ?? accountId;
}
