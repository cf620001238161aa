import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isoSeconds } from '../wire/clock.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { assumeRole, iamClient, sessionFrom, startBaseSession, stsClient, type ClientSession } from '../clients/sdk-session.ts';

let aws: LocalAws;
let base: ClientSession;
let chained: ClientSession;
let direct: ClientSession;
beforeAll(async () => {
  aws = await startLocalAws();
  base = await startBaseSession(aws);
  chained = await assumeRole(aws, base, aws.accounts.b.deployRoleArn);
  direct = await assumeRole(aws, aws.alice, aws.accounts.b.deployRoleArn);
});
afterAll(() => aws.close());
beforeEach(() => aws.faults.clear());

const destination = 'https://console.aws.amazon.com/s3/home?region=eu-west-1';

function tokenRequest({ accessKeyId, secretAccessKey, sessionToken }: ClientSession, more: Record<string, string> = {}) {
  const Session = JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken });
  return new URLSearchParams({ Action: 'getSigninToken', ...more, Session });
}

const ask = (session: ClientSession, more?: Record<string, string>) =>
  fetch(`${aws.endpoint}/federation`, { method: 'POST', body: tokenRequest(session, more) });

async function tokenOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  return z.strictObject({ SigninToken: z.string().min(1) }).parse(await response.json()).SigninToken;
}

function signIn(SigninToken: string, Destination = destination) {
  const query = new URLSearchParams({ Action: 'login', Issuer: 'https://example.com', Destination, SigninToken });
  return fetch(`${aws.endpoint}/federation?${query}`, { redirect: 'manual' });
}

test('a role session opens the console once', async () => {
  const token = await tokenOf(await ask(chained));
  expect(aws.signinTokens()).toContain(token);
  const response = await signIn(token);
  expect([response.status, response.headers.get('location')]).toEqual([302, destination]);
  expect(aws.signIns.at(-1)).toMatchObject({
    accountId: '222222222222',
    roleArn: aws.accounts.b.deployRoleArn,
    sessionArn: 'arn:aws:sts::222222222222:assumed-role/deploy/local-aws',
    accessKeyId: chained.accessKeyId,
    destination,
    issuer: 'https://example.com',
  });
  const before = aws.signIns.length;
  expect((await signIn(token)).status).toBe(400);
  expect(aws.signIns).toHaveLength(before);
  expect(JSON.stringify(aws.calls)).not.toContain(token);
});

test('GET does as well as POST, and says how long the console lasts', async () => {
  const query = tokenRequest(direct, { SessionDuration: '43200' });
  await signIn(await tokenOf(await fetch(`${aws.endpoint}/federation?${query}`)));
  expect(aws.signIns.at(-1)).toMatchObject({ durationSeconds: 43_200 });
});

test('a sign-in token is good for 15 minutes', async () => {
  const token = await tokenOf(await ask(direct));
  aws.faults.clockOffsetSeconds = 901;
  expect((await signIn(token)).status).toBe(400);
});

test('a sign-in token leads to AWS only', async () => {
  const token = await tokenOf(await ask(direct));
  expect((await signIn(token, 'https://example.com/')).status).toBe(400);
  expect((await signIn(token, 'https://eu-west-1.console.aws.amazon.com/')).status).toBe(302);
});

describe('a refused sign-in token', () => {
  const invalid = 'HTTP Status 400 - Invalid credentials parameter';

  test('no sign-in token is given for a base session, an access key’s secret or a wrong one', async () => {
    for (const session of [base, { ...direct, secretAccessKey: 'x' }, { ...direct, sessionToken: 'x' }, { ...direct, accessKeyId: 'ASIAX' }]) {
      const response = await ask(session);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(invalid);
    }
  });

  test('no sign-in token is given for a duration with role chaining, or out of bounds', async () => {
    const response = await ask(chained, { SessionDuration: '900' });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(invalid)]);
    for (const SessionDuration of ['899', '43201', 'long']) expect((await ask(direct, { SessionDuration })).status).toBe(400);
    expect((await ask(direct, { SessionDuration: '900' })).status).toBe(200);
  });

  test('no sign-in token is given for a session that is over, or was revoked', async () => {
    const command = new AssumeRoleCommand({ RoleArn: aws.accounts.c.deployRoleArn, RoleSessionName: 'revoked' });
    const revoked = sessionFrom((await stsClient(aws, base).send(command)).Credentials);
    const Condition = { DateLessThan: { 'aws:TokenIssueTime': isoSeconds(Date.now() + 60_000) } };
    const Statement = [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    const policy = { RoleName: 'deploy', PolicyName: 'AWSRevokeOlderSessions', PolicyDocument };
    await iamClient(aws, revoked).send(new PutRolePolicyCommand(policy));
    expect((await ask(revoked)).status).toBe(400);

    const over = await assumeRole(aws, base, aws.accounts.b.deployRoleArn);
    aws.faults.clockOffsetSeconds = 3_700;
    expect((await ask(over)).status).toBe(400);
  });

  test('no sign-in token is given while the endpoint fails', async () => {
    aws.faults.setOnce('signin:getSigninToken', { kind: 'unavailable' });
    expect((await ask(direct)).status).toBe(503);
    expect((await ask(direct)).status).toBe(200);
  });
});
