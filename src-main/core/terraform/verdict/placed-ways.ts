import type { GuardRow } from '../../../contract/guard.ts';
import type { KnownText, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { isKeptFrom, rightAccounts } from './stated-accounts.ts';

/** The last role that is assumed, null for the session as it is, and the account that it leads to. */
export type Way = { readonly accountId: string; readonly role: string | null };

type JudgedRow = Pick<GuardRow, 'address' | 'verdict' | 'reason' | 'account' | 'roles'>;

/**
 * The ways by which providers are known to reach what is meant for them, each once. The relay sees the role
 * that is assumed, and not for which provider. So a way counts only where no provider that is decided at run
 * time could go it by mistake: its role may turn out to be that very one, or none at all. One with
 * `allowed_account_ids` cannot: the AWS provider itself refuses every other account.
 */
export function placedWays(reading: ProjectReading, rows: readonly JudgedRow[]): readonly Way[] {
  const isRight = rightAccounts(reading);
  const placed = placedProviders(reading, rows);
  const open = reading.providers.filter(({ address }) => rows.some((row) => row.address === address && row.verdict === 'at-run-time'));
  const ways = rows.flatMap(({ address, account, roles }) =>
    placed.has(address) && account !== null ? [{ accountId: account.accountId, role: roles.at(-1) ?? null }] : [],
  );
  const safe = ways.filter(({ accountId, role }) =>
    open.every((provider) => isRight(accountId, provider) || isKeptFrom(provider, accountId) || !couldGo(provider, role, reading)),
  );
  return [...new Map(safe.map((way) => [`${way.accountId} ${way.role}`, way])).values()];
}

/**
 * The addresses of the providers that are known to reach what is meant for them: that match, or would but for
 * AWS, which is not asked about an account that the user never had to do with. Their role can lead nowhere else.
 */
export function placedProviders(reading: ProjectReading, rows: readonly JudgedRow[]): ReadonlySet<string> {
  const isRight = rightAccounts(reading);
  const isUnseen = ({ address, reason, account }: JudgedRow): boolean =>
    reason?.code === 'guard-account-unseen' &&
    account !== null &&
    reading.providers.some((provider) => provider.address === address && isRight(account.accountId, provider));
  return new Set(rows.filter((row) => row.verdict === 'match' || isUnseen(row)).map(({ address }) => address));
}

function couldGo({ assumeRoles }: ProviderConfiguration, role: string | null, reading: ProjectReading): boolean {
  if (role === null) return assumeRoles.every(({ roleArn }) => couldBeNone(roleArn, reading));
  return assumeRoles.some(({ roleArn }) => roleArn.kind === 'unknown' || roleArn.value === role);
}

/** Whether a role could turn out to be null or empty, with which the AWS provider assumes none. */
function couldBeNone(role: KnownText, { hasMocks }: ProjectReading): boolean {
  return role.kind === 'known' ? role.value === '' : !isArn(role.expression) && (hasMocks === true || !isGivenByAws(role.expression));
}

/** A text with an ARN's beginning. */
function isArn(expression: string): boolean {
  return expression.startsWith('arn:');
}

/**
 * What AWS gives of each resource of its kind: a role has an ARN, and AWS stores
 * no empty parameter, and no secret that is empty, unless that is stored as bytes. A value that the project itself
 * writes may be empty where it is read, as it may be written to another attribute. With `[*]` there may be no resource.
 */
function isGivenByAws(expression: string): boolean {
  const [, type, attribute] = /^((?:data\.)?aws_\w+)\.[\w-]+(?:\[[^\]*]*\])?\.(\w+)$/.exec(expression) ?? [];
  return neverEmpty.includes(`${type}.${attribute}`);
}

const neverEmpty = ['aws_iam_role.arn', 'data.aws_iam_role.arn', 'data.aws_ssm_parameter.value', 'data.aws_secretsmanager_secret_version.secret_string'];
