import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findProgram } from '../../processes/find-program.ts';
import { runProgram } from '../../processes/run-program.ts';
import { clientEnv } from '../clients/client-env.ts';
import { startLocalAws, type LocalAws } from '../local-aws.ts';
import { answerPage } from './person.ts';
import { proofOfPossession } from './proof-of-possession.ts';
import { challenge, redirectUri, sameDeviceClient, verifier } from './sample-client.ts';

// AWS's own clients, which know nothing of this project, renew what they find in their caches at the local services.

// Python starts slowly, and more so when other tests run at the same time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ended = '2026-01-01T00:00:00Z';

let aws: LocalAws;
let home: string;
beforeEach(async () => {
  aws = await startLocalAws();
  home = await mkdtemp(join(tmpdir(), 'sign-in-'));
  await mkdir(join(home, '.aws'));
});
afterEach(async () => {
  await aws.close();
  await rm(home, { recursive: true });
});

type Json = Readonly<Record<string, unknown>>;

async function post(path: string, body: Json, headers: Readonly<Record<string, string>> = {}): Promise<Json> {
  const response = await fetch(`${aws.endpoint}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Json;
}

async function keep(folder: string, name: string, content: Json): Promise<void> {
  await mkdir(join(home, '.aws', folder, 'cache'), { recursive: true });
  await writeFile(join(home, '.aws', folder, 'cache', `${name}.json`), JSON.stringify(content));
}

/** A home with these lines as its configuration, and no other credentials. */
async function environment(config: string): Promise<NodeJS.ProcessEnv> {
  await writeFile(join(home, '.aws', 'config'), config);
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...env } = clientEnv(aws, aws.alice);
  return { ...env, HOME: home, AWS_CONFIG_FILE: join(home, '.aws', 'config'), AWS_PROFILE: 'browser' };
}

/** Where a person who allows a sign-in is sent: the code in that address. */
async function allowed(path: string, query: Readonly<Record<string, string>>, user: string): Promise<string> {
  const all = { response_type: 'code', redirect_uri: redirectUri, state: 'a-state', code_challenge: challenge, code_challenge_method: 'S256', ...query };
  const { url } = await answerPage(`${aws.endpoint}${path}?${new URLSearchParams(all)}`, { user, answer: 'allow' });
  return url.searchParams.get('code') ?? '';
}

test('the AWS CLI renews an access token of Identity Center, and gets the credentials of a role', async (context) => {
  const cli = findProgram('aws');
  context.skip(cli === null, 'the aws CLI is not installed');
  const redirectUris = ['http://127.0.0.1/oauth/callback'];
  const grantTypes = ['authorization_code', 'refresh_token'];
  const { clientId, clientSecret } = await post('/client/register', {
    clientName: 'a-client',
    clientType: 'public',
    scopes: ['sso:account:access'],
    grantTypes,
    redirectUris,
  });
  const code = await allowed('/authorize', { client_id: String(clientId), scopes: 'sso:account:access' }, 'sato');
  const tokens = await post('/token', { clientId, clientSecret, grantType: 'authorization_code', code, redirectUri, codeVerifier: verifier });
  await keep('sso', createHash('sha1').update('work').digest('hex'), {
    startUrl: aws.startUrl,
    region: aws.region,
    accessToken: 'an-access-token-that-has-ended',
    expiresAt: ended,
    clientId,
    clientSecret,
    registrationExpiresAt: '2099-01-01T00:00:00Z',
    refreshToken: tokens['refreshToken'],
  });
  const env = await environment(
    `[sso-session work]\nsso_start_url = ${aws.startUrl}\nsso_region = ${aws.region}\nsso_registration_scopes = sso:account:access\n\n[profile browser]\nsso_session = work\nsso_account_id = 222222222222\nsso_role_name = AdministratorAccess\n`,
  );
  const { stdout, stderr } = await runProgram(cli ?? '', ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'], { env, cwd: home });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^arn:aws:sts::222222222222:assumed-role\/AWSReservedSSO_AdministratorAccess_\w+\/sato\n$/);
  expect(aws.calls.slice(-3).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'CreateToken Success',
    'GetRoleCredentials Success',
    'GetCallerIdentity Success',
  ]);
});

test('the JavaScript SDK renews the credentials of a sign-in, with a proof of its own making', async () => {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const clientId = sameDeviceClient;
  const code = await allowed('/v1/authorize', { client_id: clientId, scope: 'openid' }, aws.alice.arn);
  const body = { clientId, grantType: 'authorization_code', code, redirectUri, codeVerifier: verifier };
  const tokens = await post('/v1/token', body, { dpop: proofOfPossession(key, { method: 'POST', url: `${aws.endpoint}/v1/token`, at: Date.now() }) });
  const name = createHash('sha256').update(aws.alice.arn).digest('hex');
  const accessToken = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'ended', sessionToken: 'ended', accountId: aws.alice.accountId, expiresAt: ended };
  await keep('login', name, { accessToken, clientId, refreshToken: tokens['refreshToken'], dpopKey: key.export({ format: 'pem', type: 'sec1' }) });
  const env = await environment(`[profile browser]\nlogin_session = ${aws.alice.arn}\nregion = ${aws.region}\n`);
  const { stdout, stderr } = await runProgram(process.execPath, ['--no-warnings', join(import.meta.dirname, 'programs', 'who-am-i.mjs')], { env, cwd: home });
  expect(stderr).toBe('');
  expect(stdout).toBe(`${aws.alice.arn}\n`);
  const kept = JSON.parse(await readFile(join(home, '.aws', 'login', 'cache', `${name}.json`), 'utf8')) as { refreshToken: string };
  expect(kept.refreshToken).not.toBe(tokens['refreshToken']);
});
