import { constraintViolated, validationError } from '../wire/aws-error.ts';
import { listed, type Parameters } from '../wire/parameters.ts';
import { actionMatches, parseSessionPolicy, type InlinePolicy } from './inline-policy.ts';

/** The longest plaintext of policy and ARNs together, in characters, and how many ARNs there can be (AWS STS API reference, AssumeRole). */
const plaintextMax = 2_048;
const arnsMax = 10;

/**
 * What AWS's managed policies allow of that which tests call. The real `ReadOnlyAccess` is a long list of the
 * services' reading actions; like this one it has no `sts:AssumeRole`, and nothing that reads a secret.
 */
const managedPolicies: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*', 's3:Describe*'],
  ReadOnlyAccess: [
    ...['s3:Get*', 's3:List*', 'iam:Get*', 'iam:List*', 'ec2:Describe*', 'ec2:Get*'],
    ...['cloudtrail:LookupEvents', 'cloudtrail:Describe*', 'cloudtrail:Get*', 'cloudtrail:List*'],
    ...['dynamodb:Describe*', 'dynamodb:Get*', 'dynamodb:List*', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:BatchGetItem'],
    ...['sts:GetCallerIdentity', 'sts:GetAccessKeyInfo', 'sts:GetSessionToken'],
  ],
};

/**
 * The session policies that AssumeRole was called with; null for none, which limits nothing. Throws
 * MalformedPolicyDocument and ValidationError.
 */
export function sessionPoliciesOf(parameters: Parameters): readonly InlinePolicy[] | null {
  const document = parameters.get('Policy');
  const arns = arnsOf(parameters);
  if (document === undefined && arns.length === 0) return null;
  if (arns.length > arnsMax) throw constraintViolated('policyArns', 'policyArns', `Member must have length less than or equal to ${arnsMax}`);
  if ([document ?? '', ...arns].join('').length > plaintextMax) {
    throw constraintViolated('policy', 'policy', `Member must have length less than or equal to ${plaintextMax}`);
  }
  return [...(document === undefined ? [] : [parseSessionPolicy(document)]), ...arns.map(managedPolicy)];
}

/** Whether the session policies leave the action to what the role itself may: one of them allows it, and none denies it. */
export function sessionAllows(policies: readonly InlinePolicy[], action: string): 'allowed' | 'denied' | 'not-allowed' {
  const statements = policies.flatMap((policy) => policy.statements).filter((statement) => statement.Action.some((pattern) => actionMatches(pattern, action)));
  if (statements.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return statements.length > 0 ? 'allowed' : 'not-allowed';
}

function arnsOf(parameters: Parameters): readonly string[] {
  const arns: string[] = [];
  for (;;) {
    const arn = parameters.get(`PolicyArns.member.${arns.length + 1}.arn`);
    if (arn === undefined) break;
    arns.push(arn);
  }
  return arns.length > 0 ? arns : listed(parameters, 'PolicyArns');
}

function managedPolicy(arn: string): InlinePolicy {
  const name = /^arn:aws:iam::aws:policy\/(\w+)$/.exec(arn)?.[1] ?? '';
  const actions = Object.hasOwn(managedPolicies, name) ? managedPolicies[name] : undefined;
  if (actions === undefined) throw validationError(`The local AWS has no managed policy ${arn}`);
  return parseSessionPolicy(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }));
}
