import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startHttpProxy } from '../../../testing/network/http-proxy.ts';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { awsCalls, type CallProfile } from '../requests/calls.ts';
import { consoleSignIn } from '../requests/console-sign-in.ts';
import { passOn } from '../relay/pass-on.ts';
import { askCloudTrail, iamClient, stsClient, type ClientOptions } from './clients.ts';

// What is sent in clear can be read, and answered, by whoever is on the way.

let aws: LocalAws;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'in-clear-'));
  aws = await startLocalAws();
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$|^REQUESTS_CA/i.test(name)) vi.stubEnv(name, undefined);
  await writeFile(join(folder, 'config'), '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const session = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'invented', sessionToken: 'invented' };
const files = () => ({ config: join(folder, 'config'), credentials: join(folder, 'credentials') });
const options = (more: Partial<ClientOptions> = {}): ClientOptions => ({ profile: 'work', files: files(), region: 'us-east-1', credentials: session, ...more });
const profile: CallProfile = { name: 'work', region: 'us-east-1' };
const calls = () => awsCalls(files(), async () => ({ ok: true, value: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'invented' } }));
const refused = (endpoint: string) => ({ ok: false, error: { code: 'endpoint-in-clear', params: { endpoint } } });

const everyCall = {
  'a client for STS': () => stsClient(options()),
  'a client for IAM': () => iamClient(options()),
  'a client for CloudTrail': () => askCloudTrail(options(), { profile: 'work', action: 'cloudtrail:LookupEvents' }, async () => ({ ok: true, value: null })),
  'an MFA code': () => calls().sessionToken(profile, { serial: 'arn:aws:iam::111111111111:mfa/alice', code: '123456', durationSeconds: 900 }),
  'a call of the account relay': () =>
    passOn(
      { action: 'GetCallerIdentity', form: 'Action=GetCallerIdentity', headers: {}, credentials: session },
      { endpoint: { url: new URL(process.env['AWS_ENDPOINT_URL'] ?? ''), signingRegion: 'us-east-1', caBundle: null }, env: {}, proxy: '' },
    ),
  'a sign-in to the console': () =>
    consoleSignIn({ ...options(), credentials: session }, { arn: 'arn:aws:iam::111111111111:role/deploy', sessionSeconds: null, destination: 'https://aws' }),
};

describe('an endpoint that is not https', () => {
  it.each(Object.entries(everyCall))('%s is refused for an endpoint that is not https', async (_, call) => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://192.0.2.10:4566/base');
    expect(await call()).toMatchObject(refused('http://192.0.2.10:4566'));
  });

  it('an endpoint that is not https is refused where the profile names it, and for the service that it is for', async () => {
    await writeFile(join(folder, 'config'), '[profile work]\nservices = dev\n[services dev]\nsts =\n  endpoint_url = http://sts.example.com\n');
    expect(await stsClient(options())).toEqual(refused('http://sts.example.com'));
    expect(await iamClient(options())).toMatchObject({ ok: true });
  });

  it.each(['http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://127.0.0.1@192.0.2.1', 'http://[2001:db8::1]', 'http://0.0.0.0:4566'])(
    'an endpoint that only looks like one of this computer is refused: %s',
    async (endpoint) => {
      vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
      expect(await stsClient(options())).toMatchObject({ ok: false, error: { code: 'endpoint-in-clear' } });
    },
  );

  it.each(['http://localhost:4566', 'http://LOCALHOST:4566', 'http://127.0.0.1:4566', 'http://127.1.2.3', 'http://[::1]:4566', 'https://sts.example.com'])(
    'an endpoint that is https, or of this computer, is taken: %s',
    async (endpoint) => {
      vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
      expect(await stsClient(options())).toMatchObject({ ok: true });
    },
  );

  it('an endpoint of this computer is not asked in clear through a proxy elsewhere', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
    vi.stubEnv('HTTP_PROXY', 'http://proxy.example.com:3128');
    expect(await calls().callerOfAccessKey(profile)).toEqual(refused(aws.endpoint));
    expect(await stsClient(options({ proxy: 'https://proxy.example.com' }))).toEqual(refused(aws.endpoint));
    const proxy = await startHttpProxy();
    try {
      expect(await stsClient(options({ proxy: `http://${proxy.host}` }))).toMatchObject({ ok: true });
    } finally {
      await proxy.close();
    }
  });
});
