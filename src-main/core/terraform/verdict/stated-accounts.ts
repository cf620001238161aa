import type { ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { isForAll, isRightFor, isSpokenOf, namedAccounts } from './verdict.ts';

/**
 * The accounts that a project's files say are meant for a whole run. The relay sees which account is
 * reached, and not by which provider. So of those that are named only the ones count that are right for
 * every provider that is not placed: known to reach an account that is meant for it. Otherwise one
 * provider could go where another one is meant to go. What is no account's ID says nothing.
 */
export function statedAccounts(reading: ProjectReading, isPlaced: (address: string) => boolean): readonly string[] {
  const isRight = rightAccounts(reading);
  const unplaced = reading.providers.filter(({ address, use }) => use !== 'nothing' && !isPlaced(address));
  // Of the providers in a module that was not read nothing is said.
  const isHidden = reading.unreadModules.length > 0 && !isForAllThatIsNamed(reading);
  return isHidden ? [] : namedIn(reading).filter((id) => unplaced.every((provider) => isRight(id, provider)));
}

/**
 * The accounts that the files say are meant for a provider that is not placed; null where they do not say it of
 * each. A folder may be bound to more of them, for the sake of the providers that are placed.
 */
export function accountsOfUndecided(reading: ProjectReading, isPlaced: (address: string) => boolean): readonly string[] | null {
  const undecided = reading.providers.filter(({ address, use }) => use !== 'nothing' && !isPlaced(address));
  const right = undecided.map((provider) => namedIn(reading, (address) => address === provider.address).filter((id) => isRightFor(id, provider, reading)));
  const isSaidOfAll = right.length > 0 && right.every((ids) => ids.length > 0) && reading.unreadModules.length === 0;
  return isSaidOfAll ? [...new Set(right.flat())] : null;
}

/** Whether an account is right for a provider, according to what is said of that provider or of all of them. */
export function rightAccounts(reading: ProjectReading): (id: string, provider: ProviderConfiguration) => boolean {
  const [named, isForAllNamed] = [new Set(namedIn(reading)), isForAllThatIsNamed(reading)];
  return (id, provider) => (isSpokenOf(provider, reading) || (named.has(id) && isForAllNamed)) && isRightFor(id, provider, reading);
}

function namedIn(reading: ProjectReading, isOf?: (address: string) => boolean): readonly string[] {
  return namedAccounts(reading, [], isOf).filter((id) => /^\d{12}$/.test(id));
}

function isForAllThatIsNamed(reading: ProjectReading): boolean {
  const forAll = new Set(namedAccounts(reading, [], isForAll));
  return namedIn(reading).every((id) => forAll.has(id));
}
