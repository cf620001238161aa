import type { AccessKeyMetadata } from '@aws-sdk/client-iam';
import type { Result } from '../../contract/app-error.ts';
import type { AccessKeyInfo } from '../../contract/sheet.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { askIam, type ClientOptions } from '../client/clients.ts';

/** A key as IAM lists it; whether the profile has it is for others to say. `neverUsed` only where IAM said so. */
export type ListedKey = Omit<AccessKeyInfo, 'current'> & { readonly neverUsed: boolean };

// Each call names the user: with a session IAM does not conclude it (IAM API reference, `UserName`).

/** A user's access keys, the oldest first; AWS allows two. When a key was last used is left out where it may not be asked. */
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

/** When a key was created, in epoch milliseconds; null where it is none of the user's, or may not be asked. */
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
    // IAM writes N/A for what it does not know.
    if (use?.LastUsedDate === undefined) return succeeded<AccessKeyInfo['lastUsed']>(null);
    return succeeded<AccessKeyInfo['lastUsed']>({ at: use.LastUsedDate.toISOString(), service: use.ServiceName ?? '', region: use.Region ?? '' });
  });
  return found.ok ? { lastUsed: found.value, neverUsed: found.value === null } : { lastUsed: null, neverUsed: false };
}

/**
 * A second key for the user. Sent once: a repeated call would make another one whose secret nobody
 * has. Errors: `access-keys-two` `{userName}` where there are as many as AWS allows.
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

/** AWS takes calls with the key no longer; it can be activated again. */
export function deactivateAccessKey(options: ClientOptions, userName: string, accessKeyId: string): Promise<Result<null>> {
  return askIam(options, { profile: options.profile, action: 'iam:UpdateAccessKey' }, async (client) => {
    const { UpdateAccessKeyCommand } = await import('@aws-sdk/client-iam');
    await client.send(new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status: 'Inactive' }));
    return succeeded(null);
  });
}

/** A key that has gone already is no failure. */
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
