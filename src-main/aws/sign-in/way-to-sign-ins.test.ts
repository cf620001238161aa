import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificate } from '../../../testing/network/certificate.ts';
import { startHttpProxy, type HttpProxy, type HttpProxyOptions } from '../../../testing/network/http-proxy.ts';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { signIn, signInCallsOf, type SignedIn } from '../../../testing/rigs/sign-in-calls.ts';
import type { WayToPlace } from './place-options.ts';

/** AWS's own host of each service that people sign in with, and what it is called in sentences. */
const services = {
  'sso-oidc': { host: 'oidc.us-east-1.amazonaws.com', service: 'IAM Identity Center' },
  sso: { host: 'portal.sso.us-east-1.amazonaws.com', service: 'IAM Identity Center' },
  signin: { host: 'us-east-1.signin.aws.amazon.com', service: 'AWS Sign-In' },
} as const;
const serviceOf = (action: string) => services[action.split(':')[0] as keyof typeof services];

let aws: LocalAws;
let folder: string;
let bundle: string;
let signedIn: SignedIn;
let proxies: HttpProxy[] = [];

const files = () => ({ config: join(folder, 'config'), credentials: join(folder, 'credentials') });
const way = (more: Partial<WayToPlace> = {}): WayToPlace => ({ profile: 'work', files: files(), proxy: '', ...more });
const inClear = (): WayToPlace => ({ ...way(), profile: 'in-clear' });
const secureEndpoint = () => `https://localhost:${aws.securePort}`;
const failure = (code: string, params: object) => ({ ok: false, error: { code, params } });

async function proxyToAws(options: HttpProxyOptions = {}): Promise<HttpProxy> {
  const started = await startHttpProxy({ portOf: () => aws.securePort ?? 0, ...options });
  proxies.push(started);
  return started;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'way-to-sign-ins-'));
  bundle = join(folder, 'ca.pem');
  const certificate = await makeCertificate(['localhost', ...Object.values(services).map(({ host }) => host)]);
  await writeFile(bundle, certificate.cert);
  aws = await startLocalAws({ certificate });
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$|^REQUESTS_CA/i.test(name)) vi.stubEnv(name, undefined);
  await writeFile(join(folder, 'config'), `[profile in-clear]\nendpoint_url = ${aws.endpoint}\n`);
  signedIn = await signIn(aws, inClear());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(proxies.map((proxy) => proxy.close()));
  proxies = [];
});

describe.for(Object.entries(signInCallsOf))('%s', ([action, prepare]) => {
  const { host, service } = serviceOf(action);

  it(`${action} goes by the CA bundle of AWS_CA_BUNDLE, and is not sent without it`, async () => {
    const ask = await prepare(signedIn);
    vi.stubEnv('AWS_ENDPOINT_URL', secureEndpoint());
    const before = aws.calls.length;
    expect(await ask(way())).toEqual(failure('certificate-refused', { service, reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' }));
    expect(aws.calls).toHaveLength(before);
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    expect(await ask(way())).toMatchObject({ ok: true });
  });

  it(`${action} goes by the ca_bundle of its profile`, async () => {
    const ask = await prepare(signedIn);
    vi.stubEnv('AWS_ENDPOINT_URL', secureEndpoint());
    await writeFile(join(folder, 'config'), `[profile work]\nca_bundle = ${join(folder, 'gone.pem')}\n`);
    expect(await ask(way())).toEqual(failure('ca-bundle-unreadable', { file: join(folder, 'gone.pem'), reason: 'ENOENT' }));
    await writeFile(join(folder, 'config'), `[profile work]\nca_bundle = ${bundle}\n`);
    expect(await ask(way())).toMatchObject({ ok: true });
  });

  it(`${action} goes to AWS’s own host through the proxy of HTTPS_PROXY, which keeps no connection`, async () => {
    const ask = await prepare(signedIn);
    const proxy = await proxyToAws();
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    expect(await ask(way())).toMatchObject({ ok: true });
    expect(proxy.requests).toEqual([`CONNECT ${host}:443`]);
    await vi.waitFor(() => expect(proxy.openConnections()).toBe(0));
  });

  it(`${action} goes through the proxy of the settings before the one of the environment`, async () => {
    const ask = await prepare(signedIn);
    const proxy = await proxyToAws();
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    expect(await ask(way({ proxy: `http://${proxy.host}` }))).toMatchObject({ ok: true });
    expect(proxy.requests).toHaveLength(1);
  });

  it(`${action} passes the proxy by for the hosts of NO_PROXY`, async () => {
    const ask = await prepare(signedIn);
    const proxy = await proxyToAws();
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
    vi.stubEnv('NO_PROXY', 'localhost');
    vi.stubEnv('AWS_CA_BUNDLE', bundle);
    vi.stubEnv('AWS_ENDPOINT_URL', secureEndpoint());
    expect(await ask(way())).toMatchObject({ ok: true });
    expect(proxy.requests).toEqual([]);
  });

  it(`${action} tells of a proxy that refuses by its host alone`, async () => {
    const ask = await prepare(signedIn);
    const proxy = await proxyToAws({ credentials: 'alice:right' });
    vi.stubEnv('HTTPS_PROXY', `http://alice:canary@${proxy.host}`);
    expect(await ask(way())).toEqual(failure('network-unreachable', { service, reason: `PROXY_407 ${proxy.host}` }));
  });

  it(`${action} is not sent in clear to another computer`, async () => {
    const ask = await prepare(signedIn);
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://192.0.2.1:4566');
    expect(await ask(way())).toEqual(failure('endpoint-in-clear', { endpoint: 'http://192.0.2.1:4566' }));
  });
});
