import type { AppError, ErrorCode } from '../../../contract/app-error.ts';
import type { Verdict } from '../../../contract/guard.ts';
import type { AccountStatement, Doubt, KnownText, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { appError } from '../../errors.ts';
import { accountOfRole } from '../reading/role-account.ts';
import { lineOf } from './obstacles.ts';
import { accountsThatHold, isAtFault, namedBy, outcomeFor, type Accounts } from './outcomes.ts';

/** The account that a provider reaches, according to AWS; `null` when AWS could not be asked, because its credentials are not known. */
export type Reached = { readonly accountId: string } | { readonly error: AppError } | null;

/** What a verdict rests on, besides the project's own files. */
export type Meant = {
  /** The names of the profile that the session belongs to: its own, and that of its `credential_process` entry. */
  readonly profiles: readonly string[];
  /** What becomes of the other profiles that the project names; left out where a run finds its own alone. */
  readonly others?: OtherProfiles;
  /** The names of the profiles that lead into an account, as far as that is known. */
  readonly leadingTo?: (accountId: string) => readonly string[];
  /** The accounts that the folder is bound to. */
  readonly boundTo: readonly string[];
  /** `--account`: every provider has to reach one of them; none where it was not given. */
  readonly accounts: readonly string[];
  /** Whether the run's calls of STS go through the account relay. */
  readonly relayed: boolean;
};

/**
 * Other profiles by the names that a project has for them. `served`: a run gets sessions of it from the app.
 * `unserved`: the AWS files have it, and a run will not find it. What is not named is in neither file.
 */
export type OtherProfiles = ReadonlyMap<string, 'served' | 'unserved'>;

export type Judged = { readonly verdict: Verdict; readonly reason: AppError | null };

/**
 * Whether a provider reaches the account that is meant. What is said about the provider itself decides:
 * `allowed_account_ids`, and conditions on its own `aws_caller_identity`; what of it is not known makes
 * the verdict unknown. A provider about which nothing is said has to reach one of the accounts that the
 * project or its binding names anywhere, so that a forgotten provider does not deploy into the account
 * of the session; one that is only named for an alias is not known to be meant for others. A binding is
 * a pin: nobody has said of an account outside of it that it is meant. What only the run will show is
 * left to the relay where that sees all that the provider does, and else is unknown. `elsewhere` has the
 * accounts of the other providers, for conditions on several.
 */
export function judge(provider: ProviderConfiguration, reached: Reached, reading: ProjectReading, meant: Meant, elsewhere: Accounts = new Map()): Judged {
  const judged = byProfile(judgeRead(provider, reached, reading, meant, elsewhere), provider, meant);
  const { address, doubts, foreignSource, use } = provider;
  if (use === 'perhaps' && judged.verdict !== 'match') return undecided(appError('guard-perhaps-state', { provider: address }), provider, meant);
  if (judged.verdict === 'mismatch') return judged;
  if (foreignSource !== null) return unknown(appError('guard-foreign-source', { provider: address, source: foreignSource }));
  const [doubt] = doubts;
  if (doubt !== undefined) return unknown(doubted(address, doubt));
  if (use === 'state' && judged.verdict === 'unstated' && reached !== null && 'accountId' in reached) {
    return undecided(appError('guard-only-state', { provider: address, account: reached.accountId }), provider, meant);
  }
  // Hardly anybody knows of it: its name is that of another provider.
  if (judged.verdict === 'unstated' && judged.reason !== null && !hasName(address)) return undecided(judged.reason, provider, meant);
  return judged;
}

/** The name of the profile that a provider asks for, where that is not the session's own; null for none. */
export function otherProfileOf({ profile }: Pick<ProviderConfiguration, 'profile'>, { profiles }: Pick<Meant, 'profiles'>): string | null {
  return profile?.kind === 'known' && !profiles.includes(profile.value) ? profile.value : null;
}

/** Sentences about the role of a provider help nobody whose provider leads elsewhere by its profile. */
const byProfileCodes: Partial<Record<ErrorCode, ErrorCode>> = { 'guard-mismatch': 'guard-mismatch-profile', 'guard-unnamed': 'guard-unnamed-profile' };

function byProfile(judged: Judged, provider: ProviderConfiguration, meant: Meant): Judged {
  const { reason } = judged;
  const profile = otherProfileOf(provider, meant);
  const code = reason === null || profile === null || provider.assumeRoles.length > 0 ? undefined : byProfileCodes[reason.code];
  return code === undefined ? judged : { ...judged, reason: appError(code, { ...reason?.params, profile: profile ?? '' }) };
}

/** What is not known by reading. */
function undecided(reason: AppError, provider: ProviderConfiguration, meant: Meant): Judged {
  return { verdict: meant.relayed && isSeen(provider, meant) ? 'at-run-time' : 'unknown', reason };
}

/**
 * Whether all of a provider's credentials come from calls of STS at the address that its environment has.
 * Doubts are whatever in its block is not known to leave that as it is.
 */
function isSeen(provider: ProviderConfiguration, meant: Meant): boolean {
  const { ownCredentials, doubts, foreignSource } = provider;
  return ownCredentials.length === 0 && doubts.length === 0 && foreignSource === null && unfoundProfile(provider, meant) === null;
}

/** Why a run would not find the profile of a provider; null where it would, or where there is none to find. */
function unfoundProfile(provider: ProviderConfiguration, meant: Meant): AppError | null {
  const profile = otherProfileOf(provider, meant);
  if (profile === null) return null;
  const params = { provider: provider.address, profile };
  if (meant.others === undefined) return appError('guard-other-profile', { ...params, session: meant.profiles[0] ?? '' });
  const standing = meant.others.get(profile);
  if (standing === 'served') return null;
  if (standing === 'unserved') return appError('guard-profile-unserved', params);
  const wanted = meant.accounts.length > 0 ? meant.accounts : provider.allowedAccountIds?.kind === 'known' ? provider.allowedAccountIds.value : [];
  const found = wanted.flatMap((account) => meant.leadingTo?.(account) ?? []);
  return found.length === 0
    ? appError('guard-profile-missing', params)
    : appError('guard-profile-missing-known', { ...params, account: list(wanted), found: list([...new Set(found)].slice(0, 5)) });
}

/** The verdict by what was read, as if that were all. */
function judgeRead(provider: ProviderConfiguration, reached: Reached, reading: ProjectReading, meant: Meant, elsewhere: Accounts): Judged {
  const { address } = provider;
  const [foreign] = provider.ownCredentials;
  if (foreign !== undefined) return mismatch(appError('guard-own-credentials', { provider: address, argument: provider.ownCredentials.join(', ') }));
  const unfound = unfoundProfile(provider, meant);
  if (unfound !== null) return mismatch(unfound);

  const account = reached !== null && 'accountId' in reached ? reached.accountId : accountOfRole(provider);
  const accounts = new Map(elsewhere).set(address, account);
  // The account in a role's ARN is enough to refuse it, but not to trust it.
  const wrong = account === null ? null : wrongAccount(account, provider, reading, { ...meant, all: accounts });
  if (wrong !== null) return mismatch(wrong);
  if (reached === null) return undecided(unresolved(provider), provider, meant);
  if ('error' in reached) return undecided(reached.error, provider, meant);
  // A role is in the account of its ARN: whatever answered with another one, this is not where the provider is meant to lead.
  const ofRole = accountOfRole(provider) ?? reached.accountId;
  if (ofRole !== reached.accountId) {
    return mismatch(appError('guard-mismatch', { provider: address, account: reached.accountId, meant: ofRole, source: 'role_arn' }));
  }
  if (meant.accounts.length > 0) return { verdict: 'match', reason: null };
  const [unreadable] = unknownStatements(provider, reading, accounts);
  if (unreadable !== undefined) {
    const code = provider.allowedAccountIds?.kind === 'known' ? 'guard-statement-unknown-several' : 'guard-statement-unknown';
    return undecided(appError(code, { provider: address, expression: unreadable }), provider, meant);
  }
  if (meant.boundTo.length > 0 && !meant.boundTo.includes(reached.accountId)) {
    return { verdict: 'unstated', reason: appError('guard-outside-binding', { provider: address, account: reached.accountId, bound: list(meant.boundTo) }) };
  }
  if (isSpokenOf(provider, reading) || namedAccounts(reading, meant.boundTo, isForAll).includes(reached.accountId)) return { verdict: 'match', reason: null };
  return { verdict: 'unstated', reason: appError('guard-unstated', { provider: address, account: reached.accountId }) };
}

const verdictOrder: readonly Verdict[] = ['mismatch', 'unknown', 'at-run-time', 'unstated', 'match'];

/** The worst of the verdicts, which is the verdict on the whole. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdictOrder.find((verdict) => verdicts.includes(verdict)) ?? 'match';
}

/** Every account that the project's files say is meant for one of the providers, or the folder's binding for all. */
export function namedAccounts({ providers, statements }: ProjectReading, boundTo: readonly string[], isOf = (_address: string) => true): readonly string[] {
  const allowed = providers.flatMap(({ address, allowedAccountIds }) => (allowedAccountIds?.kind === 'known' && isOf(address) ? allowedAccountIds.value : []));
  const asked = statements.flatMap((statement) => namedBy(statement, statement.providers.filter(isOf)));
  return [...new Set([...allowed, ...asked, ...boundTo])];
}

/** What is said of a default configuration of the root goes for the project; of one with an alias, or in a module, for that one alone. */
export function isForAll(address: string): boolean {
  return /^[^. "]+(?: \(|$)/.test(address);
}

/** Terraform makes providers up for which the root has no name, and so no block. */
export function hasName(address: string): boolean {
  return !address.startsWith('provider["');
}

/** Whether an account is right for a provider by all that is said of the provider itself. */
export function isRightFor(account: string, provider: ProviderConfiguration, reading: ProjectReading): boolean {
  const all = new Map([[provider.address, account]]);
  const meant = { profiles: [], boundTo: [], accounts: [], relayed: false, all };
  return wrongAccount(account, provider, reading, meant) === null && unknownStatements(provider, reading, all).length === 0;
}

function wrongAccount(account: string, provider: ProviderConfiguration, reading: ProjectReading, meant: Meant & { readonly all: Accounts }): AppError | null {
  const { address, allowedAccountIds, forbiddenAccountIds } = provider;
  if (meant.accounts.length > 0 && !meant.accounts.includes(account)) {
    return appError('guard-mismatch', { provider: address, account, meant: list(meant.accounts), source: '--account' });
  }
  if (forbiddenAccountIds?.kind === 'known' && forbiddenAccountIds.value.includes(account)) {
    return appError('guard-forbidden', { provider: address, account });
  }
  if (allowedAccountIds?.kind === 'known' && !allowedAccountIds.value.includes(account)) {
    return appError('guard-mismatch', { provider: address, account, meant: list(allowedAccountIds.value), source: 'allowed_account_ids' });
  }
  const broken = ownStatements(provider, reading).find((statement) => outcomeFor(statement, meant.all) === 'fails' && isAtFault(statement, address, meant.all));
  if (broken !== undefined) return brokenStatement(broken, address, account, meant.all);
  if (meant.accounts.length > 0 || isSpokenOf(provider, reading) || unknownStatements(provider, reading, meant.all).length > 0) return null;
  const all = namedAccounts(reading, meant.boundTo);
  if (all.length === 0 || all.includes(account)) return null;
  return appError(provider.assumeRoles.length === 0 ? 'guard-unnamed' : 'guard-unnamed-role', { provider: address, account, named: list(all) });
}

function brokenStatement(statement: AccountStatement, provider: string, account: string, accounts: Accounts): AppError {
  const { name: source, expression } = statement;
  const holding = accountsThatHold(statement, provider, accounts);
  if (holding.length === 0 || holding.includes(null)) return appError('guard-condition-fails', { provider, account, source, expression });
  return appError('guard-mismatch', { provider, account, meant: list(holding.flatMap((one) => one ?? [])), source });
}

/** Whether the project says of the provider itself which account is meant. What only rules accounts out names none. */
export function isSpokenOf(provider: ProviderConfiguration, reading: ProjectReading): boolean {
  return provider.allowedAccountIds !== null || ownStatements(provider, reading).some((statement) => namedBy(statement, [provider.address]).length > 0);
}

function ownStatements({ address }: ProviderConfiguration, { statements }: ProjectReading): readonly AccountStatement[] {
  return statements.filter(({ providers }) => providers.includes(address));
}

/**
 * Expressions that say which account is meant, but that only Terraform can evaluate. Where `allowed_account_ids` has one
 * account, a condition on the provider can mean no other: the AWS provider itself works in no other one.
 */
function unknownStatements(provider: ProviderConfiguration, reading: ProjectReading, accounts: Accounts): readonly string[] {
  const lists = [provider.allowedAccountIds, provider.forbiddenAccountIds].flatMap((ids) => (ids?.kind === 'unknown' ? [ids.expression] : []));
  if (hasOneAccount(provider)) return lists;
  const conditions = ownStatements(provider, reading).filter((statement) => outcomeFor(statement, accounts) === 'unknown');
  return [...lists, ...conditions.map(({ expression }) => expression)];
}

function hasOneAccount({ allowedAccountIds }: ProviderConfiguration): boolean {
  return allowedAccountIds?.kind === 'known' && new Set(allowedAccountIds.value).size === 1;
}

function unresolved({ address, profile, assumeRoles }: ProviderConfiguration): AppError {
  const unknownOf = (texts: readonly (KnownText | null)[]): readonly string[] => texts.flatMap((text) => (text?.kind === 'unknown' ? [text.expression] : []));
  const [expression] = unknownOf(assumeRoles.map(({ roleArn }) => roleArn));
  if (profile?.kind === 'unknown') return appError('guard-unknown-profile', { provider: address, expression: profile.expression });
  const [externalId = ''] = unknownOf(assumeRoles.map((role) => role.externalId));
  if (expression === undefined) return appError('guard-external-id', { provider: address, expression: externalId });
  return appError('guard-unknown', { provider: address, expression });
}

function doubted(provider: string, { what, place }: Doubt): AppError {
  return place === null ? appError('guard-reattached', { provider, variable: what }) : appError('guard-not-modelled', { provider, what, ...lineOf(place) });
}

function mismatch(reason: AppError): Judged {
  return { verdict: 'mismatch', reason };
}

function unknown(reason: AppError): Judged {
  return { verdict: 'unknown', reason };
}

function list(accountIds: readonly string[]): string {
  return accountIds.join(', ');
}
