import type { AskedAction } from '../../contract/question.ts';
import type { AccountMarks, KnownAccount } from '../../contract/settings.ts';

/** What marks would take away from an account of production, of which a person types the name before anything goes there; null where they take nothing. */
export function lostProtection({ production, name }: Omit<AccountMarks, 'accountId'>, account: Omit<KnownAccount, 'color'>): AskedAction | null {
  if (!account.production) return null;
  if (production === false) return { verb: 'unmark-production' };
  if (name === undefined) return null;
  const called = name ?? account.alias;
  return called === (account.name ?? account.alias) ? null : { verb: 'rename-production', name: called };
}
