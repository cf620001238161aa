import { noSuchEntity, validationError } from './aws-error.ts';
import { isoSeconds } from './clock.ts';
import { principalOf, type Credentials } from './credentials.ts';
import type { Directory, Role, User } from './directory.ts';
import { parseInlinePolicy } from './inline-policy.ts';
import { required, type Parameters } from './parameters.ts';
import type { XmlContent } from './xml.ts';

type UserAction = (user: User, parameters: Parameters) => XmlContent;

const userActions: Readonly<Record<string, UserAction>> = {
  GetUser: (user) => ({
    User: {
      Path: '/',
      UserName: user.userName,
      UserId: user.userId,
      Arn: user.arn,
      CreateDate: isoSeconds(user.createdAt),
    },
  }),
  ListMFADevices: (user) => ({
    MFADevices: user.mfaDevices.map(({ serialNumber }) => ({
      UserName: user.userName,
      SerialNumber: serialNumber,
      EnableDate: isoSeconds(user.createdAt),
    })),
    IsTruncated: false,
  }),
  ListUserPolicies: (user) => ({ PolicyNames: [...user.inlinePolicies.keys()], IsTruncated: false }),
  GetUserPolicy: (user, parameters) => {
    const name = required(parameters, 'PolicyName');
    const policy = user.inlinePolicies.get(name);
    if (policy === undefined) throw noSuchPolicy(name);
    // IAM returns policy documents percent-encoded, RFC 3986.
    return { UserName: user.userName, PolicyName: name, PolicyDocument: encodeURIComponent(policy.document) };
  },
  PutUserPolicy: (user, parameters) => {
    const policy = parseInlinePolicy(required(parameters, 'PolicyDocument'));
    user.inlinePolicies.set(required(parameters, 'PolicyName'), policy);
    return null;
  },
  DeleteUserPolicy: (user, parameters) => {
    const name = required(parameters, 'PolicyName');
    if (!user.inlinePolicies.delete(name)) throw noSuchPolicy(name);
    return null;
  },
};

/** Whether the local AWS answers the action itself, or leaves it to what stands behind it. */
export type IamAnswer = { readonly kind: 'answered'; readonly result: XmlContent } | { readonly kind: 'not-ours' };

/**
 * Answers the IAM actions about the seeded users and the account aliases; see the IAM API reference.
 * Inline policies are enforced by the gate. Throws AwsError.
 */
export function answerIam(
  action: string,
  parameters: Parameters,
  caller: Credentials,
  directory: Directory,
): IamAnswer {
  const { accountId } = principalOf(caller);
  if (action === 'ListAccountAliases') {
    const alias = directory.accounts.find((account) => account.accountId === accountId)?.alias ?? null;
    return answered({ AccountAliases: alias === null ? [] : [alias], IsTruncated: false });
  }
  if (action === 'GetRole') {
    const role = directory.roles.find((candidate) => candidate.accountId === accountId && candidate.roleName === parameters.get('RoleName'));
    return role === undefined ? { kind: 'not-ours' } : answered({ Role: roleElement(role) });
  }
  const answer = Object.hasOwn(userActions, action) ? userActions[action] : undefined;
  if (answer === undefined) return { kind: 'not-ours' };
  const userName = parameters.get('UserName') ?? ownUserName(caller);
  const user = directory.users
    .filter((candidate) => candidate.accountId === accountId)
    .find((candidate) => candidate.userName === userName);
  return user === undefined ? { kind: 'not-ours' } : answered(answer(user, parameters));
}

/** The trust policy says what `trusts` in sts.ts decides by. */
function roleElement({ roleName, roleId, arn, trustedAccountIds, externalId, maxSessionSeconds }: Role): XmlContent {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: trustedAccountIds.map((id) => `arn:aws:iam::${id}:root`) },
    Action: 'sts:AssumeRole',
    ...(externalId === null ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return {
    Path: '/',
    RoleName: roleName,
    RoleId: roleId,
    Arn: arn,
    // Percent-encoded, as every policy document of IAM.
    AssumeRolePolicyDocument: encodeURIComponent(document),
    MaxSessionDuration: maxSessionSeconds,
    CreateDate: '2024-01-01T00:00:00Z',
  };
}

const answered = (result: XmlContent): IamAnswer => ({ kind: 'answered', result });

function ownUserName(caller: Credentials): string {
  if (caller.kind === 'role-session') {
    throw validationError('Must specify userName when calling with non-User credentials');
  }
  return caller.user.userName;
}

const noSuchPolicy = (name: string) => noSuchEntity(`The user policy with name ${name} cannot be found.`);
