import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../errors.ts';
import { accountsOf, withAccount, type Meant } from './meant.ts';
import type { StsRequest } from './sts-request.ts';

/** What becomes of a call of STS. `role` is null for the account that the session itself is in. */
export type Judgement =
  | { readonly kind: 'pass' }
  | { readonly kind: 'ask'; readonly accountId: string; readonly role: string | null }
  | { readonly kind: 'refuse'; readonly error: AppError };

export type Circumstances = {
  readonly meant: Meant;
  /** Accounts that a person has allowed for this run. */
  readonly allowed: ReadonlySet<string>;
  /** Whether a person has to type the name of an account first, even where it is meant. */
  readonly mustBeTyped: (accountId: string) => boolean;
  /** The account of the key that signed the call; null for a call that is not signed. */
  readonly caller: string | null;
  /** The role that the run assumed to get that key; null where it is the session that the run was handed. */
  readonly callerRole: string | null;
  /** What the call comes from, by its name: a program that deploys, Terraform as it reads a state, or any other. */
  readonly isDeployer: boolean;
  readonly isForState: boolean;
};

/**
 * The rule by which the relay judges, action by action:
 *
 * - AssumeRole reaches the account of its role. A provider may also assume the roles on its way, and
 *   Terraform itself those of its states: nobody else may, who could stop there. So could a provider that
 *   the guard has not judged, and never ask who it is: about a role on its way the user is asked.
 * - AssumeRoleWithWebIdentity and AssumeRoleWithSAML bring credentials from elsewhere. They pass only
 *   into an account that is meant, and nobody is asked about another one.
 * - GetCallerIdentity reaches the account of its key when a deployer asks: it is how a provider
 *   without a role begins. Anybody else only wants to know.
 * - GetSessionToken and GetFederationToken make credentials for the account of their key.
 * - DecodeAuthorizationMessage reaches nothing.
 * - Anything else is refused.
 */
export function judge({ action, parameters }: StsRequest, circumstances: Circumstances): Judgement {
  const { caller, isDeployer } = circumstances;
  switch (action) {
    case 'AssumeRole':
      return intoRole(parameters.get('RoleArn') ?? '', circumstances);
    case 'AssumeRoleWithWebIdentity':
    case 'AssumeRoleWithSAML':
      return fromElsewhere(action, parameters.get('RoleArn') ?? '', circumstances);
    case 'GetCallerIdentity':
      return isDeployer && caller !== null ? reaching(caller, null, circumstances) : { kind: 'pass' };
    case 'GetSessionToken':
    case 'GetFederationToken':
      return caller === null ? refused(action) : reaching(caller, null, circumstances);
    case 'DecodeAuthorizationMessage':
      return { kind: 'pass' };
    default:
      return refused(action);
  }
}

/** `hasMoved`: the profile led into another account when the run had its session first. */
type AskedSession = { readonly profile: string; readonly accountId: string; readonly hasMoved: boolean };

/**
 * What becomes of a session of another profile than the run's own, which a program of the run asks the app for. With
 * it the program could work in its account and never call STS, so it is judged as if it did: as the account of a
 * session without a role. Those pass that Terraform needs for its states, or to assume a role with: a provider that
 * stops there is judged when it asks who it is.
 */
export function judgeSession(
  { profile, accountId, hasMoved }: AskedSession,
  circumstances: Pick<Circumstances, 'meant' | 'allowed' | 'mustBeTyped'>,
): Judgement {
  const { meant } = circumstances;
  if (!hasMoved && meant.profiles?.includes(profile) === true) return { kind: 'pass' };
  const judged = reaching(accountId, null, { ...circumstances, callerRole: null });
  if (judged.kind !== 'refuse') return judged;
  const params = { profile, account: accountId, meant: accountsOf(meant).join(', '), accounts: withAccount(meant, accountId) };
  return { kind: 'refuse', error: appError('relay-profile-not-meant', params) };
}

/** The account of a role, twelve digits; null for what is no role's ARN. */
export function accountOfRole(roleArn: string): string | null {
  return /^arn:[\w-]+:iam::(\d{12}):role\/[\w+=,.@/-]{1,576}$/.exec(roleArn)?.[1] ?? null;
}

function intoRole(roleArn: string, circumstances: Circumstances): Judgement {
  const accountId = accountOfRole(roleArn);
  if (accountId === null) return { kind: 'refuse', error: appError('relay-role-unreadable') };
  const { meant, isDeployer, isForState } = circumstances;
  if ((isDeployer && meant.onTheWay.includes(roleArn)) || (isForState && meant.ofState.includes(roleArn))) return { kind: 'pass' };
  const judged = reaching(accountId, roleArn, circumstances);
  const isPerhapsPassedThrough = isDeployer && meant.perhapsOnTheWay?.includes(roleArn) === true;
  return isPerhapsPassedThrough && judged.kind === 'refuse' ? { kind: 'ask', accountId, role: roleArn } : judged;
}

function fromElsewhere(action: string, roleArn: string, circumstances: Circumstances): Judgement {
  const { meant, allowed } = circumstances;
  const accountId = accountOfRole(roleArn);
  if (accountId === null) return { kind: 'refuse', error: appError('relay-role-unreadable') };
  if (accountsOf(meant).includes(accountId) || allowed.has(accountId)) return reaching(accountId, roleArn, circumstances);
  return {
    kind: 'refuse',
    error: appError('relay-identity-elsewhere', { action, role: roleArn, account: accountId, accounts: withAccount(meant, accountId) }),
  };
}

function reaching(
  accountId: string,
  role: string | null,
  { meant, allowed, mustBeTyped, callerRole }: Pick<Circumstances, 'meant' | 'allowed' | 'mustBeTyped' | 'callerRole'>,
): Judgement {
  if (allowed.has(accountId)) return { kind: 'pass' };
  const isMeant = accountsOf(meant).includes(accountId) || isPlaced(accountId, role ?? callerRole, meant);
  if (isMeant && !mustBeTyped(accountId)) return { kind: 'pass' };
  if (isMeant || meant.kind !== 'stated') return { kind: 'ask', accountId, role };
  const named = meant.accountIds.join(', ');
  const params = { account: accountId, meant: named, accounts: withAccount(meant, accountId) };
  if (role === null) return { kind: 'refuse', error: appError(callerRole === null ? 'relay-no-role' : 'relay-role-on-the-way', params) };
  return { kind: 'refuse', error: appError('relay-account-not-meant', { ...params, role }) };
}

/** By which role a provider is known to go into an account, or with the session that was handed out as it is. */
function isPlaced(accountId: string, role: string | null, { placed }: Meant): boolean {
  return placed.some((way) => way.accountId === accountId && way.role === role);
}

function refused(action: string): Judgement {
  return { kind: 'refuse', error: appError('relay-action-refused', { action }) };
}
