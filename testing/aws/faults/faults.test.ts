import { get } from 'node:http';
import { CreateAccessKeyCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { iamClient, startBaseSession, stsClient } from '../clients/sdk-session.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.faults.clear();
  aws.forgetUsedCodes();
});

const whoAmI = () => stsClient(aws).send(new GetCallerIdentityCommand({}));
const actionsFrom = (first: number) => aws.calls.slice(first).map((call) => `${call.action} ${call.outcome}`);

test('a service that is down answers 503 until the fault is cleared', async () => {
  aws.faults.set('*', { kind: 'unavailable' });
  await expect(whoAmI()).rejects.toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
  aws.faults.clear('*');
  expect((await whoAmI()).Account).toBe('111111111111');
});

test('one action can be throttled while the others work', async () => {
  aws.faults.set('sts:GetSessionToken', { kind: 'throttled' });
  await expect(startBaseSession(aws)).rejects.toMatchObject({ name: 'Throttling', $metadata: { httpStatusCode: 400 } });
  expect((await whoAmI()).Account).toBe('111111111111');
});

test('a connection can be dropped, after a delay too', async () => {
  const before = performance.now();
  aws.faults.set('sts:*', { kind: 'dropped' }, { kind: 'delayed', milliseconds: 300 });
  await expect(whoAmI()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(performance.now() - before).toBeGreaterThanOrEqual(299);
});

test('a fault can be meant for one call, and others for those that follow', async () => {
  aws.faults.setOnce('sts:GetCallerIdentity', { kind: 'failed' });
  aws.faults.setOnce('sts:*', { kind: 'throttled' });
  await expect(whoAmI()).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
  await expect(whoAmI()).rejects.toMatchObject({ name: 'Throttling' });
  expect((await whoAmI()).Account).toBe('111111111111');
});

test('a call can be held until the test lets it go on', async () => {
  const first = aws.calls.length;
  const held = aws.faults.hold('sts:GetCallerIdentity');
  const asked = whoAmI();
  await held.arrived;
  await iamClient(aws).send(new ListAccessKeysCommand({}));
  held.release();
  expect((await asked).Account).toBe('111111111111');
  expect(actionsFrom(first)).toEqual(['ListAccessKeys Success', 'GetCallerIdentity Success']);
});

test('a connection can be dropped before the action took effect, or after', async () => {
  const iam = iamClient(aws);
  const create = new CreateAccessKeyCommand({ UserName: 'alice' });
  const keys = async () => (await iam.send(new ListAccessKeysCommand({}))).AccessKeyMetadata?.length;
  const first = aws.calls.length;
  aws.faults.setOnce('iam:CreateAccessKey', { kind: 'dropped' });
  await expect(iam.send(create)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await keys()).toBe(1);
  aws.faults.setOnce('iam:CreateAccessKey', { kind: 'answer-dropped' });
  await expect(iam.send(create)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await keys()).toBe(2);
  expect(actionsFrom(first).filter((call) => call.startsWith('Create'))).toEqual(['CreateAccessKey ConnectionDropped', 'CreateAccessKey AnswerDropped']);
});

test.each([
  [600, /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/],
  [-600, /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/],
])('a clock that differs by %i s is refused, and the Date header tells by how much', async (offset, message) => {
  aws.faults.clockOffsetSeconds = offset;
  await expect(whoAmI()).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
    message: expect.stringMatching(message),
  });
  const before = Date.now();
  const date = await new Promise<string | undefined>((resolve, reject) => {
    get(aws.endpoint, (response) => {
      resolve(response.headers.date);
      response.resume();
    }).once('error', reject);
  });
  // The header has whole seconds.
  expect(Date.parse(date ?? '')).toBeGreaterThan(before + offset * 1000 - 1000);
  expect(Date.parse(date ?? '')).toBeLessThanOrEqual(Date.now() + offset * 1000);
});

test('a clock that differs by less than 5 minutes is accepted, and the session is AWS’s time', async () => {
  aws.faults.clockOffsetSeconds = 240;
  const before = Date.now();
  const { expiration } = await startBaseSession(aws, 900);
  expect(expiration.getTime()).toBeGreaterThan(before + 1_140_000 - 1000);
  expect(expiration.getTime()).toBeLessThanOrEqual(Date.now() + 1_140_000);
});

test('every call is recorded, with who made it and how it ended', async () => {
  const [first, before] = [aws.calls.length, Date.now()];
  await startBaseSession(aws);
  aws.faults.set('sts:GetCallerIdentity', { kind: 'dropped' });
  await expect(whoAmI()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(actionsFrom(first)).toEqual(['GetSessionToken Success', 'GetCallerIdentity ConnectionDropped']);
  expect(aws.calls[first]).toMatchObject({
    service: 'sts',
    accessKeyId: aws.alice.accessKeyId,
    accountId: '111111111111',
  });
  expect(aws.calls[first]?.at).toBeGreaterThanOrEqual(before);
  expect(aws.calls[first]?.at).toBeLessThanOrEqual(Date.now());
});

test('an unsigned request is refused and recorded', async () => {
  const response = await fetch(`${aws.endpoint}/`, { method: 'POST', body: 'Action=GetCallerIdentity' });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('<Code>MissingAuthenticationToken</Code>');
  expect(aws.calls.at(-1)).toMatchObject({ accessKeyId: null, outcome: 'MissingAuthenticationToken' });
});

test('every secret that was issued is known, for searches that must not find one', async () => {
  const session = await startBaseSession(aws);
  const secrets = aws.secrets();
  const issued = [aws.alice.secretAccessKey, session.secretAccessKey, session.sessionToken];
  expect(secrets).toEqual(expect.arrayContaining(issued));
  expect(secrets).toContain(new URL(aws.alice.totpUri).searchParams.get('secret'));
});
