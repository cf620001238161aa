import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { answerPage } from './person.ts';
import { proofOfPossession } from './proof-of-possession.ts';
import { challenge, redirectUri, sameDeviceClient, verifier } from './sample-client.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.faults.clear();
  aws.awsLogin.refusal = null;
});

const clientId = sameDeviceClient;

type Json = Readonly<Record<string, unknown>>;
type Answered = { readonly status: number; readonly body: Json };

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

const proof = (claims: Json = {}, signer: KeyObject = key): string =>
  proofOfPossession(signer, { method: 'POST', url: `${aws.endpoint}/v1/token`, at: aws.faults.clockOffsetSeconds * 1000 + Date.now() }, claims);

async function token(body: Json, dpop = proof()): Promise<Answered> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', dpop }, body: JSON.stringify(body) };
  const response = await fetch(`${aws.endpoint}/v1/token`, init);
  return { status: response.status, body: (await response.json()) as Json };
}

function authorizeAddress(more: Readonly<Record<string, string>> = {}): string {
  const query = { response_type: 'code', client_id: clientId, state: 'a-state', code_challenge_method: 'SHA-256', scope: 'openid', redirect_uri: redirectUri };
  return `${aws.endpoint}/v1/authorize?${new URLSearchParams({ ...query, code_challenge: challenge, ...more })}`;
}

async function codeFor(user: string): Promise<string> {
  const { url } = await answerPage(authorizeAddress(), { user, answer: 'allow' });
  return url.searchParams.get('code') ?? '';
}

const login = async (user = aws.alice.arn): Promise<Answered> =>
  token({ clientId, grantType: 'authorization_code', code: await codeFor(user), redirectUri, codeVerifier: verifier });

const refresh = ({ body }: Answered, dpop = proof()): Promise<Answered> =>
  token({ clientId, grantType: 'refresh_token', refreshToken: body['refreshToken'] }, dpop);

test('a sign-in leads to credentials of a quarter of an hour that STS knows, and says whose they are', async () => {
  const { body } = await login();
  expect(body).toMatchObject({ tokenType: 'aws_sigv4', expiresIn: 900 });
  const credentials = body['accessToken'] as { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  const { Arn } = await new STSClient({ endpoint: aws.endpoint, region: aws.region, credentials }).send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe(aws.alice.arn);
  const [, claims = ''] = String(body['idToken']).split('.');
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ sub: aws.alice.arn });
});

test('the root user can sign in', async () => {
  const { body } = await login('arn:aws:iam::111111111111:root');
  const credentials = body['accessToken'] as { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  const { Arn } = await new STSClient({ endpoint: aws.endpoint, region: aws.region, credentials }).send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe('arn:aws:iam::111111111111:root');
});

test('a person carries the code to another computer', async () => {
  const address = authorizeAddress({ client_id: 'arn:aws:signin:::devtools/cross-device', redirect_uri: 'https://example.com/' });
  const { page } = await answerPage(address, { user: aws.alice.arn, answer: 'allow' });
  const shown = Buffer.from(/<code id="code">([^<]+)</.exec(page)?.[1] ?? '', 'base64').toString();
  expect(shown).toMatch(/^state=a-state&code=[\w-]+$/);
});

describe('a proof of possession', () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  test.each<[string, () => string]>([
    ['of another address', () => proof({ htu: 'https://us-east-1.signin.aws.amazon.com/v1/token' })],
    ['of another method', () => proof({ htm: 'GET' })],
    ['of ten minutes ago', () => proof({ iat: Math.floor(Date.now() / 1000) - 600 })],
    ['whose signature is another key’s', () => `${proof().split('.').slice(0, 2).join('.')}.${proof({}, other).split('.')[2]}`],
    ['that is none', () => 'no-proof'],
  ])('%s is refused', async (_what, dpop) => {
    expect(await refresh(await login(), dpop())).toMatchObject({ status: 400, body: { error: 'INVALID_REQUEST' } });
  });

  test('works once', async () => {
    const first = await login();
    const dpop = proof();
    const second = await refresh(first, dpop);
    expect(second.status).toBe(200);
    expect(await refresh(second, dpop)).toMatchObject({ status: 400, body: { error: 'INVALID_REQUEST' } });
  });

  test('of another key cannot use a refresh token', async () => {
    expect(await refresh(await login(), proof({}, other))).toMatchObject({ status: 400, body: { error: 'INVALID_REQUEST' } });
  });
});

test('a refresh token answers the same again for a while, and then no more', async () => {
  const first = await login();
  const [second, again] = [await refresh(first), await refresh(first)];
  expect(again.body).toEqual(second.body);
  aws.faults.clockOffsetSeconds = 61;
  expect(await refresh(first)).toMatchObject({ status: 401, body: { error: 'TOKEN_EXPIRED' } });
  expect((await refresh(second)).status).toBe(200);
});

test('a sign-in ends after twelve hours, however often it was refreshed', async () => {
  let last = await login();
  for (const hours of [4, 8, 11.9, 12.1]) {
    aws.faults.clockOffsetSeconds = hours * 3_600;
    last = await refresh(last);
    expect(last.status).toBe(hours < 12 ? 200 : 401);
  }
});

test('a user whose credentials were changed is refused, in the words of the service', async () => {
  const first = await login();
  aws.awsLogin.refusal = 'USER_CREDENTIALS_CHANGED';
  expect(await refresh(first)).toMatchObject({ status: 403, body: { error: 'USER_CREDENTIALS_CHANGED' } });
});
