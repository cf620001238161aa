import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificate, type Certificate } from '../../../testing/network/certificate.ts';
import { startHttpProxy, type HttpProxy, type HttpProxyOptions } from '../../../testing/network/http-proxy.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { consoleSignIn, type SignInOptions, type SignInRequest } from './console-sign-in.ts';

const secrets = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'canary/secret+key', sessionToken: 'canary token&==' };
const role = 'arn:aws:iam::111111111111:role/deploy';
const destination = 'https://console.aws.amazon.com/s3/home?region=eu-central-1';
const token = 'sign-in token/+=';

type Seen = { readonly method: string | undefined; readonly url: string | undefined; readonly headers: IncomingMessage['headers']; readonly body: string };
type Reply = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };

let folder: string;
let certificate: Certificate;
let seen: Seen[];
let reply: Reply;
let closing: (() => Promise<unknown>)[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-sign-in-'));
  certificate = await makeCertificate(['signin.aws.amazon.com', 'signin.amazonaws.cn']);
  await writeFile(join(folder, 'ca.pem'), certificate.cert);
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$|^REQUESTS_CA/i.test(name)) vi.stubEnv(name, undefined);
  await writeFile(join(folder, 'config'), '');
  seen = [];
  closing = [];
  reply = { status: 200, body: JSON.stringify({ SigninToken: token }) };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(closing.map((close) => close()));
});

const federation: RequestListener = (incoming, response) => {
  const { method, url, headers } = incoming;
  void text(incoming).then((body) => {
    seen.push({ method, url, headers, body });
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(reply.body);
  });
};

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const startPlain = async (listener: RequestListener = federation) => `http://127.0.0.1:${await listen(createServer(listener))}`;

async function startProxy(options: HttpProxyOptions = {}): Promise<HttpProxy> {
  const proxy = await startHttpProxy(options);
  closing.push(proxy.close);
  return proxy;
}

/** A proxy for which AWS's own sign-in hosts are here. */
async function startProxyToAws(): Promise<HttpProxy> {
  const port = await listen(createSecureServer(certificate, federation));
  return startProxy({ portOf: () => port });
}

const signIn = (request: Partial<SignInRequest> = {}, options: Partial<SignInOptions> = {}) =>
  consoleSignIn(
    { profile: 'work', files: { config: join(folder, 'config'), credentials: join(folder, 'none') }, region: 'eu-central-1', credentials: secrets, ...options },
    { arn: role, sessionSeconds: null, destination, ...request },
  );

const failure = (code: string, params: object) => ({ ok: false, error: { code, params } });
const expectedUrl = (endpoint: string) =>
  `${endpoint}/federation?Action=login&Issuer=sts-tray&Destination=${encodeURIComponent(destination)}&SigninToken=sign-in+token%2F%2B%3D`;

describe('the session', () => {
  it('a session is exchanged by one POST, with nothing of it in the address', async () => {
    const endpoint = await startPlain();
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', endpoint);
    expect(await signIn()).toEqual({ ok: true, value: expectedUrl(endpoint) });
    expect(seen).toMatchObject([{ method: 'POST', url: '/federation', headers: { 'content-type': 'application/x-www-form-urlencoded' } }]);
    expect(seen[0]?.headers['content-length']).toBe(String(seen[0]?.body.length));
    const form = new URLSearchParams(seen[0]?.body);
    expect([...form.keys()]).toEqual(['Action', 'Session']);
    expect(form.get('Action')).toBe('getSigninToken');
    expect(JSON.parse(form.get('Session') ?? '')).toEqual({
      sessionId: secrets.accessKeyId,
      sessionKey: secrets.secretAccessKey,
      sessionToken: secrets.sessionToken,
    });
  });

  it('the session of the console lasts as long as was asked, where that was said', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', await startPlain());
    await signIn({ sessionSeconds: 43_200 });
    expect(new URLSearchParams(seen[0]?.body).get('SessionDuration')).toBe('43200');
  });
});

describe('the endpoint', () => {
  it.each([
    ['arn:aws:sts::111111111111:assumed-role/deploy/alice', 'signin.aws.amazon.com'],
    ['arn:aws-cn:iam::111111111111:role/deploy', 'signin.amazonaws.cn'],
  ])('the sign-in endpoint is that of the partition of %s, asked through the proxy with the CA bundle', async (arn, host) => {
    const { host: proxy, requests, openConnections } = await startProxyToAws();
    vi.stubEnv('HTTPS_PROXY', `http://${proxy}`);
    vi.stubEnv('AWS_CA_BUNDLE', join(folder, 'ca.pem'));
    expect(await signIn({ arn })).toEqual({ ok: true, value: expectedUrl(`https://${host}`) });
    expect(requests).toEqual([`CONNECT ${host}:443`]);
    await eventually(() => expect(openConnections()).toBe(0));
  });

  it('the sign-in endpoint is asked through the user’s own proxy first', async () => {
    const { host, requests } = await startProxyToAws();
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_CA_BUNDLE', join(folder, 'ca.pem'));
    expect(await signIn({}, { proxy: `http://${host}` })).toMatchObject({ ok: true });
    expect(requests).toHaveLength(1);
  });

  it('the sign-in endpoint may be one’s own, of the profile or for all services, with a path', async () => {
    const endpoint = await startPlain();
    await writeFile(join(folder, 'config'), `[profile work]\nendpoint_url = ${endpoint}/base/\n`);
    expect(await signIn()).toEqual({ ok: true, value: expectedUrl(`${endpoint}/base`) });
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    expect(await signIn()).toEqual({ ok: true, value: expectedUrl(endpoint) });
    expect(seen.map(({ url }) => url)).toEqual(['/base/federation', '/federation']);
  });

  it('the sign-in endpoint over http is asked through the proxy as well', async () => {
    const endpoint = await startPlain();
    const { host, requests } = await startProxy();
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', endpoint);
    vi.stubEnv('http_proxy', host);
    expect(await signIn()).toMatchObject({ ok: true });
    expect(requests).toEqual([`POST ${endpoint}/federation`]);
  });

  it.each(['localhost', 'ftp://127.0.0.1', 'unix:/tmp/x'])('%s is told as no address of a sign-in endpoint', async (endpoint) => {
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', endpoint);
    expect(await signIn()).toEqual(failure('network-unreachable', { service: 'sign-in', reason: 'Invalid URL' }));
  });

  it('the sign-in endpoint of a partition without a known console is not guessed', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', await startPlain());
    expect(await signIn({ arn: 'arn:aws-iso-b:iam::111111111111:role/deploy' })).toEqual(failure('console-partition-unknown', { partition: 'aws-iso-b' }));
    expect(seen).toEqual([]);
  });
});

describe('a failed sign-in', () => {
  it.each<[Reply, string, object]>([
    [{ status: 400, body: `<html>${secrets.sessionToken}</html>` }, 'console-refused', { status: 400 }],
    [{ status: 403, body: '' }, 'console-refused', { status: 403 }],
    [{ status: 429, body: '' }, 'throttled', {}],
    [{ status: 503, body: secrets.secretAccessKey }, 'service-failed', { service: 'sign-in', status: 503 }],
    [{ status: 404, body: '{"SigninToken":"canary"}' }, 'unexpected-answer', { service: 'sign-in', name: 'HTTP 404' }],
    [{ status: 200, body: `<html>${secrets.secretAccessKey}` }, 'unexpected-answer', { service: 'sign-in', name: 'no sign-in token' }],
    [{ status: 200, body: '{"SigninToken":["canary"]}' }, 'unexpected-answer', { service: 'sign-in', name: 'no sign-in token' }],
    [{ status: 200, body: 'null' }, 'unexpected-answer', { service: 'sign-in', name: 'no sign-in token' }],
    [{ status: 200, body: `{"SigninToken":"${'x'.repeat(200_000)}"}` }, 'unexpected-answer', { service: 'sign-in', name: 'no sign-in token' }],
  ])('a failed sign-in says what became of the call, and no secret: %#', async (answer, code, params) => {
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', await startPlain());
    reply = answer;
    const found = await signIn();
    expect(found).toEqual(failure(code, params));
    expect(JSON.stringify(found)).not.toContain('canary');
    expect(seen).toHaveLength(1);
  });

  it.each([301, 302, 307, 308])('a failed sign-in says that a redirect (%i) is not followed', async (status) => {
    const endpoint = await startPlain();
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', endpoint);
    reply = { status, body: '', headers: { location: `${endpoint}/elsewhere` } };
    expect(await signIn()).toEqual(failure('unexpected-answer', { service: 'sign-in', name: `HTTP ${status}` }));
    expect(seen).toHaveLength(1);
  });

  it('a failed sign-in says that nobody is there', async () => {
    const { host, close } = await startHttpProxy();
    await close();
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', `http://${host}`);
    expect(await signIn()).toEqual(failure('network-unreachable', { service: 'sign-in', reason: 'ECONNREFUSED 127.0.0.1' }));
  });

  it('a failed sign-in says that the connection broke off, before or in the middle of the answer', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', await startPlain((incoming) => incoming.socket.destroy()));
    expect(await signIn()).toEqual(failure('network-unreachable', { service: 'sign-in', reason: 'ECONNRESET' }));
    const half: RequestListener = (incoming, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"SigninToken"', () => setTimeout(() => incoming.socket.destroy(), 50));
    };
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', await startPlain(half));
    expect(await signIn()).toEqual(failure('network-unreachable', { service: 'sign-in', reason: 'ECONNRESET' }));
  });

  it('a failed sign-in says that the certificate is of somebody else, and nothing was sent', async () => {
    const { host } = await startProxyToAws();
    vi.stubEnv('HTTPS_PROXY', `http://${host}`);
    expect(await signIn()).toEqual(failure('certificate-refused', { service: 'sign-in', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' }));
    expect(seen).toEqual([]);
  });

  it('a failed sign-in says what is wrong with the CA bundle or the proxy', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://alice:canary@proxy:port');
    expect(await signIn()).toEqual(failure('proxy-invalid', { variable: 'HTTPS_PROXY' }));
    vi.stubEnv('HTTPS_PROXY', undefined);
    vi.stubEnv('AWS_CA_BUNDLE', join(folder, 'gone.pem'));
    expect(await signIn()).toEqual(failure('ca-bundle-unreadable', { file: join(folder, 'gone.pem'), reason: 'ENOENT' }));
  });

  it('a failed sign-in says that the proxy let nobody through', async () => {
    const { host } = await startProxy({ credentials: 'alice:right' });
    vi.stubEnv('HTTPS_PROXY', `http://alice:canary@${host}`);
    expect(await signIn()).toEqual(failure('network-unreachable', { service: 'sign-in', reason: `PROXY_407 ${host}` }));
  });
});

describe('a sign-in without an answer', () => {
  afterEach(() => vi.useRealTimers());

  it('a sign-in is given up after 15 seconds when the server or the proxy says nothing, and no connection is kept', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { host, requests, openConnections } = await startProxy({ silent: true });
    let askServer = (): void => {};
    const serverIsAsked = new Promise<void>((resolve) => (askServer = resolve));
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', await startPlain(() => askServer()));
    const settled: unknown[] = [];
    const behindServer = signIn().then((outcome) => settled.push(outcome));
    // The settings are read at the start of each call.
    await serverIsAsked;
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', undefined);
    const behindProxy = signIn({}, { proxy: `http://${host}` }).then((outcome) => settled.push(outcome));
    while (requests.length === 0) await setImmediate();
    vi.advanceTimersByTime(14_999);
    await setImmediate();
    expect([settled.length, openConnections()]).toEqual([0, 1]);
    vi.advanceTimersByTime(1);
    await Promise.all([behindServer, behindProxy]);
    const timeout = failure('network-unreachable', { service: 'sign-in', reason: 'TimeoutError' });
    expect(settled).toEqual([timeout, timeout]);
    await eventually(() => expect(openConnections()).toBe(0));
  });
});
