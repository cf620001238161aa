import type { ErrorCode } from '../../contract/app-error.ts';
import { roleSessionSeconds, sessionSeconds } from '../../contract/limits.ts';
import { accountIdOf, partitionOf, roleNameOf, userNameOf } from '../aws-names/arn.ts';
import { isoSeconds } from '../hand-offs/exports.ts';

/**
 * The app's own name for the inline policy, so that it never overwrites the `AWSRevokeOlderSessions`
 * of the IAM console or anybody else's policy.
 */
export const revocationPolicyName = 'STSTrayRevokeOlderSessions';

/** Refusals after which somebody else can still write the policy. */
export const othersCan: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['permission-denied', 'entity-protected', 'policy-limit']);

/** The user or role whose sessions are denied. */
export type Principal = { readonly kind: 'user' | 'role'; readonly name: string; readonly arn: string; readonly accountId: string };

/** From the ARN of a user or role, with any path; null for any other ARN, such as that of the root user, who can have no policies. */
export function principalOf(arn: string): Principal | null {
  const kind = /^arn:[\w-]+:iam::\d{12}:(user|role)\//.exec(arn)?.[1];
  const accountId = accountIdOf(arn);
  if (accountId === null || (kind !== 'user' && kind !== 'role')) return null;
  return { kind, name: userNameOf(arn), arn, accountId };
}

/**
 * The user or role that a caller is, by what STS calls it: an assumed role has no path there. Null for any other caller,
 * such as the root user.
 */
export function principalOfCaller(arn: string): Principal | null {
  const [partition, accountId, role] = [partitionOf(arn), accountIdOf(arn), roleNameOf(arn)];
  return principalOf(role === null ? arn : `arn:${partition}:iam::${accountId}:role/${role}`);
}

/** The permission set of a role that IAM Identity Center made, `AWSReservedSSO_NAME_ID` (its User Guide); null for any other role. */
export function permissionSetOf(roleName: string): string | null {
  return /^AWSReservedSSO_(.+)_[0-9a-z]{16,}$/.exec(roleName)?.[1] ?? null;
}

/**
 * The policy that denies everything to sessions issued before a time (epoch milliseconds), in whole
 * seconds (IAM user guide, "Revoke IAM role temporary security credentials"). Access keys have no
 * `aws:TokenIssueTime`, so they are not denied.
 */
export function denialDocument(issuedBefore: number): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { DateLessThan: { 'aws:TokenIssueTime': isoSeconds(issuedBefore) } },
      },
    ],
  };
  return JSON.stringify(policy, null, 2);
}

/** The longest sessions there are, in seconds: of a user (GetSessionToken), and of a role of which nothing more is known. */
export const longestSessionSeconds = { user: sessionSeconds.max, role: roleSessionSeconds.max } as const;

/** The precision, in milliseconds, of the issue times that AWS keeps, and of the `Date` header of its answers. */
export const issueStepMs = 1000;

/**
 * The time before which sessions are denied, from AWS's time (both epoch milliseconds): the end of
 * AWS's second, because sessions of that very second would live on. This machine's clock plays no part.
 * A session that is issued later in the same second is denied too.
 */
export function denialTime(awsNow: number): number {
  return Math.floor(awsNow / issueStepMs) * issueStepMs + issueStepMs;
}
