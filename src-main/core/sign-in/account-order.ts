import type { PortalAccount } from '../../contract/sign-in.ts';

type Named = Pick<PortalAccount, 'name' | 'accountId'>;

/** The order of names in lists: numbers by their value. */
export const inOrder = new Intl.Collator('en', { numeric: true }).compare;

/** The order in which accounts are listed. */
export function byName(one: Named, other: Named): number {
  return inOrder(one.name, other.name) || inOrder(one.accountId, other.accountId);
}
