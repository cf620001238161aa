import { CreateAccessKeyCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ClientCredentials } from '../clients/client-env.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { assumeRole, iamClient, startBaseSession, stsClient, type ClientSession } from '../clients/sdk-session.ts';
import { leaksIn } from '../../secrets/leaks.ts';

let aws: LocalAws;
let base: ClientSession;
let inB: ClientSession;
beforeAll(async () => {
  aws = await startLocalAws();
  base = await startBaseSession(aws);
  inB = await assumeRole(aws, base, aws.accounts.b.deployRoleArn);
  await whoAmI(inB);
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.faults.clear();
  aws.alice.deny();
  aws.alice.withhold();
  aws.cloudTrailDelaySeconds = 0;
});

const whoAmI = (credentials: ClientCredentials) => stsClient(aws, credentials).send(new GetCallerIdentityCommand({}));

/** Sends a request as an SDK signs it, and returns the answer as it is on the wire. */
async function post(body: object, credentials: ClientCredentials = aws.alice, region: string = aws.region) {
  const { host, hostname } = new URL(aws.endpoint);
  const signer = new SignatureV4({ service: 'cloudtrail', region, credentials, sha256: Hash.bind(null, 'sha256') });
  const headers = {
    host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
  };
  const text = JSON.stringify(body);
  const signed = await signer.sign({ method: 'POST', protocol: 'http:', hostname, path: '/', headers, body: text });
  const { host: _, ...sent } = signed.headers;
  const response = await fetch(aws.endpoint, { method: 'POST', headers: sent, body: text });
  const json: unknown = await response.json();
  return { status: response.status, type: response.headers.get('content-type'), json };
}

const Found = z.object({
  Events: z.array(
    z.object({
      EventId: z.uuid(),
      EventName: z.string(),
      EventSource: z.string(),
      EventTime: z.int(),
      ReadOnly: z.enum(['true', 'false']),
      AccessKeyId: z.string().optional(),
      Username: z.string().optional(),
      Resources: z.tuple([]),
      CloudTrailEvent: z.string().transform((text): Record<string, unknown> => JSON.parse(text)),
    }),
  ),
  NextToken: z.string().optional(),
});

async function lookUp(body: object, credentials?: ClientCredentials, region?: string) {
  const { status, type, json } = await post(body, credentials, region);
  expect({ status, type, json }).toMatchObject({ status: 200, type: 'application/x-amz-json-1.1' });
  return Found.parse(json);
}

const by = (AttributeKey: string, AttributeValue: string) => ({ LookupAttributes: [{ AttributeKey, AttributeValue }] });

describe('an event', () => {
  test('an event of CloudTrail tells who called what, when and from where', async () => {
    const { Events } = await lookUp({ ...by('AccessKeyId', inB.accessKeyId) }, inB);
    const event = Events.at(-1);
    expect(event).toMatchObject({
      EventName: 'GetCallerIdentity',
      EventSource: 'sts.amazonaws.com',
      ReadOnly: 'true',
      AccessKeyId: inB.accessKeyId,
      Username: 'local-aws',
    });
    expect(event?.EventTime).toBeCloseTo(Date.now() / 1000, -2);
    expect(event?.CloudTrailEvent).toMatchObject({
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::222222222222:assumed-role/deploy/local-aws',
        accountId: '222222222222',
        accessKeyId: inB.accessKeyId,
        sessionContext: { sessionIssuer: { arn: aws.accounts.b.deployRoleArn } },
      },
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      eventSource: 'sts.amazonaws.com',
      eventName: 'GetCallerIdentity',
      awsRegion: 'us-east-1',
      sourceIPAddress: '127.0.0.1',
      userAgent: expect.stringContaining('aws-sdk-js'),
      eventID: event?.EventId,
      recipientAccountId: '222222222222',
    });
  });

  test('the event of AssumeRole names the session that came of it, and no secret, in both accounts', async () => {
    const expected = {
      requestParameters: { roleArn: aws.accounts.b.deployRoleArn, roleSessionName: 'local-aws' },
      responseElements: {
        credentials: { accessKeyId: inB.accessKeyId },
        assumedRoleUser: { arn: 'arn:aws:sts::222222222222:assumed-role/deploy/local-aws' },
      },
    };
    const inA = await lookUp(by('EventName', 'AssumeRole'));
    expect(inA.Events).toMatchObject([{ AccessKeyId: base.accessKeyId, Username: 'alice', CloudTrailEvent: expected }]);
    const inOther = await lookUp(by('EventName', 'AssumeRole'), inB);
    expect(inOther.Events).toMatchObject([{ CloudTrailEvent: { ...expected, userIdentity: { type: 'AWSAccount', accountId: '111111111111' } } }]);
    expect(leaksIn('the events', JSON.stringify([inA, inOther]), aws.secrets())).toEqual([]);
  });

  test('the event of a refusal has AWS’s code and sentence', async () => {
    aws.alice.deny('iam:GetUser');
    await expect(iamClient(aws, base).send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Events } = await lookUp(by('EventName', 'GetUser'));
    expect(Events[0]?.CloudTrailEvent).toMatchObject({
      userIdentity: { type: 'IAMUser', userName: 'alice', sessionContext: { attributes: { mfaAuthenticated: 'true' } } },
      errorCode: 'AccessDenied',
      errorMessage: expect.stringContaining('is not authorized to perform: iam:GetUser on resource: user alice'),
    });
  });

  test('the event of a change is no read, and has no secret in it', async () => {
    const { AccessKey } = await iamClient(aws).send(new CreateAccessKeyCommand({ UserName: 'alice' }));
    const { Events } = await lookUp(by('ReadOnly', 'false'));
    expect(Events.map(({ EventName }) => EventName)).toEqual(['CreateAccessKey']);
    const record = JSON.stringify(Events[0]?.CloudTrailEvent);
    expect(record).toContain(AccessKey?.AccessKeyId);
    expect(record).not.toContain(AccessKey?.SecretAccessKey);
  });
});

describe('LookupEvents', () => {
  test('LookupEvents has the events of the caller’s account, of the region and of the time that were asked, newest first', async () => {
    const all = await lookUp({});
    expect(new Set(all.Events.map(({ CloudTrailEvent }) => CloudTrailEvent['recipientAccountId']))).toEqual(new Set(['111111111111']));
    const times = all.Events.map(({ EventTime }) => EventTime);
    expect(times).toEqual(times.toSorted((first, second) => second - first));
    expect((await lookUp({}, aws.alice, 'eu-west-1')).Events).toEqual([]);
    const now = Date.now() / 1000;
    expect((await lookUp({ StartTime: now + 60 })).Events).toEqual([]);
    expect((await lookUp({ EndTime: now - 600 })).Events).toEqual([]);
    expect((await lookUp({ StartTime: now - 600, EndTime: now + 60 })).Events.length).toBeGreaterThanOrEqual(3);
  });

  test('LookupEvents pages, without losing its place to newer events', async () => {
    const question = { ...by('EventSource', 'sts.amazonaws.com'), MaxResults: 1 };
    const first = await lookUp(question);
    await whoAmI(aws.alice);
    const second = await lookUp({ ...question, NextToken: first.NextToken });
    expect([first, second].map(({ Events }) => Events[0]?.EventName)).toEqual(['AssumeRole', 'GetSessionToken']);
    expect(second.NextToken).toBeUndefined();
    expect(await post({ MaxResults: 2, NextToken: first.NextToken })).toMatchObject({
      status: 400,
      json: { __type: 'InvalidNextTokenException' },
    });
  });

  test.each([
    [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
    [{ MaxResults: 0 }, 'InvalidMaxResultsException'],
    [{ NextToken: 'x' }, 'InvalidNextTokenException'],
    [by('Colour', 'blue'), 'InvalidLookupAttributesException'],
    [{ LookupAttributes: [by('EventName', 'x'), by('EventId', 'x')].flatMap((one) => one.LookupAttributes) }, 'InvalidLookupAttributesException'],
    [{ StartTime: 2, EndTime: 1 }, 'InvalidTimeRangeException'],
    [{ EventCategory: 'data' }, 'InvalidEventCategoryException'],
  ])('LookupEvents refuses %j', async (body, code) => {
    expect(await post(body)).toMatchObject({ status: 400, json: { __type: code } });
  });

  test('LookupEvents finds an event only after the delay', async () => {
    aws.cloudTrailDelaySeconds = 3600;
    expect((await lookUp({})).Events).toEqual([]);
  });

  test('LookupEvents speaks JSON when it refuses: permissions, throttling, credentials', async () => {
    const refused = `User: ${aws.alice.arn} is not authorized to perform: cloudtrail:LookupEvents`;
    aws.alice.deny('cloudtrail:LookupEvents');
    expect(await post({})).toMatchObject({
      status: 400,
      json: { __type: 'AccessDeniedException', Message: `${refused} with an explicit deny in an identity-based policy` },
    });
    aws.alice.deny();
    aws.alice.withhold('cloudtrail:*');
    expect(await post({})).toMatchObject({
      json: { Message: `${refused} because no identity-based policy allows the cloudtrail:LookupEvents action` },
    });
    aws.alice.withhold();
    aws.faults.setOnce('cloudtrail:LookupEvents', { kind: 'throttled' });
    expect(await post({})).toMatchObject({
      status: 400,
      json: { __type: 'ThrottlingException', message: 'Rate exceeded' },
    });
    expect(await post({}, { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x' })).toMatchObject({
      status: 400,
      json: { __type: 'UnrecognizedClientException' },
    });
  });
});
