import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificate } from '../../../testing/network/certificate.ts';
import { startHttpProxy, type HttpProxy, type HttpProxyOptions } from '../../../testing/network/http-proxy.ts';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { hurried } from '../../../testing/processes/hurried.ts';
import { callerIdentity } from '../requests/identity.ts';
import { proxyTo } from './transport.ts';

/** The host names on the local AWS's certificate. One is AWS's own, so that its endpoint can be called through a proxy. */
const hosts = ['localhost', 'sts.us-east-1.amazonaws.com'];
const alice = 'arn:aws:iam::111111111111:user/alice';

let aws: LocalAws;
let folder: string;
let bundle: string;
let proxies: HttpProxy[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transport-'));
  bundle = join(folder, 'ca.pem');
  const certificate = await makeCertificate(hosts);
  await writeFile(bundle, certificate.cert);
  aws = await startLocalAws({ certificate });
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  aws.faults.clear();
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$|^REQUESTS_CA/i.test(name)) vi.stubEnv(name, undefined);
  await writeFile(join(folder, 'config'), '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(proxies.map((proxy) => proxy.close()));
  proxies = [];
});

const files = () => ({ config: join(folder, 'config'), credentials: join(folder, 'credentials') });
const whoAmI = (region: string | null = 'us-east-1', arn: string | null = null) =>
  callerIdentity({ profile: 'work', files: files(), region, arn, credentials: aws.alice });

async function plainProxy(options: HttpProxyOptions = {}): Promise<HttpProxy> {
  const started = await startHttpProxy(options);
  proxies.push(started);
  return started;
}

/** A proxy that connects every AWS host name to the local AWS. */
const proxyToAws = (options: HttpProxyOptions = {}) => plainProxy({ portOf: () => aws.securePort ?? 0, ...options });

const secureEndpoint = () => `https://localhost:${aws.securePort}`;
const answered = { ok: true, value: { accountId: '111111111111', arn: alice, userName: 'alice' } };
const failure = (code: string, params: object) => ({ ok: false, error: { code, params } });

describe('the CA bundle', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_ENDPOINT_URL', secureEndpoint());
  });

  it('the CA bundle of AWS_CA_BUNDLE takes the place of the trusted roots', async () => {
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    expect(await whoAmI()).toEqual(answered);
  });

  it('the CA bundle may be the profile’s own ca_bundle, and is read anew for every call', async () => {
    await writeFile(join(folder, 'config'), `[profile work]\nca_bundle = ${join(folder, 'gone.pem')}\n`);
    expect(await whoAmI()).toEqual(failure('ca-bundle-unreadable', { file: join(folder, 'gone.pem'), reason: 'ENOENT' }));
    await writeFile(join(folder, 'config'), `[profile work]\nca_bundle = ${bundle}\n[profile other]\nca_bundle = gone\n`);
    expect(await whoAmI()).toEqual(answered);
  });

  it('the CA bundle of the environment wins over the profile’s', async () => {
    await writeFile(join(folder, 'config'), '[profile work]\nca_bundle = gone\n');
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    expect(await whoAmI()).toEqual(answered);
  });

  it('the CA bundle may be named for Python’s programs only, which the AWS CLI is one of', async () => {
    vi.stubEnv('REQUESTS_CA_BUNDLE', bundle);
    expect(await whoAmI()).toEqual(answered);
  });

  it('the CA bundle is missed when a certificate of one’s own answers, and nothing is sent', async () => {
    const before = aws.calls.length;
    expect(await whoAmI()).toEqual(failure('certificate-refused', { service: 'STS', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' }));
    expect(aws.calls).toHaveLength(before);
  });

  it('the CA bundle does not make up for a certificate of another host', async () => {
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    vi.stubEnv('AWS_ENDPOINT_URL', `https://127.0.0.1:${aws.securePort}`);
    expect(await whoAmI()).toEqual(failure('certificate-refused', { service: 'STS', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' }));
  });

  it('the CA bundle without a certificate in it, or with a broken one, is told', async () => {
    const file = join(folder, 'broken.pem');
    vi.stubEnv('AWS_CA_BUNDLE', file);
    await writeFile(file, 'nothing\n');
    expect(await whoAmI()).toEqual(failure('ca-bundle-unreadable', { file, reason: 'no certificate in it' }));
    await writeFile(file, '-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n');
    expect(await whoAmI()).toEqual(failure('ca-bundle-unreadable', { file, reason: 'no certificate in it' }));
  });
});

describe('a proxy', () => {
  it('a proxy of HTTPS_PROXY is asked for AWS’s own endpoint by CONNECT, and the CA bundle holds inside of the tunnel', async () => {
    const { host, requests } = await proxyToAws();
    vi.stubEnv('HTTPS_PROXY', `http://${host}`);
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    expect(await whoAmI()).toEqual(answered);
    expect(requests).toEqual(['CONNECT sts.us-east-1.amazonaws.com:443']);
  });

  it('a proxy that opens TLS connections with a certificate of its own is refused without a CA bundle', async () => {
    const { host } = await proxyToAws();
    vi.stubEnv('HTTPS_PROXY', `http://${host}`);
    expect(await whoAmI()).toEqual(failure('certificate-refused', { service: 'STS', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' }));
  });

  it('a proxy of http_proxy is given the request for an http endpoint', async () => {
    const { host, requests } = await plainProxy();
    vi.stubEnv('http_proxy', host);
    vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
    expect(await whoAmI()).toEqual(answered);
    expect(requests).toEqual([`POST ${aws.endpoint}/`]);
  });

  it('a proxy is passed by for the hosts of NO_PROXY', async () => {
    const { host, requests } = await plainProxy();
    vi.stubEnv('HTTP_PROXY', `http://${host}`);
    vi.stubEnv('NO_PROXY', 'example.com,127.0.0.1');
    vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
    expect(await whoAmI()).toEqual(answered);
    expect(requests).toEqual([]);
  });

  it('a proxy gets the user name and password of its address', async () => {
    const { host } = await proxyToAws({ credentials: 'alice:p@ss' });
    vi.stubEnv('HTTPS_PROXY', `http://alice:p%40ss@${host}`);
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    expect(await whoAmI()).toEqual(answered);
  });

  it('a proxy that refuses is told by its host alone', async () => {
    const { host, requests } = await proxyToAws({ credentials: 'alice:right' });
    vi.stubEnv('HTTPS_PROXY', `http://alice:canary@${host}`);
    expect(await whoAmI()).toEqual(failure('network-unreachable', { service: 'STS', reason: `PROXY_407 ${host}` }));
    expect(requests).toHaveLength(1);
  });

  it('a proxy that is not there is told', async () => {
    const { host, close } = await startHttpProxy();
    await close();
    vi.stubEnv('HTTPS_PROXY', `http://alice:canary@${host}`);
    expect(await whoAmI()).toEqual(failure('network-unreachable', { service: 'STS', reason: 'ECONNREFUSED 127.0.0.1' }));
  });

  it.each(['HTTPS_PROXY', 'https_proxy'])('a proxy that is no address is told by the name of %s, not by its value', async (variable) => {
    vi.stubEnv(variable, 'http://alice:canary@proxy:port');
    expect(await whoAmI()).toEqual(failure('proxy-invalid', { variable }));
  });

  it('a proxy keeps no connection after the answer', async () => {
    const { host, openConnections } = await proxyToAws();
    vi.stubEnv('HTTPS_PROXY', `http://${host}`);
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    await whoAmI();
    await eventually(() => expect(openConnections()).toBe(0));
  });

  it('a proxy that never answers keeps no connection once the call was given up', async () => {
    const { host, openConnections } = await proxyToAws({ silent: true });
    vi.stubEnv('HTTPS_PROXY', `http://${host}`);
    const { credentials, ...options } = { profile: 'work', files: files(), region: 'us-east-1', credentials: aws.alice };
    const { found } = await hurried(() => callerIdentity({ ...options, credentials, maxAttempts: 1 }));
    expect(found).toMatchObject(failure('network-unreachable', { service: 'STS', reason: 'TimeoutError' }));
    await eventually(() => expect(openConnections()).toBe(0));
  });
});

describe('the proxy for an endpoint', () => {
  const sts = new URL('https://sts.us-east-1.amazonaws.com');
  const host = (env: NodeJS.ProcessEnv, endpoint = sts, chosen = '') => {
    const found = proxyTo(endpoint, { env, chosen });
    return found.ok ? (found.value?.href ?? null) : found.error.params['variable'];
  };

  it('the proxy for an endpoint is the one of the settings before any other, except where NO_PROXY says that there is none', () => {
    expect(host({ HTTPS_PROXY: 'http://p:1' }, sts, 'http://own:2')).toBe('http://own:2/');
    expect(host({ NO_PROXY: 'amazonaws.com' }, sts, 'http://own:2')).toBeNull();
  });

  it('the proxy for an endpoint is of the variable for its scheme; ALL_PROXY is not asked, as in the AWS CLI', () => {
    expect(host({ HTTPS_PROXY: 'http://p:1' })).toBe('http://p:1/');
    expect(host({ HTTP_PROXY: 'http://p:1', ALL_PROXY: 'socks5://p:1' })).toBeNull();
    expect(host({ HTTP_PROXY: 'http://p:1' }, new URL('http://localhost'))).toBe('http://p:1/');
  });

  it('the proxy for an endpoint is of the variable in lower case, if there are both, even when that is empty', () => {
    expect(host({ HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower' })).toBe('http://lower/');
    expect(host({ HTTPS_PROXY: 'http://upper', https_proxy: '' })).toBeNull();
  });

  it('the proxy for an endpoint speaks http where the address has no scheme', () => {
    expect(host({ HTTPS_PROXY: 'proxy.example.com:3128' })).toBe('http://proxy.example.com:3128/');
    expect(host({ HTTPS_PROXY: '//proxy.example.com:3128' })).toBe('http://proxy.example.com:3128/');
    expect(host({ HTTPS_PROXY: 'https://proxy.example.com' })).toBe('https://proxy.example.com/');
  });

  it.each(['socks5://p:1', 'http://', 'http://a b', 'p:99999', 'http://a:%zz@p'])('the proxy for an endpoint is refused when it is %s', (value) => {
    expect(host({ HTTPS_PROXY: value })).toBe('HTTPS_PROXY');
  });

  it.each(['*', 'amazonaws.com', '.amazonaws.com', '*.amazonaws.com', 'a, sts.us-east-1.amazonaws.com', 'STS.us-east-1.AMAZONAWS.com:443'])(
    'an endpoint has no proxy when NO_PROXY is %s',
    (names) => {
      expect(host({ HTTPS_PROXY: 'http://p', NO_PROXY: names })).toBeNull();
      expect(host({ HTTPS_PROXY: 'http://p', no_proxy: names, NO_PROXY: '' })).toBeNull();
    },
  );

  it.each(['', ' ,', 'aws.com', 'us-east-1', 'sts.us-east-1.amazonaws.com:80', '.'])('the proxy for an endpoint stays when NO_PROXY is “%s”', (names) => {
    expect(host({ HTTPS_PROXY: 'http://p', NO_PROXY: names })).toBe('http://p/');
  });

  it('an endpoint at an IPv6 address of NO_PROXY has no proxy', () => {
    expect(host({ HTTP_PROXY: 'http://p', NO_PROXY: '::1' }, new URL('http://[::1]:4566'))).toBeNull();
  });
});
