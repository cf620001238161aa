import type { ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { isForAll, isRightFor, isSpokenOf, namedAccounts } from './verdict.ts';

type IsPlaced = (address: string) => boolean;

/**
 * The accounts that a project's files say are meant for a whole run. The relay sees which account is
 * reached, and not by which provider. So of those that are named only the ones count that are right for
 * every provider that is not placed, known to reach an account that is meant for it, or that the AWS
 * provider itself keeps it from. Otherwise one provider could go where another one is meant to go. What is no
 * account's ID says nothing.
 */
export function statedAccounts(reading: ProjectReading, isPlaced: IsPlaced): readonly string[] {
  return statedTo(undecidedIn(reading, isPlaced), reading, isKeptFrom);
}

/**
 * The accounts that the files say are meant for a provider that is not placed, and that no other of these could
 * reach by mistake; null where the files do not say it of each. A folder may be bound to more accounts, for the
 * sake of the providers that are placed.
 */
export function accountsOfUndecided(reading: ProjectReading, isPlaced: IsPlaced): readonly string[] | null {
  const said = saidOfEach(undecidedIn(reading, isPlaced), reading);
  if (said === null) return null;
  return unionOf(said).filter((id) => said.every(({ provider, accountIds }) => accountIds.has(id) || isKeptFrom(provider, id)));
}

/**
 * Both for a program that may do anything with the project: it may go to any account that it is let into, and no
 * provider keeps it from one. What a folder is bound to is meant for it as a whole.
 */
export function saidToAnyProgram(reading: ProjectReading): { readonly stated: readonly string[]; readonly undecided: readonly string[] | null } {
  const all = undecidedIn(reading, () => false);
  const said = saidOfEach(all, reading);
  return { stated: statedTo(all, reading, () => false), undecided: said === null ? null : unionOf(said) };
}

/** Whether the AWS provider itself would refuse to work in an account. */
export function isKeptFrom({ allowedAccountIds }: ProviderConfiguration, accountId: string): boolean {
  return allowedAccountIds?.kind === 'known' && !allowedAccountIds.value.includes(accountId);
}

function undecidedIn({ providers }: ProjectReading, isPlaced: IsPlaced): readonly ProviderConfiguration[] {
  return providers.filter(({ address, use }) => use !== 'nothing' && !isPlaced(address));
}

function statedTo(providers: readonly ProviderConfiguration[], reading: ProjectReading, isKept: typeof isKeptFrom): readonly string[] {
  const isRight = rightAccounts(reading);
  // Of the providers in a module that was not read nothing is said.
  const isHidden = reading.unreadModules.length > 0 && !isForAllThatIsNamed(reading);
  return isHidden ? [] : namedIn(reading).filter((id) => providers.every((provider) => isRight(id, provider) || isKept(provider, id)));
}

type SaidOfProvider = { readonly provider: ProviderConfiguration; readonly accountIds: ReadonlySet<string> };

/** The accounts that are meant for each provider by what is said of it itself; null where that is nothing for one of them. */
function saidOfEach(providers: readonly ProviderConfiguration[], reading: ProjectReading): readonly SaidOfProvider[] | null {
  const said = providers.map((provider) => {
    const named = namedIn(reading, (address) => address === provider.address);
    return { provider, accountIds: new Set(named.filter((id) => isRightFor(id, provider, reading))) };
  });
  const isSaidOfAll = said.length > 0 && said.every(({ accountIds }) => accountIds.size > 0) && reading.unreadModules.length === 0;
  return isSaidOfAll ? said : null;
}

function unionOf(said: readonly SaidOfProvider[]): readonly string[] {
  return [...new Set(said.flatMap(({ accountIds }) => [...accountIds]))];
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
