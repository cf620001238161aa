import type { AccountStatement } from '../../../contract/terraform-project.ts';

type Row = AccountStatement['outcomes'][number];

/** The accounts that providers reach, by their addresses; null, or no entry, where AWS has not said it. */
export type Accounts = ReadonlyMap<string, string | null>;

/** Which of a condition's rows the accounts choose. Where an account is not known, every row of it may be meant. */
function chosen({ providers, outcomes }: AccountStatement, accounts: Accounts): readonly Row[] {
  const wanted = providers.map((provider, index) => {
    const account = accounts.get(provider) ?? null;
    if (account === null) return undefined;
    return outcomes.some((row) => row.accounts[index] === account) ? account : null;
  });
  return outcomes.filter((row) => wanted.every((account, index) => account === undefined || row.accounts[index] === account));
}

/** What comes out of a condition for these accounts. */
export function outcomeFor(statement: AccountStatement, accounts: Accounts): Row['outcome'] {
  const found = new Set(chosen(statement, accounts).map(({ outcome }) => outcome));
  const [only = 'unknown'] = found;
  return found.size === 1 ? only : 'unknown';
}

/** The accounts of a provider for which the condition holds, while the others stay as they are; null stands for any that it does not name. */
export function accountsThatHold(statement: AccountStatement, provider: string, accounts: Accounts): readonly (string | null)[] {
  const at = statement.providers.indexOf(provider);
  const others = new Map(accounts).set(provider, null);
  const rows = chosen(statement, others).filter(({ outcome }) => outcome === 'holds');
  return [...new Set(rows.map((row) => row.accounts[at] ?? null))];
}

/** Whether another account of this provider would mend a condition that fails, or no other account of any provider would. */
export function isAtFault(statement: AccountStatement, provider: string, accounts: Accounts): boolean {
  const mends = (one: string): boolean => accountsThatHold(statement, one, accounts).length > 0;
  return mends(provider) || !statement.providers.some(mends);
}

/** The accounts that a condition names, for some of its providers: those for which it holds, if it does not hold for any other. */
export function namedBy(statement: AccountStatement, of: readonly string[] = statement.providers): readonly string[] {
  return of.flatMap((provider) => {
    const holding = accountsThatHold(statement, provider, new Map());
    return holding.includes(null) ? [] : holding.flatMap((account) => account ?? []);
  });
}
