import { constraintViolated, limitExceeded, noSuchEntity, validationError } from '../wire/aws-error.ts';
import { isoSeconds } from '../wire/clock.ts';
import type { AccessKey, Credentials, CredentialStore } from '../identities/credentials.ts';
import type { User } from '../identities/directory.ts';
import { required, type Parameters } from '../wire/parameters.ts';
import type { XmlContent } from '../wire/xml.ts';

/** "IAM and STS quotas" in the IAM User Guide. */
const keysPerUser = 2;

/** An IAM action on the access keys of a user; the caller may be another user of the account. */
export type AccessKeyAction = (user: User, parameters: Parameters, store: CredentialStore, caller: Credentials) => XmlContent;

/** See the actions of these names in the IAM API reference. */
export const accessKeyActions: Readonly<Record<string, AccessKeyAction>> = {
  ListAccessKeys: (user, parameters, store, caller) => {
    requireUserName(parameters, caller);
    return { AccessKeyMetadata: store.accessKeysOf(user).map(metadata), IsTruncated: false };
  },
  CreateAccessKey: (user, _, store) => {
    if (store.accessKeysOf(user).length >= keysPerUser) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${keysPerUser}`);
    }
    const key = store.issueAccessKey(user);
    return { AccessKey: { ...metadata(key), SecretAccessKey: key.secretAccessKey } };
  },
  UpdateAccessKey: (user, parameters, store, caller) => {
    requireUserName(parameters, caller);
    const status = required(parameters, 'Status');
    if (status !== 'Active' && status !== 'Inactive') {
      throw constraintViolated(status, 'status', 'Member must satisfy enum value set: [Active, Inactive]');
    }
    store.updateAccessKey(keyOf(user, parameters, store).accessKeyId, { status });
    return null;
  },
  DeleteAccessKey: (user, parameters, store) => {
    store.deleteAccessKey(keyOf(user, parameters, store));
    return null;
  },
};

/** GetAccessKeyLastUsed, which names no user; null where no seeded user of the account has the key. */
export function accessKeyLastUsed(accountId: string, parameters: Parameters, store: CredentialStore): XmlContent {
  const key = store.find(required(parameters, 'AccessKeyId'));
  if (key?.kind !== 'access-key' || key.user.accountId !== accountId) return null;
  const { lastUse, user } = key;
  return {
    UserName: user.userName,
    AccessKeyLastUsed: {
      LastUsedDate: lastUse === null ? null : isoSeconds(lastUse.at),
      ServiceName: lastUse?.service ?? 'N/A',
      Region: lastUse?.region ?? 'N/A',
    },
  };
}

export const noSuchAccessKey = (accessKeyId: string) => noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);

/** Only ListAccessKeys and UpdateAccessKey say: "If a temporary access key is used, then UserName is required". */
function requireUserName(parameters: Parameters, caller: Credentials): void {
  if (caller.kind !== 'access-key' && !parameters.has('UserName')) {
    throw validationError('Must specify userName when calling with non-User credentials');
  }
}

function keyOf(user: User, parameters: Parameters, store: CredentialStore): AccessKey {
  const accessKeyId = required(parameters, 'AccessKeyId');
  const key = store.accessKeysOf(user).find((candidate) => candidate.accessKeyId === accessKeyId);
  if (key === undefined) throw noSuchAccessKey(accessKeyId);
  return key;
}

function metadata({ user, accessKeyId, status, createdAt }: AccessKey) {
  return { UserName: user.userName, AccessKeyId: accessKeyId, Status: status, CreateDate: isoSeconds(createdAt) };
}
