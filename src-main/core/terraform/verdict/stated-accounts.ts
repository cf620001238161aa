import type { ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { isForAll, isRightFor, isSpokenOf, namedAccounts } from './verdict.ts';

/**
 * The accounts that a project's files say are meant for a whole run. The relay sees which account is
 * reached, and not by which provider. So of those that are named only the ones count that are right for
 * every provider that is not placed: known to reach an account that is meant for it. Otherwise one
 * provider could go where another one is meant to go. What is no account's ID says nothing.
 */
export function statedAccounts(reading: ProjectReading, isPlaced: (address: string) => boolean): readonly string[] {
  const named = namedAccounts(reading, []).filter((id) => /^\d{12}$/.test(id));
  const forAll = new Set(namedAccounts(reading, [], isForAll));
  const isRight = (id: string, provider: ProviderConfiguration): boolean =>
    isSpokenOf(provider, reading) ? isRightFor(id, provider, reading) : named.every((one) => forAll.has(one));
  const unplaced = reading.providers.filter(({ address, use }) => use !== 'nothing' && !isPlaced(address));
  // Of the providers in a module that was not read nothing is said.
  const isHidden = reading.unreadModules.length > 0 && !named.every((id) => forAll.has(id));
  return isHidden ? [] : named.filter((id) => unplaced.every((provider) => isRight(id, provider)));
}
