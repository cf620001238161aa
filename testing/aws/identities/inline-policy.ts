import { z } from 'zod';
import { AwsError } from '../wire/aws-error.ts';

const OneOrMore = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => (typeof value === 'string' ? [value] : value));

const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: OneOrMore,
  Resource: z.union([z.literal('*'), z.tuple([z.literal('*')])]),
  Condition: z.strictObject({ DateLessThan: z.strictObject({ 'aws:TokenIssueTime': OneOrMore }) }).optional(),
});

const PolicyDocument = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']),
  Id: z.string().optional(),
  Statement: z.union([Statement, z.array(Statement).min(1)]).transform((value) => (Array.isArray(value) ? value : [value])),
});

/** A user's inline policy: the document as it was written, and what it says. */
export type InlinePolicy = {
  readonly document: string;
  readonly statements: readonly z.infer<typeof Statement>[];
};

/** `action` as policies write it, `iam:GetUser`; `tokenIssuedAt` in epoch milliseconds, null for an access key. */
export type PolicyContext = { readonly action: string; readonly tokenIssuedAt: number | null };

/**
 * Reads a policy of the kind that revokes sessions or denies single actions. What cannot be enforced here
 * is refused as MalformedPolicyDocument, not silently accepted: resources other than `*`, other conditions,
 * and single actions of services whose action names the gate does not see.
 */
export function parseInlinePolicy(document: string): InlinePolicy {
  return parsePolicy(document, /^(\*|(sts|iam|cloudtrail):.+|\w+:\*)$/i, 'sts:…, iam:…, cloudtrail:…');
}

/** A policy for a session, by which the gate knows the actions of S3 and DynamoDB too. The same is refused as above, and any condition. */
export function parseSessionPolicy(document: string): InlinePolicy {
  const policy = parsePolicy(document, /^(\*|(sts|iam|cloudtrail|s3|dynamodb|ec2):.+|\w+:\*)$/i, 'sts:…, iam:…, cloudtrail:…, s3:…, dynamodb:…, ec2:…');
  if (policy.statements.some(({ Condition }) => Condition !== undefined)) throw malformed('conditions of session policies are not enforced');
  return policy;
}

function parsePolicy(document: string, enforced: RegExp, names: string): InlinePolicy {
  const parsed = PolicyDocument.safeParse(parseJson(document));
  if (!parsed.success) throw malformed(z.prettifyError(parsed.error));
  const statements = parsed.data.Statement;
  for (const statement of statements) {
    const unseen = statement.Action.find((action) => !enforced.test(action));
    if (unseen !== undefined) throw malformed(`${unseen} is not enforced; single actions are: ${names}`);
    const times = statement.Condition?.DateLessThan['aws:TokenIssueTime'] ?? [];
    if (times.some((time) => Number.isNaN(Date.parse(time)))) throw malformed('not a date: aws:TokenIssueTime');
  }
  return { document, statements };
}

/** Whether a Deny statement of the policy applies. Allow adds nothing to AdministratorAccess. */
export function denies(policy: InlinePolicy, context: PolicyContext): boolean {
  return policy.statements.some(
    (statement) =>
      statement.Effect === 'Deny' &&
      statement.Action.some((pattern) => actionMatches(pattern, context.action)) &&
      issuedBefore(statement.Condition?.DateLessThan['aws:TokenIssueTime'], context.tokenIssuedAt),
  );
}

/** Matches an action against a pattern with `*` and `?`, ignoring case, as IAM does. */
export function actionMatches(pattern: string, action: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is').test(action);
}

function issuedBefore(times: readonly string[] | undefined, tokenIssuedAt: number | null): boolean {
  if (times === undefined) return true;
  // An access key has no aws:TokenIssueTime, and a condition on an absent key does not hold.
  return tokenIssuedAt !== null && times.some((time) => tokenIssuedAt < Date.parse(time));
}

function parseJson(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw malformed('Syntax errors in policy.');
  }
}

function malformed(reason: string): AwsError {
  return new AwsError('MalformedPolicyDocument', 400, reason);
}
