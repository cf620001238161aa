import type { GuardReport, GuardRow, ReachedAccount } from '../../../contract/guard.ts';
import type { KnownText, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { accountOfRole } from '../reading/role-account.ts';
import { statementLines } from './statement-lines.ts';
import { obstaclesOf, unfoundStates, verdictOf } from './obstacles.ts';
import { placedProviders } from './placed-ways.ts';
import { statedAccounts } from './stated-accounts.ts';
import { judge, otherProfileOf, worst, type Meant, type Reached } from './verdict.ts';

type Sources = {
  readonly reading: ProjectReading;
  readonly profile: string;
  readonly meant: Meant;
  /** By the provider's address. */
  readonly reached: ReadonlyMap<string, Reached>;
  /** The account of the session itself. */
  readonly sessionAccount: string;
  /** Those of the sessions of other profiles, by the names that the project has for them. */
  readonly otherAccounts?: ReadonlyMap<string, string>;
  readonly accountFor: (accountId: string) => ReachedAccount;
};

/** The table of a project: one row for each provider that is used, in the order of the reading. */
export function guardReport({ reading, profile, meant, reached, sessionAccount, otherAccounts = new Map(), accountFor }: Sources): GuardReport {
  const accounts = new Map(
    reading.providers.map(({ address }) => {
      const found = reached.get(address) ?? null;
      return [address, found !== null && 'accountId' in found ? found.accountId : null] as const;
    }),
  );
  const used = reading.providers.filter(({ use }) => use !== 'nothing');
  const rows = used.map((provider): GuardRow => {
    const found = reached.get(provider.address) ?? null;
    const account = accounts.get(provider.address) ?? null;
    const judged = judge(provider, found, reading, meant, accounts);
    const leads = judged.verdict === 'at-run-time' || judged.verdict === 'mismatch';
    const other = otherProfileOf(provider, meant);
    const shown = account ?? (leads ? accountOfRole(provider) : null);
    return {
      address: provider.address,
      place: provider.place,
      roles: provider.assumeRoles.map(({ roleArn }) => textOf(roleArn)),
      region: provider.region === null ? null : textOf(provider.region),
      account: shown === null ? null : accountFor(shown),
      ...(other === null ? {} : { profile: other }),
      ...judged,
    };
  });
  const obstacles = [...obstaclesOf(reading), ...unfoundStates(reading, meant)];
  const placed = placedProviders(reading, rows);
  // A provider whose account is not known may reach the account that its last role names, or else the session's own.
  // About what is decided at run time, the relay asks then.
  const possible = used.flatMap((provider, index) => {
    const known = accounts.get(provider.address) ?? accountOfRole(provider);
    return known ?? (rows[index]?.verdict === 'at-run-time' ? [] : (otherAccounts.get(otherProfileOf(provider, meant) ?? '') ?? sessionAccount));
  });
  // Another project's state is changed as badly as another account.
  const ofState = reading.backend === null ? null : (accountOfRole(reading.backend) ?? otherAccounts.get(otherProfileOf(reading.backend, meant) ?? '') ?? null);
  if (ofState !== null) possible.push(ofState);
  return {
    folder: reading.folder,
    workspace: reading.workspace,
    profile,
    verdict: worst([...rows.map(({ verdict }) => verdict), ...obstacles.map((obstacle) => verdictOf(obstacle, meant))]),
    rows,
    production: [...new Set(possible)].map(accountFor).filter(({ production }) => production),
    statementLines: statementLines(rows),
    state: {
      role: reading.backend?.assumeRoles.map(({ roleArn }) => textOf(roleArn)).at(-1) ?? null,
      profile: reading.backend?.profile ? textOf(reading.backend.profile) : null,
      account: ofState === null ? null : accountFor(ofState),
    },
    boundTo: meant.boundTo,
    stated: statedAccounts(reading, (address) => placed.has(address)),
    obstacles,
  };
}

/** Whether AWS can be asked which account a provider reaches, with nothing but the session. */
export function canBeAsked({ ownCredentials, profile, assumeRoles, doubts, foreignSource, use }: ProviderConfiguration, profiles: readonly string[]): boolean {
  if (use === 'nothing') return false;
  if (ownCredentials.length > 0 || doubts.length > 0 || foreignSource !== null) return false;
  if (profile !== null && !(profile.kind === 'known' && profiles.includes(profile.value))) return false;
  return assumeRoles.every(({ roleArn, externalId }) => roleArn.kind === 'known' && externalId?.kind !== 'unknown');
}

function textOf(text: KnownText): string {
  return text.kind === 'known' ? text.value : text.expression;
}
