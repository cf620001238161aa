import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSServiceException, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ClientCredentials } from '../clients/client-env.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { assumeRole, sessionFrom, startBaseSession, stsClient } from '../clients/sdk-session.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.forgetUsedCodes();
  aws.faults.clear();
  aws.sessionLifetimeOverrideSeconds = null;
});

const whoAmI = () => new GetCallerIdentityCommand({});
const withCode = (TokenCode: string, SerialNumber = aws.alice.mfaSerial) => new GetSessionTokenCommand({ SerialNumber, TokenCode });

/** Whether a time is that many seconds after one since the beginning; AWS returns whole seconds. */
const secondsAfter = (beginning: number, seconds: number) => (time: Date) => {
  const issuedAt = time.getTime() - seconds * 1000;
  return issuedAt > beginning - 1000 && issuedAt <= Date.now();
};

/** A code that is not accepted at any of the current steps. */
function wrongCode(): string {
  const now = Date.now();
  const shown = [-60_000, -30_000, 0, 30_000, 60_000].map((offset) => aws.alice.totpCode(now + offset));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !shown.includes(code)) ?? '';
}

describe('the access key', () => {
  test('the access key tells who it belongs to', async () => {
    expect(await stsClient(aws).send(whoAmI())).toMatchObject({
      Account: '111111111111',
      Arn: 'arn:aws:iam::111111111111:user/alice',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{16}$/),
    });
  });

  test('the access key is refused with the wrong secret', async () => {
    const client = stsClient(aws, { ...aws.alice, secretAccessKey: 'x'.repeat(40) });
    await expect(client.send(whoAmI())).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringContaining('The request signature we calculated does not match'),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('the access key is refused when AWS does not know it', async () => {
    const client = stsClient(aws, { ...aws.alice, accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' });
    await expect(client.send(whoAmI())).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });
});

test('a signature that does not cover the host is none, whatever else it covers', async () => {
  const signer = new SignatureV4({ service: 'sts', region: aws.region, credentials: aws.alice, sha256: Hash.bind(null, 'sha256') });
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const request = { method: 'POST', protocol: 'http:', hostname: '', path: '/', body };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const { headers } = await signer.sign({ ...request, headers: type });
  const answer = await fetch(aws.endpoint, { method: 'POST', headers, body });
  expect(await answer.text()).toContain("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
});

test('a presigned URL of GetCallerIdentity is good for as long as it says', async () => {
  const { host, hostname } = new URL(aws.endpoint);
  const signer = new SignatureV4({
    service: 'sts',
    region: aws.region,
    credentials: aws.alice,
    sha256: Hash.bind(null, 'sha256'),
  });
  const request = { method: 'GET', protocol: 'http:', hostname, path: '/', headers: { host } };
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  const presigned = await signer.presign({ ...request, query }, { expiresIn: 60 });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(presigned.query ?? {})) search.set(name, String(value));
  const url = `${aws.endpoint}/?${search}`;

  expect(await (await fetch(url)).text()).toContain(`<Arn>${aws.alice.arn}</Arn>`);
  expect(await (await fetch(`${url}&Extra=1`)).text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  aws.faults.clockOffsetSeconds = 120;
  expect(await (await fetch(url)).text()).toContain('<Message>Request has expired</Message>');
});

describe('GetSessionToken', () => {
  test('GetSessionToken gives a session for as long as asked, with the next code that was not used', async () => {
    const before = Date.now();
    const session = await startBaseSession(aws, 28_800);
    expect(session.accessKeyId).toMatch(/^ASIA/);
    expect(session.expiration).toSatisfy(secondsAfter(before, 28_800));
    expect(await stsClient(aws, session).send(whoAmI())).toMatchObject({ Arn: aws.alice.arn });
  });

  test('GetSessionToken defaults to 12 hours', async () => {
    const before = Date.now();
    const { Credentials } = await stsClient(aws).send(withCode(aws.alice.totpCode()));
    expect(sessionFrom(Credentials).expiration).toSatisfy(secondsAfter(before, 43_200));
  });

  test.each([899, 129_601])('GetSessionToken refuses %i seconds', async (DurationSeconds) => {
    await expect(stsClient(aws).send(new GetSessionTokenCommand({ DurationSeconds }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining("at 'durationSeconds' failed to satisfy constraint"),
    });
  });

  test('GetSessionToken refuses a used code with the same words as a wrong one', async () => {
    const code = aws.alice.totpCode();
    await stsClient(aws).send(withCode(code));
    const refusal = {
      name: 'AccessDenied',
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    };
    await expect(stsClient(aws).send(withCode(code))).rejects.toMatchObject(refusal);
    await expect(stsClient(aws).send(withCode(wrongCode()))).rejects.toMatchObject(refusal);
  });

  test('GetSessionToken accepts the codes of the neighbouring 30 seconds, and none further away', async () => {
    // Puts AWS's clock in the middle of a step, so that no step begins between code and call.
    aws.faults.clockOffsetSeconds = 15 - ((Date.now() / 1000) % 30);
    const shift = (seconds: number) => aws.alice.totpCode(Date.now() + (aws.faults.clockOffsetSeconds + seconds) * 1000);
    await stsClient(aws).send(withCode(shift(-30)));
    await stsClient(aws).send(withCode(shift(30)));
    await expect(stsClient(aws).send(withCode(shift(-90)))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('GetSessionToken refuses a device that is not the user’s', async () => {
    const other = `arn:aws:iam::${aws.alice.accountId}:mfa/bob`;
    await expect(stsClient(aws).send(withCode(aws.alice.totpCode(), other))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    });
  });

  test('GetSessionToken cannot be called with a session', async () => {
    const session = await startBaseSession(aws);
    await expect(stsClient(aws, session).send(withCode(await aws.nextTotpCode()))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    });
  });
});

describe('a session', () => {
  test('a session is refused without its token', async () => {
    const { accessKeyId, secretAccessKey } = await startBaseSession(aws);
    await expect(stsClient(aws, { accessKeyId, secretAccessKey }).send(whoAmI())).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });

  test('a session can be ended by AWS before its time', async () => {
    const session = await startBaseSession(aws);
    aws.expireSessions();
    await expect(stsClient(aws, session).send(whoAmI())).rejects.toMatchObject({ name: 'ExpiredToken' });
  });

  test('a session lives shorter than asked where the test says so', async () => {
    aws.sessionLifetimeOverrideSeconds = 10;
    const before = Date.now();
    const session = await startBaseSession(aws);
    expect(session.expiration).toSatisfy(secondsAfter(before, 10));
    aws.faults.clockOffsetSeconds = 10;
    await expect(stsClient(aws, session).send(whoAmI())).rejects.toMatchObject({ name: 'ExpiredToken' });
  });
});

describe('AssumeRole', () => {
  test('AssumeRole acts in the account of the role, under the session name that was asked for', async () => {
    const session = await assumeRole(aws, await startBaseSession(aws), aws.accounts.b.deployRoleArn);
    expect(await stsClient(aws, session).send(whoAmI())).toMatchObject({
      Account: '222222222222',
      Arn: 'arn:aws:sts::222222222222:assumed-role/deploy/local-aws',
    });
  });

  test('AssumeRole is capped at one hour from a session, and not from the access key', async () => {
    const command = (mfa: object) =>
      new AssumeRoleCommand({
        RoleArn: aws.accounts.b.deployRoleArn,
        RoleSessionName: 'long',
        DurationSeconds: 7_200,
        ...mfa,
      });
    await expect(stsClient(aws, await startBaseSession(aws)).send(command({}))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('1 hour session limit for roles assumed by role chaining'),
    });
    const mfa = { SerialNumber: aws.alice.mfaSerial, TokenCode: await aws.nextTotpCode() };
    const { Credentials } = await stsClient(aws).send(command(mfa));
    expect(sessionFrom(Credentials).expiration.getTime()).toBeGreaterThan(Date.now() + 7_100_000);
  });

  test('AssumeRole is refused for a role with a condition on the external ID, unless it is the right one', async () => {
    const { partnerRoleArn: RoleArn, partnerExternalId } = aws.accounts.b;
    const base = await startBaseSession(aws);
    const ask = (ids: object) => stsClient(aws, base).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'alice', ...ids }));
    await expect(ask({})).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(ask({ ExternalId: 'wrong' })).rejects.toMatchObject({ name: 'AccessDenied' });
    expect((await ask({ ExternalId: partnerExternalId })).AssumedRoleUser?.Arn).toContain('assumed-role/partner/alice');
    expect(aws.calls.at(-1)?.parameters).toMatchObject({ RoleArn, ExternalId: partnerExternalId });
  });

  test('AssumeRole keeps transitive tags through a chain, where they cannot be set anew', async () => {
    const ask = (credentials: ClientCredentials, RoleArn: string, tags: object) =>
      stsClient(aws, credentials).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'alice', ...tags }));
    const project = { Tags: [{ Key: 'Project', Value: 'blue' }] };
    const tags = { ...project, TransitiveTagKeys: ['Project'] };
    const first = await ask(await startBaseSession(aws), aws.accounts.b.deployRoleArn, tags);
    const inB = sessionFrom(first.Credentials);
    await expect(ask(inB, aws.accounts.c.auditRoleArn, project)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect((await ask(inB, aws.accounts.c.auditRoleArn, {})).AssumedRoleUser?.Arn).toContain('assumed-role/audit/alice');
  });

  const limitedTo = async (policies: Pick<AssumeRoleCommandInput, 'Policy' | 'PolicyArns'>) => {
    const command = new AssumeRoleCommand({ RoleArn: aws.accounts.b.deployRoleArn, RoleSessionName: 'alice', ...policies });
    return sessionFrom((await stsClient(aws).send(command)).Credentials);
  };
  const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

  test('a role session with session policies may do what one of them allows, and nothing that none of them does', async () => {
    const session = await limitedTo({ Policy: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }) });
    expect(await stsClient(aws, session).send(whoAmI())).toMatchObject({ Account: '222222222222' });
    const next = await assumeRole(aws, session, aws.accounts.c.auditRoleArn);
    expect(await stsClient(aws, next).send(whoAmI())).toMatchObject({ Account: '333333333333' });
    const readOnly = await limitedTo({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] });
    await expect(assumeRole(aws, readOnly, aws.accounts.c.auditRoleArn)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('because no session policy allows the sts:AssumeRole action'),
    });
  });

  test('a Deny of a session policy wins over what another one allows', async () => {
    const session = await limitedTo({
      Policy: policy({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' }),
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
    });
    await expect(assumeRole(aws, session, aws.accounts.c.auditRoleArn)).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in a session policy'),
    });
  });

  test('AssumeRole refuses session policies that are too long, too many or unreadable', async () => {
    const long = policy({ Sid: 'x'.repeat(2_048), Effect: 'Allow', Action: '*', Resource: '*' });
    await expect(limitedTo({ Policy: long })).rejects.toMatchObject({ name: 'ValidationError' });
    const arns = Array.from({ length: 11 }, () => ({ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
    await expect(limitedTo({ PolicyArns: arns })).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(limitedTo({ Policy: '{' })).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });

  test('AssumeRole is refused for a role that does not exist, or does not trust the caller', async () => {
    const base = await startBaseSession(aws);
    const unknown = 'arn:aws:iam::222222222222:role/nobody';
    await expect(assumeRole(aws, base, unknown)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${aws.alice.arn} is not authorized to perform: sts:AssumeRole on resource: ${unknown}`,
    });
    const inB = await assumeRole(aws, base, aws.accounts.b.deployRoleArn);
    await expect(assumeRole(aws, inB, aws.accounts.c.deployRoleArn)).rejects.toBeInstanceOf(STSServiceException);
  });
});

describe('a role that is opened', () => {
  const hub = 'arn:aws:iam::444444444444:role/hub';
  let open: LocalAws;
  beforeAll(async () => {
    open = await startLocalAws({ openRoles: [hub, aws.accounts.c.deployRoleArn] });
  });
  afterAll(() => open.close());

  test('a role that is opened is assumed from every account, be it a new one or one that trusts only A elsewhere', async () => {
    const inD = await assumeRole(open, open.alice, hub);
    expect(await stsClient(open, inD).send(whoAmI())).toMatchObject({ Arn: 'arn:aws:sts::444444444444:assumed-role/hub/local-aws' });
    const inC = await assumeRole(open, inD, open.accounts.c.deployRoleArn);
    expect(await stsClient(open, inC).send(whoAmI())).toMatchObject({ Account: '333333333333' });
    await expect(assumeRole(open, inD, open.accounts.b.deployRoleArn)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
