import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientCredentials } from '../clients/client-env.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { assumeRole, iamClient, startBaseSession, stsClient } from '../clients/sdk-session.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ accessKeyAgeDays: 100 });
});
afterEach(() => aws.close());

const whoAmI = (credentials: ClientCredentials) => stsClient(aws, credentials).send(new GetCallerIdentityCommand({}));
const keysOfAlice = async () => (await iamClient(aws).send(new ListAccessKeysCommand({}))).AccessKeyMetadata ?? [];
const update = (AccessKeyId: string, Status: 'Active' | 'Inactive', credentials?: ClientCredentials) =>
  iamClient(aws, credentials).send(new UpdateAccessKeyCommand({ UserName: 'alice', AccessKeyId, Status }));
const lastUse = async (AccessKeyId: string) => (await iamClient(aws).send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).AccessKeyLastUsed;

async function createKey(): Promise<ClientCredentials> {
  const { AccessKey } = await iamClient(aws).send(new CreateAccessKeyCommand({ UserName: 'alice' }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

test('the first key is as old as the test says, and can be aged', async () => {
  const ageInDays = async () => (Date.now() - ((await keysOfAlice())[0]?.CreateDate?.getTime() ?? 0)) / 86_400_000;
  expect(await keysOfAlice()).toMatchObject([{ UserName: 'alice', AccessKeyId: aws.alice.accessKeyId, Status: 'Active' }]);
  expect(await ageInDays()).toBeCloseTo(100, 2);
  aws.ageAccessKey(aws.alice.accessKeyId, 400);
  expect(await ageInDays()).toBeCloseTo(400, 2);
});

test('a key that was made works at once, alone and for a session with MFA', async () => {
  const made = await createKey();
  expect(await keysOfAlice()).toHaveLength(2);
  expect((await whoAmI(made)).Arn).toBe(aws.alice.arn);
  const session = await startBaseSession({ ...aws, alice: { ...aws.alice, ...made } });
  expect((await whoAmI(session)).Arn).toBe(aws.alice.arn);
  expect(aws.secrets()).toContain(made.secretAccessKey);
});

test('a third key is refused in AWS’s words', async () => {
  await createKey();
  await expect(createKey()).rejects.toMatchObject({
    name: expect.stringContaining('LimitExceeded'),
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    $metadata: { httpStatusCode: 409 },
  });
});

test('an inactive key is refused until it is active again; its sessions live on', async () => {
  const made = await createKey();
  const session = await startBaseSession({ ...aws, alice: { ...aws.alice, ...made } });
  await update(made.accessKeyId, 'Inactive');
  expect((await keysOfAlice()).map(({ Status }) => Status)).toEqual(['Active', 'Inactive']);
  await expect(whoAmI(made)).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
    $metadata: { httpStatusCode: 403 },
  });
  expect((await whoAmI(session)).Arn).toBe(aws.alice.arn);
  await update(made.accessKeyId, 'Active', session);
  expect((await whoAmI(made)).Arn).toBe(aws.alice.arn);
});

test('a deleted key is gone, and its secret is still known to the searches', async () => {
  const made = await createKey();
  await iamClient(aws).send(new DeleteAccessKeyCommand({ AccessKeyId: made.accessKeyId }));
  await expect(whoAmI(made)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  expect(await keysOfAlice()).toHaveLength(1);
  expect(aws.secrets()).toContain(made.secretAccessKey);
});

test('a key or user that is not there is NoSuchEntity', async () => {
  const AccessKeyId = 'AKIAAAAAAAAAAAAAAAAA';
  const refusal = {
    name: expect.stringContaining('NoSuchEntity'),
    message: `The Access Key with id ${AccessKeyId} cannot be found.`,
    $metadata: { httpStatusCode: 404 },
  };
  await expect(update(AccessKeyId, 'Inactive')).rejects.toMatchObject(refusal);
  await expect(iamClient(aws).send(new DeleteAccessKeyCommand({ AccessKeyId }))).rejects.toMatchObject(refusal);
  await expect(lastUse(AccessKeyId)).rejects.toMatchObject(refusal);
  await expect(iamClient(aws).send(new ListAccessKeysCommand({ UserName: 'bob' }))).rejects.toMatchObject({
    message: 'The user with name bob cannot be found.',
  });
});

describe('GetAccessKeyLastUsed', () => {
  test('GetAccessKeyLastUsed tells of no use, of STS and of IAM', async () => {
    const made = await createKey();
    expect(await lastUse(made.accessKeyId)).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    await whoAmI(made);
    expect(await lastUse(made.accessKeyId)).toMatchObject({ ServiceName: 'sts', Region: 'us-east-1' });
    const before = Date.now();
    await iamClient(aws, made).send(new ListAccessKeysCommand({}));
    const used = await lastUse(made.accessKeyId);
    expect(used).toMatchObject({ ServiceName: 'iam' });
    // AWS returns whole seconds.
    expect(used?.LastUsedDate?.getTime()).toBeGreaterThan(before - 1000);
    expect(used?.LastUsedDate?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('GetAccessKeyLastUsed does not count a session’s use, nor a refusal of the key', async () => {
    const made = await createKey();
    const session = await startBaseSession({ ...aws, alice: { ...aws.alice, ...made } });
    await iamClient(aws, session).send(new ListAccessKeysCommand({ UserName: 'alice' }));
    await update(made.accessKeyId, 'Inactive');
    await expect(iamClient(aws, made).send(new ListAccessKeysCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    expect(await lastUse(made.accessKeyId)).toMatchObject({ ServiceName: 'sts' });
  });
});

test('a session must name the user to list and update keys', async () => {
  const session = await startBaseSession(aws);
  await expect(iamClient(aws, session).send(new ListAccessKeysCommand({}))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  });
  expect((await iamClient(aws, session).send(new ListAccessKeysCommand({ UserName: 'alice' }))).AccessKeyMetadata).toHaveLength(1);
  const role = await assumeRole(aws, session, aws.accounts.b.deployRoleArn);
  await expect(iamClient(aws, role).send(new CreateAccessKeyCommand({}))).rejects.toMatchObject({ name: 'ValidationError' });
});
