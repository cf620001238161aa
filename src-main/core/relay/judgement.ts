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
  /** Whether that key is of the session that the run was handed, and not of a role that it assumed. */
  readonly isOwn: boolean;
  /** Whether the call comes from a program that deploys, by its name. */
  readonly isDeployer: boolean;
};

/**
 * The rule by which the relay judges, action by action:
 *
 * - AssumeRole reaches the account of its role.
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

/** The account of a role, twelve digits; null for what is no role's ARN. */
export function accountOfRole(roleArn: string): string | null {
  return /^arn:[\w-]+:iam::(\d{12}):role\/[\w+=,.@/-]{1,576}$/.exec(roleArn)?.[1] ?? null;
}

function intoRole(roleArn: string, circumstances: Circumstances): Judgement {
  const accountId = accountOfRole(roleArn);
  if (accountId === null) return { kind: 'refuse', error: appError('relay-role-unreadable') };
  const { meant, isDeployer } = circumstances;
  if (meant.onTheWay.includes(roleArn) || (meant.ofState.includes(roleArn) && !isDeployer)) return { kind: 'pass' };
  return reaching(accountId, roleArn, circumstances);
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

function reaching(accountId: string, role: string | null, { meant, allowed, mustBeTyped, isOwn }: Circumstances): Judgement {
  if (allowed.has(accountId)) return { kind: 'pass' };
  const isMeant = accountsOf(meant).includes(accountId) || isPlaced(accountId, role, { meant, isOwn });
  if (isMeant && !mustBeTyped(accountId)) return { kind: 'pass' };
  if (isMeant || meant.kind !== 'stated') return { kind: 'ask', accountId, role };
  const named = meant.accountIds.join(', ');
  const params = { account: accountId, meant: named, accounts: withAccount(meant, accountId) };
  if (role === null) return { kind: 'refuse', error: appError(isOwn ? 'relay-no-role' : 'relay-role-on-the-way', params) };
  return { kind: 'refuse', error: appError('relay-account-not-meant', { ...params, role }) };
}

/** A role's session was judged when the role was assumed; the session that was handed out leads to its account only where a provider is known to use it as it is. */
function isPlaced(accountId: string, role: string | null, { meant, isOwn }: Pick<Circumstances, 'meant' | 'isOwn'>): boolean {
  return meant.placed.some((way) => way.accountId === accountId && (way.role === role || (role === null && !isOwn)));
}

function refused(action: string): Judgement {
  return { kind: 'refuse', error: appError('relay-action-refused', { action }) };
}
