import { accessKeyActions, accessKeyLastUsed, noSuchAccessKey } from './access-keys.ts';
import { noSuchEntity, validationError, type AwsError } from '../wire/aws-error.ts';
import { isoSeconds } from '../wire/clock.ts';
import { principalOf, type Credentials, type CredentialStore } from '../identities/credentials.ts';
import type { Directory, User } from '../identities/directory.ts';
import { roleActions } from './iam-roles.ts';
import { parseInlinePolicy } from '../identities/inline-policy.ts';
import { required, type Parameters } from '../wire/parameters.ts';
import type { XmlContent } from '../wire/xml.ts';

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

/**
 * Whether the local AWS answers an action itself or leaves it to moto. `refusal` is the answer where there
 * is no moto; null where the action itself is unknown here.
 */
export type IamAnswer = { readonly kind: 'answered'; readonly result: XmlContent } | { readonly kind: 'not-ours'; readonly refusal: AwsError | null };

/**
 * Answers the IAM actions about the seeded users with their access keys, the seeded roles and the
 * account aliases; see the IAM API reference. Policies are enforced by the gate. Throws AwsError.
 */
export function answerIam(action: string, parameters: Parameters, caller: Credentials, store: CredentialStore, directory: Directory): IamAnswer {
  const { accountId } = principalOf(caller);
  if (action === 'ListAccountAliases') {
    const alias = directory.accounts.find((account) => account.accountId === accountId)?.alias ?? null;
    return answered({ AccountAliases: alias === null ? [] : [alias], IsTruncated: false });
  }
  if (action === 'GetAccessKeyLastUsed') {
    const result = accessKeyLastUsed(accountId, parameters, store);
    return result === null ? notOurs(noSuchAccessKey(required(parameters, 'AccessKeyId'))) : answered(result);
  }
  const roleAction = own(roleActions, action);
  if (roleAction !== undefined) {
    const roleName = required(parameters, 'RoleName');
    const role = directory.roles.find((candidate) => candidate.accountId === accountId && candidate.roleName === roleName);
    if (role !== undefined) return answered(roleAction(role, parameters));
    return notOurs(noSuchEntity(`The role with name ${roleName} cannot be found.`));
  }
  const userAction = own(userActions, action);
  const keyAction = own(accessKeyActions, action);
  if (userAction === undefined && keyAction === undefined) return notOurs(null);
  const userName = parameters.get('UserName') ?? ownUserName(caller);
  const user = directory.users.filter((candidate) => candidate.accountId === accountId).find((candidate) => candidate.userName === userName);
  if (user === undefined) return notOurs(noSuchEntity(`The user with name ${userName} cannot be found.`));
  return answered(userAction?.(user, parameters) ?? keyAction?.(user, parameters, store, caller) ?? null);
}

const answered = (result: XmlContent): IamAnswer => ({ kind: 'answered', result });
const notOurs = (refusal: AwsError | null): IamAnswer => ({ kind: 'not-ours', refusal });

function own<Action>(actions: Readonly<Record<string, Action>>, action: string): Action | undefined {
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}

function ownUserName(caller: Credentials): string {
  if (caller.kind === 'role-session') {
    throw validationError('Must specify userName when calling with non-User credentials');
  }
  return caller.user.userName;
}

const noSuchPolicy = (name: string) => noSuchEntity(`The user policy with name ${name} cannot be found.`);
