import type { Account, UiState } from '../../contract/ui-state.ts';
import { reachedBy } from './accounts.ts';
import { recognisedName } from './listed-accounts.ts';
import { isLive } from './session.ts';

/** Says production, in a word or a part of one; `nonprod` and `preprod` say the opposite, and `product` and `olive` nothing. */
const saysProduction = /(?<!(?:non|not|pre)[-_. ]?)(?:prod(?!uct(?!ion))|prd)|(?<![a-z])live(?![a-z])|本番/i;

/** An account to ask about, and what it is called. */
export type LikelyProduction = { readonly account: Account; readonly name: string };

type Sources = Pick<UiState, 'profiles' | 'checks' | 'accounts' | 'settings'>;

/**
 * The one account to ask about next: whether it is production. Its name, its alias, or that of the one profile that leads
 * there says so, it has a session or a project that reaches it, and nobody has said yet what it is. Null where there is none.
 */
export function likelyProduction(state: Sources): LikelyProduction | null {
  const { profiles, checks, accounts, settings } = state;
  const inUse = new Set([
    ...profiles.flatMap(({ session }) => (isLive(session) ? [session.identity.accountId] : [])),
    ...Object.values(checks).flatMap((check) => reachedBy(check)),
  ]);
  for (const accountId of inUse) {
    const account = accounts[accountId];
    if (account === undefined || account.production || settings.productionSaid.includes(accountId)) continue;
    const name = recognisedName(accountId, { profiles, settings });
    if (name !== null && saysProduction.test(name)) return { account, name };
  }
  return null;
}
