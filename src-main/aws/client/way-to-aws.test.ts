import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAwsHost } from '../../core/aws-names/aws-hosts.ts';
import { wayToSts } from './way-to-aws.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'way-to-aws-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$|^REQUESTS_CA/i.test(name)) vi.stubEnv(name, undefined);
  await config('');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const config = (text: string) => writeFile(join(folder, 'config'), text);
const way = (proxy = '', region = 'us-east-1') =>
  wayToSts({
    profile: 'work',
    files: { config: join(folder, 'config'), credentials: join(folder, 'credentials') },
    region,
    credentials: { accessKeyId: '', secretAccessKey: '' },
    proxy,
  });
const nothing = { endpoint: null, proxy: null, caBundle: null };

describe('the way to AWS', () => {
  it.each(['us-east-1', 'eu-central-1', 'cn-north-1', 'us-gov-west-1', 'us-isob-east-1', 'eusc-de-east-1'])(
    'the way to AWS has nothing to tell where STS of %s is asked directly',
    async (region) => {
      expect(await way('', region)).toEqual(nothing);
      vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true');
      expect(await way('', region)).toEqual(nothing);
    },
  );

  it('the way to AWS names who is asked in its place, without a path, a user name or a password', async () => {
    await config('[profile work]\nendpoint_url = https://user:secret@sts.gateway.example.com:8443/base\n');
    expect(await way()).toEqual({ ...nothing, endpoint: 'https://sts.gateway.example.com:8443' });
    vi.stubEnv('AWS_ENDPOINT_URL_STS', 'http://127.0.0.1:4566');
    expect(await way()).toEqual({ ...nothing, endpoint: 'http://127.0.0.1:4566' });
  });

  it('the way to AWS names no endpoint that is AWS’s own, unless it is asked in clear', async () => {
    const own = 'vpce-0123-abcd.sts.eu-central-1.vpce.amazonaws.com';
    vi.stubEnv('AWS_ENDPOINT_URL', `https://${own}`);
    expect(await way()).toEqual(nothing);
    vi.stubEnv('AWS_ENDPOINT_URL', `http://${own}`);
    expect(await way()).toEqual({ ...nothing, endpoint: `http://${own}` });
  });

  it('the way to AWS names the proxy by its host alone, the one of the settings before that of the environment', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://alice:canary@proxy.example.com:3128');
    expect(await way()).toEqual({ ...nothing, proxy: 'proxy.example.com:3128' });
    expect(await way('http://own.example.com:8080')).toEqual({ ...nothing, proxy: 'own.example.com:8080' });
    vi.stubEnv('NO_PROXY', 'amazonaws.com');
    expect(await way()).toEqual(nothing);
  });

  it('the way to AWS names the CA bundle, where there is TLS', async () => {
    vi.stubEnv('AWS_CA_BUNDLE', '/etc/company.pem');
    expect(await way()).toEqual({ ...nothing, caBundle: '/etc/company.pem' });
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://localhost:4566');
    expect(await way()).toEqual({ ...nothing, endpoint: 'http://localhost:4566' });
  });

  it.each(['no address', 'https://'])('the way to AWS has nothing to tell where the endpoint is “%s”, since each call says so', async (endpoint) => {
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    expect(await way()).toEqual(nothing);
  });
});

describe('a host of AWS', () => {
  it.each(['sts.us-east-1.amazonaws.com', 'sts.amazonaws.com', 'sts.us-east-1.api.aws', 'sts.cn-north-1.amazonaws.com.cn', 'sts.us-iso-east-1.c2s.ic.gov'])(
    '%s is a host of AWS',
    (host) => {
      expect(isAwsHost(host)).toBe(true);
    },
  );

  it.each(['amazonaws.com', 'sts.amazonaws.com.example.com', 'evilamazonaws.com', 'sts.example-amazonaws.com', 'api.aws.example.com'])(
    '%s is no host of AWS',
    (host) => {
      expect(isAwsHost(host)).toBe(false);
    },
  );
});
