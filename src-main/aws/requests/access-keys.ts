import type { AccessKeyMetadata } from '@aws-sdk/client-iam';
import type { Result } from '../../contract/app-error.ts';
import type { AccessKeyInfo } from '../../contract/sheet.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { askIam, type ClientOptions } from '../client/clients.ts';

/** A key as IAM lists it, which does not say whether the profile uses it. `neverUsed` is true only when IAM said so. */
export type ListedKey = Omit<AccessKeyInfo, 'current'> & { readonly neverUsed: boolean };

// Each call names the user, because IAM does not infer it from a session (IAM API reference, `UserName`).

/** A user's access keys, the oldest first; AWS allows two. The last use of a key is null when it cannot be read. */
export async function accessKeys(options: ClientOptions, userName: string): Promise<Result<readonly ListedKey[]>> {
  const listed = await metadataOfKeys(options, userName);
  if (!listed.ok) return listed;
  const keys = await Promise.all(
    listed.value.map(async ({ AccessKeyId: accessKeyId = '', Status: status, CreateDate: created }): Promise<ListedKey> => {
      const createdAt = (created ?? new Date(0)).toISOString();
      return { accessKeyId, active: status === 'Active', createdAt, ...(await lastUse(options, accessKeyId)) };
    }),
  );
  return succeeded(keys.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt)));
}

/** When a key was created, in epoch milliseconds; null when the user has no such key or the keys cannot be listed. */
export async function accessKeyDate(options: ClientOptions, userName: string, accessKeyId: string): Promise<number | null> {
  const listed = await metadataOfKeys(options, userName);
  const key = listed.ok ? listed.value.find(({ AccessKeyId: id }) => id === accessKeyId) : undefined;
  return key?.CreateDate?.getTime() ?? null;
}

function metadataOfKeys(options: ClientOptions, userName: string): Promise<Result<readonly AccessKeyMetadata[]>> {
  return askIam(options, { profile: options.profile, action: 'iam:ListAccessKeys' }, async (client) => {
    const { ListAccessKeysCommand } = await import('@aws-sdk/client-iam');
    const { AccessKeyMetadata: keys = [] } = await client.send(new ListAccessKeysCommand({ UserName: userName }));
    return succeeded(keys);
  });
}

async function lastUse(options: ClientOptions, accessKeyId: string): Promise<Pick<ListedKey, 'lastUsed' | 'neverUsed'>> {
  const found = await askIam(options, { profile: options.profile, action: 'iam:GetAccessKeyLastUsed' }, async (client) => {
    const { GetAccessKeyLastUsedCommand } = await import('@aws-sdk/client-iam');
    const { AccessKeyLastUsed: use } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
    // Without a date IAM knows of no use, and writes N/A for service and region.
    if (use?.LastUsedDate === undefined) return succeeded<AccessKeyInfo['lastUsed']>(null);
    return succeeded<AccessKeyInfo['lastUsed']>({ at: use.LastUsedDate.toISOString(), service: use.ServiceName ?? '', region: use.Region ?? '' });
  });
  return found.ok ? { lastUsed: found.value, neverUsed: found.value === null } : { lastUsed: null, neverUsed: false };
}

/**
 * Creates a second key for the user. The call is sent once, because a repeated call would create one
 * more key, and nobody would have its secret. Errors: `access-keys-two` `{userName}` when the user
 * has as many as AWS allows.
 */
export function createAccessKey(options: ClientOptions, userName: string): Promise<Result<AccessKey>> {
  return askIam({ ...options, maxAttempts: 1 }, { profile: options.profile, action: 'iam:CreateAccessKey' }, async (client) => {
    const { CreateAccessKeyCommand, LimitExceededException } = await import('@aws-sdk/client-iam');
    const made = await client.send(new CreateAccessKeyCommand({ UserName: userName })).catch((error: unknown) => {
      if (error instanceof LimitExceededException) return null;
      throw error;
    });
    if (made === null) return failed(appError('access-keys-two', { userName }));
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = made.AccessKey ?? {};
    if (!accessKeyId || !secretAccessKey) return failed(appError('unexpected-answer', { service: 'IAM', name: 'no access key' }));
    return succeeded({ accessKeyId, secretAccessKey });
  });
}

/** From now on AWS refuses calls with the key; it can be activated again. */
export function deactivateAccessKey(options: ClientOptions, userName: string, accessKeyId: string): Promise<Result<null>> {
  return askIam(options, { profile: options.profile, action: 'iam:UpdateAccessKey' }, async (client) => {
    const { UpdateAccessKeyCommand } = await import('@aws-sdk/client-iam');
    await client.send(new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status: 'Inactive' }));
    return succeeded(null);
  });
}

/** It is not a failure when the key is already gone. */
export function deleteAccessKey(options: ClientOptions, userName: string, accessKeyId: string): Promise<Result<null>> {
  return askIam(options, { profile: options.profile, action: 'iam:DeleteAccessKey' }, async (client) => {
    const { DeleteAccessKeyCommand, NoSuchEntityException } = await import('@aws-sdk/client-iam');
    try {
      await client.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId }));
      return succeeded(null);
    } catch (error) {
      if (error instanceof NoSuchEntityException) return succeeded(null);
      throw error;
    }
  });
}
