import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { answerPage } from './person.ts';
import { challenge, redirectUri, verifier } from './sample-client.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.faults.clear();
});

type Json = Readonly<Record<string, unknown>>;
type Answered = { readonly status: number; readonly type: string | null; readonly body: Json };

async function ask(path: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(`${aws.endpoint}${path}`, init);
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), body: (await response.json()) as Json };
}

const post = (path: string, body: Json): Promise<Answered> => ask(path, { method: 'POST', body: JSON.stringify(body) });

const portal = (path: string, accessToken: unknown): Promise<Answered> => ask(path, { headers: { 'x-amz-sso_bearer_token': String(accessToken) } });

async function register(grantTypes = ['authorization_code', 'refresh_token']): Promise<Json> {
  const { body } = await post('/client/register', {
    clientName: 'sts-tray',
    clientType: 'public',
    scopes: ['sso:account:access'],
    grantTypes,
    redirectUris: ['http://127.0.0.1/oauth/callback'],
  });
  return { clientId: body['clientId'], clientSecret: body['clientSecret'] };
}

function authorizeAddress({ clientId }: Json, more: Readonly<Record<string, string>> = {}): string {
  const query = { response_type: 'code', client_id: String(clientId), redirect_uri: redirectUri, state: 'a-state', code_challenge_method: 'S256' };
  return `${aws.endpoint}/authorize?${new URLSearchParams({ ...query, code_challenge: challenge, scopes: 'sso:account:access', ...more })}`;
}

async function codeOf(client: Json): Promise<string> {
  const { url } = await answerPage(authorizeAddress(client), { user: 'sato', answer: 'allow' });
  return url.searchParams.get('code') ?? '';
}

async function signIn(client: Json): Promise<Json> {
  const { body } = await post('/token', { ...client, grantType: 'authorization_code', code: await codeOf(client), redirectUri, codeVerifier: verifier });
  return body;
}

test('a sign-in with a code leads to role credentials that STS knows', async () => {
  const client = await register();
  const { accessToken, refreshToken, expiresIn } = await signIn(client);
  expect({ expiresIn, refreshed: typeof refreshToken }).toEqual({ expiresIn: 3600, refreshed: 'string' });
  const { body } = await portal('/federation/credentials?account_id=222222222222&role_name=AdministratorAccess', accessToken);
  const { expiration, ...credentials } = body['roleCredentials'] as { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: number };
  const sts = new STSClient({ endpoint: aws.endpoint, region: aws.region, credentials });
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
  expect(Account).toBe('222222222222');
  expect(Arn).toMatch(/^arn:aws:sts::222222222222:assumed-role\/AWSReservedSSO_AdministratorAccess_[a-z0-9]{16}\/sato$/);
  expect(expiration).toBeGreaterThan(Date.now() + 3_590_000);
});

test('the state comes back with the code, and a person who declines sends an error in its place', async () => {
  const client = await register();
  const allowed = await answerPage(authorizeAddress(client), { user: 'sato', answer: 'allow' });
  expect(allowed.url.href).toMatch(/^http:\/\/127\.0\.0\.1:49152\/oauth\/callback\?code=[\w-]+&state=a-state$/);
  const declined = await answerPage(authorizeAddress(client), { user: 'sato', answer: 'deny' });
  expect(Object.fromEntries(declined.url.searchParams)).toMatchObject({ error: 'access_denied', state: 'a-state' });
});

test.each([
  ['an address outside of this computer', { redirect_uri: 'http://192.0.2.1:49152/oauth/callback' }],
  ['another path than the registered one', { redirect_uri: 'http://127.0.0.1:49152/elsewhere' }],
  ['a challenge in clear', { code_challenge_method: 'plain' }],
])('no browser is sent to %s', async (_what, more) => {
  const { status } = await answerPage(authorizeAddress(await register(), more), { user: 'sato', answer: 'allow' });
  expect(status).toBe(400);
});

test('a code works once, with its verifier, its address and its client only', async () => {
  const client = await register();
  const token = async (more: Json, code?: string) =>
    post('/token', { ...client, grantType: 'authorization_code', code: code ?? (await codeOf(client)), redirectUri, codeVerifier: verifier, ...more });
  const wrong = [{ codeVerifier: 'b'.repeat(43) }, { redirectUri: 'http://127.0.0.1:49153/oauth/callback' }, { ...(await register()) }];
  for (const more of wrong) expect(await token(more)).toMatchObject({ status: 400, type: 'InvalidGrantException' });
  const code = await codeOf(client);
  expect((await token({}, code)).status).toBe(200);
  expect(await token({}, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('a used refresh token of a portal with a time of grace answers the same again until that is over', async () => {
  aws.identityCenter.lives.grace = 60;
  const client = await register();
  const first = await signIn(client);
  const refresh = () => post('/token', { ...client, grantType: 'refresh_token', refreshToken: first['refreshToken'] });
  const second = await refresh();
  expect(await refresh()).toEqual(second);
  expect(aws.identityCenter.honours(String(first['refreshToken']))).toBe(true);
  aws.faults.clockOffsetSeconds = 61;
  expect(await refresh()).toMatchObject({ status: 400, type: 'InvalidGrantException' });
  expect(aws.identityCenter.honours(String(first['refreshToken']))).toBe(false);
  aws.identityCenter.lives.grace = 0;
});

test('a refresh token works once, and ends with the sign-in', async () => {
  const client = await register();
  const first = await signIn(client);
  const refresh = (refreshToken: unknown) => post('/token', { ...client, grantType: 'refresh_token', refreshToken });
  const second = await refresh(first['refreshToken']);
  expect(second.status).toBe(200);
  expect(await refresh(first['refreshToken'])).toMatchObject({ status: 400, type: 'InvalidGrantException' });
  expect((await fetch(`${aws.endpoint}/logout`, { method: 'POST', headers: { 'x-amz-sso_bearer_token': String(second.body['accessToken']) } })).status).toBe(
    200,
  );
  expect(await refresh(second.body['refreshToken'])).toMatchObject({ type: 'InvalidGrantException' });
  expect(await portal('/assignment/accounts', second.body['accessToken'])).toMatchObject({ status: 401, type: 'UnauthorizedException' });
});

test('an access token ends by AWS’s clock, and a registration too', async () => {
  const client = await register();
  const { accessToken, refreshToken } = await signIn(client);
  aws.faults.clockOffsetSeconds = 3_601;
  expect(await portal('/assignment/accounts', accessToken)).toMatchObject({ status: 401 });
  expect((await post('/token', { ...client, grantType: 'refresh_token', refreshToken })).status).toBe(200);
  aws.faults.clockOffsetSeconds = 91 * 86_400;
  expect(await post('/token', { ...client, grantType: 'refresh_token', refreshToken })).toMatchObject({ status: 401, type: 'InvalidClientException' });
});

describe('a device without a browser', () => {
  const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

  async function start() {
    const client = await register([]);
    const { body } = await post('/device_authorization', { ...client, startUrl: aws.startUrl });
    const token = () => post('/token', { ...client, grantType: deviceGrant, deviceCode: body['deviceCode'] });
    return { token, address: String(body['verificationUriComplete']), userCode: String(body['userCode']) };
  }

  test('waits until a person allows its code, and asks no more often than it was told', async () => {
    const { token, address, userCode } = await start();
    expect(userCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    expect(await token()).toMatchObject({ status: 400, type: 'AuthorizationPendingException' });
    expect(await token()).toMatchObject({ status: 400, type: 'SlowDownException' });
    expect((await fetch(address)).ok).toBe(true);
    await answerPage(address, { user: 'sato', answer: 'allow' });
    expect((await token()).body).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 });
  });

  test('is told when the person declines, and when the code is too old', async () => {
    const declined = await start();
    await answerPage(declined.address, { user: 'sato', answer: 'deny' });
    expect(await declined.token()).toMatchObject({ status: 400, type: 'AccessDeniedException' });
    const late = await start();
    aws.faults.clockOffsetSeconds = 601;
    expect(await late.token()).toMatchObject({ status: 400, type: 'ExpiredTokenException' });
  });
});

describe('the access portal', () => {
  test('lists two thousand accounts in pages of a hundred, and their roles', async () => {
    const accounts = Array.from({ length: 2_000 }, (_none, index) => ({
      accountId: String(400_000_000_000 + index),
      accountName: `team-${index}`,
      emailAddress: `team-${index}@example.com`,
      roleNames: ['ReadOnlyAccess', 'AdministratorAccess'],
    }));
    aws.identityCenter.assign('mori', accounts);
    const client = await register();
    const { url } = await answerPage(authorizeAddress(client), { user: 'mori', answer: 'allow' });
    const code = url.searchParams.get('code');
    const { body } = await post('/token', { ...client, grantType: 'authorization_code', code, redirectUri, codeVerifier: verifier });
    const found: unknown[] = [];
    for (let next = '0'; next !== '';) {
      const page = await portal(`/assignment/accounts?max_result=100&next_token=${next}`, body['accessToken']);
      found.push(...(page.body['accountList'] as unknown[]));
      next = typeof page.body['nextToken'] === 'string' ? page.body['nextToken'] : '';
    }
    expect(found).toHaveLength(2_000);
    expect(await portal('/assignment/accounts?max_result=101', body['accessToken'])).toMatchObject({ status: 400, type: 'InvalidRequestException' });
    const roles = await portal('/assignment/roles?account_id=400000001999', body['accessToken']);
    expect(roles.body).toEqual({
      roleList: [
        { roleName: 'ReadOnlyAccess', accountId: '400000001999' },
        { roleName: 'AdministratorAccess', accountId: '400000001999' },
      ],
    });
  });

  test('gives no credentials for a role that the person does not have', async () => {
    const { accessToken } = await signIn(await register());
    for (const role of ['account_id=222222222222&role_name=Absent', 'account_id=999999999999&role_name=AdministratorAccess']) {
      expect(await portal(`/federation/credentials?${role}`, accessToken)).toMatchObject({ status: 403, type: 'ForbiddenException' });
    }
  });

  test('throttles and fails in its own words', async () => {
    const { accessToken } = await signIn(await register());
    aws.faults.setOnce('sso:ListAccounts', { kind: 'throttled' });
    expect(await portal('/assignment/accounts', accessToken)).toMatchObject({ status: 429, type: 'TooManyRequestsException' });
    aws.faults.setOnce('sso:ListAccounts', { kind: 'unavailable' });
    expect(await portal('/assignment/accounts', accessToken)).toMatchObject({ status: 503 });
  });
});

test('what was asked for is recorded, and no token or code is', async () => {
  const first = aws.calls.length;
  await signIn(await register());
  const calls = aws.calls.slice(first);
  expect(calls.map(({ service, action, outcome }) => `${service}:${action} ${outcome}`)).toEqual([
    'sso-oidc:RegisterClient Success',
    'sso-oidc:Authorize Success',
    'sso-oidc:Allow Success',
    'sso-oidc:CreateToken Success',
  ]);
  const text = JSON.stringify(calls);
  expect(aws.identityCenter.secrets().filter((secret) => text.includes(secret))).toEqual([]);
});
