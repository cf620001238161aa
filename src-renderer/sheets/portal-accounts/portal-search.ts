import type { PortalAccount } from '../../../src-main/contract/sign-in.ts';

/** A permission set of an account, as somebody chose it. */
export type ChosenRole = { readonly accountId: string; readonly roleName: string };

export function isChosen(chosen: readonly ChosenRole[], { accountId, roleName }: ChosenRole): boolean {
  return chosen.some((each) => each.accountId === accountId && each.roleName === roleName);
}

/** The choice with the role in it where it was not, and without it where it was. */
export function toggled(chosen: readonly ChosenRole[], role: ChosenRole): readonly ChosenRole[] {
  if (!isChosen(chosen, role)) return [...chosen, role];
  return chosen.filter((each) => each.accountId !== role.accountId || each.roleName !== role.roleName);
}

/**
 * The accounts in which every word of what was typed is found: in the account, which then has all its roles, or in
 * a role, and then the account has only the roles in which the rest is found.
 */
export function findAccounts(accounts: readonly PortalAccount[], typed: string): readonly PortalAccount[] {
  const words = normal(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return accounts;
  return accounts.flatMap((account) => {
    const called = normal(`${account.name}\n${account.accountId}\n${account.email}`);
    const rest = words.filter((word) => !called.includes(word));
    if (rest.length === 0) return [account];
    const roles = account.roles.filter((role) => rest.every((word) => normal(role).includes(word)));
    return roles.length === 0 ? [] : [{ ...account, roles }];
  });
}

/** Full-width input matches too. */
function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
