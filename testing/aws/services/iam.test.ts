import {
  CreateAccessKeyCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListMFADevicesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { GetSessionTokenCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isoSeconds } from '../wire/clock.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { assumeRole, iamClient, sessionFrom, startBaseSession, stsClient } from '../clients/sdk-session.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.faults.clear();
  aws.forgetUsedCodes();
  aws.alice.deny();
  aws.alice.withhold();
});

const user = { UserName: 'alice' };
const revokePolicy = { ...user, PolicyName: 'AWSRevokeOlderSessions' };

function revokeBefore(time: string): PutUserPolicyCommand {
  const Condition = { DateLessThan: { 'aws:TokenIssueTime': time } };
  const Statement = [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  return new PutUserPolicyCommand({ ...revokePolicy, PolicyDocument });
}

test('IAM tells the user, the MFA devices and the alias of the account', async () => {
  const iam = iamClient(aws);
  expect((await iam.send(new GetUserCommand({}))).User).toMatchObject({ ...user, Arn: aws.alice.arn });
  const { MFADevices } = await iam.send(new ListMFADevicesCommand({}));
  expect(MFADevices?.map((device) => device.SerialNumber)).toEqual([aws.alice.mfaSerial]);
  expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['example-dev']);
});

test('IAM tells a role session about the role’s account', async () => {
  const inB = await assumeRole(aws, aws.alice, aws.accounts.b.deployRoleArn);
  expect((await iamClient(aws, inB).send(new ListAccountAliasesCommand({}))).AccountAliases ?? []).toEqual([]);
});

test('a security key is listed, and is no device for GetSessionToken', async () => {
  const serialNumber = `arn:aws:iam::${aws.alice.accountId}:u2f/user/alice/key-1`;
  aws.alice.mfaDevices.push({ kind: 'security-key', serialNumber });
  const { MFADevices } = await iamClient(aws).send(new ListMFADevicesCommand(user));
  expect(MFADevices?.map((device) => device.SerialNumber)).toEqual([aws.alice.mfaSerial, serialNumber]);
  const command = new GetSessionTokenCommand({ SerialNumber: serialNumber, TokenCode: aws.alice.totpCode() });
  await expect(stsClient(aws).send(command)).rejects.toMatchObject({ name: 'AccessDenied' });
  aws.alice.mfaDevices.pop();
});

test('a session may call IAM only if MFA was used', async () => {
  const withMfa = iamClient(aws, await startBaseSession(aws));
  expect((await withMfa.send(new GetUserCommand({}))).User?.UserName).toBe('alice');
  const { Credentials } = await stsClient(aws).send(new GetSessionTokenCommand({}));
  await expect(iamClient(aws, sessionFrom(Credentials)).send(new GetUserCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

test('single actions can be denied to the user', async () => {
  aws.alice.deny('iam:ListMFADevices', 'iam:ListAccountAliases');
  for (const command of [new ListMFADevicesCommand({}), new ListAccountAliasesCommand({})]) {
    const name = command.constructor.name.replace('Command', '');
    await expect(iamClient(aws).send(command as ListMFADevicesCommand)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(`is not authorized to perform: iam:${name} on resource`),
    });
  }
  expect((await iamClient(aws).send(new GetUserCommand({}))).User?.UserName).toBe('alice');
});

describe('a missing permission', () => {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
  const policy = { PolicyName: 'p', PolicyDocument };

  test.each([
    ['iam:PutUserPolicy', 'user alice', (iam: IAMClient) => iam.send(new PutUserPolicyCommand({ ...user, ...policy }))],
    ['iam:PutRolePolicy', 'role partner', (iam: IAMClient) => iam.send(new PutRolePolicyCommand({ RoleName: 'partner', ...policy }))],
    ['iam:ListAccessKeys', 'user alice', (iam: IAMClient) => iam.send(new ListAccessKeysCommand(user))],
    ['iam:CreateAccessKey', 'user alice', (iam: IAMClient) => iam.send(new CreateAccessKeyCommand({}))],
    ['iam:ListAccountAliases', '*', (iam: IAMClient) => iam.send(new ListAccountAliasesCommand({}))],
  ])('a missing permission is refused in AWS’s sentence: %s', async (action, resource, call) => {
    const refused = `User: ${aws.alice.arn} is not authorized to perform: ${action} on resource: ${resource}`;
    aws.alice.withhold(action);
    await expect(call(iamClient(aws))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `${refused} because no identity-based policy allows the ${action} action`,
      $metadata: { httpStatusCode: 403 },
    });
    aws.alice.deny(action);
    await expect(call(iamClient(aws))).rejects.toMatchObject({
      message: `${refused} with an explicit deny in an identity-based policy`,
    });
  });

  test('a missing permission is refused in AWS’s sentence to the session of a role too', async () => {
    const { deployRoleArn } = aws.accounts.b;
    const inB = await assumeRole(aws, aws.alice, deployRoleArn);
    const put = () => iamClient(aws, inB).send(new PutRolePolicyCommand({ RoleName: 'deploy', ...policy }));
    const refused = 'User: arn:aws:sts::222222222222:assumed-role/deploy/local-aws is not authorized to perform: iam:PutRolePolicy on resource: role deploy';
    aws.withholdFromRole(deployRoleArn, 'iam:PutRolePolicy');
    await expect(put()).rejects.toMatchObject({
      message: `${refused} because no identity-based policy allows the iam:PutRolePolicy action`,
    });
    aws.withholdFromRole(deployRoleArn);
    aws.denyRole(deployRoleArn, 'iam:Put*');
    await expect(put()).rejects.toMatchObject({ message: `${refused} with an explicit deny in an identity-based policy` });
    aws.denyRole(deployRoleArn);
    await put();
  });
});

describe('the policy of a role', () => {
  test('the policy of a role revokes the sessions of that role alone, and can be listed, read and removed', async () => {
    const { b, c } = aws.accounts;
    const inB = await assumeRole(aws, aws.alice, b.deployRoleArn);
    const inC = await assumeRole(aws, aws.alice, c.deployRoleArn);
    const name = { RoleName: 'deploy', PolicyName: 'AWSRevokeOlderSessions' };
    const PolicyDocument = revokeBefore(isoSeconds(Date.now() + 30_000)).input.PolicyDocument ?? '';
    const iam = iamClient(aws, inB);
    await iam.send(new PutRolePolicyCommand({ ...name, PolicyDocument }));
    await expect(iam.send(new ListRolePoliciesCommand(name))).rejects.toMatchObject({ name: 'AccessDenied' });
    await iamClient(aws, inC).send(new ListRolePoliciesCommand(name));

    aws.faults.clockOffsetSeconds = 60;
    const later = iamClient(aws, await assumeRole(aws, aws.alice, b.deployRoleArn));
    expect((await later.send(new ListRolePoliciesCommand(name))).PolicyNames).toContain(name.PolicyName);
    const read = await later.send(new GetRolePolicyCommand(name));
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(PolicyDocument);
    await later.send(new DeleteRolePolicyCommand(name));
    await iam.send(new ListRolePoliciesCommand(name));
    await expect(later.send(new DeleteRolePolicyCommand(name))).rejects.toMatchObject({
      message: 'The role policy with name AWSRevokeOlderSessions cannot be found.',
    });
  });
});

describe('the policy that revokes sessions', () => {
  test('the policy that revokes sessions denies sessions issued before, and neither the access key nor sessions issued after', async () => {
    const old = await startBaseSession(aws);
    const { b } = aws.accounts;
    aws.faults.clockOffsetSeconds = 60;
    await iamClient(aws).send(revokeBefore(isoSeconds(Date.now() + 30_000)));

    await expect(assumeRole(aws, old, b.deployRoleArn)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny in an identity-based policy'),
    });
    expect((await stsClient(aws, old).send(new GetCallerIdentityCommand({}))).Account).toBe('111111111111');
    await assumeRole(aws, aws.alice, b.deployRoleArn);
    await assumeRole(aws, await startBaseSession(aws), b.deployRoleArn);

    await iamClient(aws).send(new DeleteUserPolicyCommand(revokePolicy));
    await assumeRole(aws, old, b.deployRoleArn);
  });

  test('the policy that revokes sessions can be listed, read and removed', async () => {
    const iam = iamClient(aws);
    const put = revokeBefore('2026-01-01T00:00:00Z');
    await iam.send(put);
    expect((await iam.send(new ListUserPoliciesCommand(user))).PolicyNames).toEqual([revokePolicy.PolicyName]);
    const { PolicyDocument = '' } = await iam.send(new GetUserPolicyCommand(revokePolicy));
    expect(decodeURIComponent(PolicyDocument)).toBe(put.input.PolicyDocument);
    await iam.send(new DeleteUserPolicyCommand(revokePolicy));
    await expect(iam.send(new GetUserPolicyCommand(revokePolicy))).rejects.toMatchObject({
      name: expect.stringContaining('NoSuchEntity'),
    });
  });

  test('the policy that revokes sessions is refused where the local AWS could not enforce it', async () => {
    const Statement = [{ Effect: 'Deny', Action: 's3:CreateBucket', Resource: 'arn:aws:s3:::x' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await expect(iamClient(aws).send(new PutUserPolicyCommand({ ...revokePolicy, PolicyDocument }))).rejects.toMatchObject({
      name: expect.stringContaining('MalformedPolicyDocument'),
    });
  });
});
