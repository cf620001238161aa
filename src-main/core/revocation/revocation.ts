import type { ErrorCode } from '../../contract/app-error.ts';
import { roleSessionSeconds, sessionSeconds } from '../../contract/limits.ts';
import { accountIdOf, userNameOf } from '../aws-names/arn.ts';
import { isoSeconds } from '../hand-offs/exports.ts';

/**
 * The app's own name for the inline policy, so that it never overwrites the `AWSRevokeOlderSessions`
 * of the IAM console or a policy of anybody else.
 */
export const revocationPolicyName = 'STSTrayRevokeOlderSessions';

/** Refusals after which somebody else can still write the policy. */
export const othersCan: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['permission-denied', 'entity-protected', 'policy-limit']);

/** The user or role whose sessions are denied. */
export type Principal = { readonly kind: 'user' | 'role'; readonly name: string; readonly arn: string; readonly accountId: string };

/** Out of the ARN of a user or of a role, with any path; null for the root user, who takes no policies. */
export function principalOf(arn: string): Principal | null {
  const kind = /^arn:[\w-]+:iam::\d{12}:(user|role)\//.exec(arn)?.[1];
  const accountId = accountIdOf(arn);
  if (accountId === null || (kind !== 'user' && kind !== 'role')) return null;
  return { kind, name: userNameOf(arn), arn, accountId };
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

/** The step in which AWS keeps the issue of sessions, and in which an answer's `Date` tells its time, in milliseconds. */
export const issueStepMs = 1000;

/**
 * The time to deny sessions before, out of AWS's time (both epoch milliseconds): the end of its
 * second, because sessions of that very second would live on. This machine's clock plays no part.
 * One that is issued before that time is over is denied as well.
 */
export function denialTime(awsNow: number): number {
  return Math.floor(awsNow / issueStepMs) * issueStepMs + issueStepMs;
}
