import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startLocalAws, type LocalAws } from '../../../testing/aws/local-aws.ts';
import { makeCertificate } from '../../../testing/network/certificate.ts';
import { startHttpProxy, type HttpProxyOptions } from '../../../testing/network/http-proxy.ts';
import { hurried } from '../../../testing/processes/hurried.ts';
import { passOn, type Way } from './pass-on.ts';

let aws: LocalAws;
let folder: string;
let bundle: string;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pass-on-'));
  const certificate = await makeCertificate(['localhost']);
  bundle = join(folder, 'ca.pem');
  await writeFile(bundle, certificate.cert);
  aws = await startLocalAws({ certificate });
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const call = () => ({
  action: 'GetCallerIdentity',
  form: 'Action=GetCallerIdentity&Version=2011-06-15',
  headers: { 'user-agent': 'test' },
  credentials: { accessKeyId: aws.alice.accessKeyId, secretAccessKey: aws.alice.secretAccessKey },
});
const wayTo = (url: string, { caBundle = null, env = {}, proxy = '' }: Partial<Way> & { readonly caBundle?: string | null } = {}): Way => ({
  endpoint: { url: new URL(url), signingRegion: 'us-east-1', caBundle },
  env,
  proxy,
});
const secureEndpoint = () => `https://localhost:${aws.securePort}`;
const told = (code: string, params: object) => ({ ok: false, error: { code, params } });
const succeeded = { ok: true, value: { status: 200, headers: { 'content-type': 'text/xml' } } };

async function server(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    started.closeAllConnections();
    return new Promise((resolve) => started.close(resolve));
  });
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function proxyTo(options: HttpProxyOptions = {}) {
  const proxy = await startHttpProxy({ portOf: () => aws.securePort ?? 0, ...options });
  closing.push(proxy.close);
  return proxy;
}

describe('a call that is passed on', () => {
  it('trusts the CA bundle, and nothing without it', async () => {
    expect(await passOn(call(), wayTo(secureEndpoint(), { caBundle: bundle }))).toMatchObject(succeeded);
    expect(await passOn(call(), wayTo(secureEndpoint()))).toMatchObject(told('certificate-refused', { service: 'STS' }));
  });

  it('goes through the proxy of the run, or the one that the user chose', async () => {
    const { host, requests } = await proxyTo();
    const sts = 'https://localhost';
    expect(await passOn(call(), wayTo(sts, { caBundle: bundle, env: { HTTPS_PROXY: `http://${host}` } }))).toMatchObject(succeeded);
    expect(await passOn(call(), wayTo(sts, { caBundle: bundle, proxy: `http://${host}` }))).toMatchObject(succeeded);
    expect(requests).toEqual(['CONNECT localhost:443', 'CONNECT localhost:443']);
  });

  it('is told of a proxy that is none by the name of its variable', async () => {
    expect(await passOn(call(), wayTo(secureEndpoint(), { env: { HTTPS_PROXY: 'http://alice:canary@proxy:port' } }))).toEqual(
      told('proxy-invalid', { variable: 'HTTPS_PROXY' }),
    );
  });

  it('is told of the page of a portal that says yes to everything', async () => {
    const url = await server((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'));
    expect(await passOn(call(), wayTo(url))).toEqual(told('unexpected-answer', { service: 'STS', name: 'text/html' }));
  });

  it('gets the error page of a load balancer as it is', async () => {
    const url = await server((_, response) => response.writeHead(503, { 'content-type': 'text/html' }).end('<html>busy</html>'));
    const answer = await passOn(call(), wayTo(url));
    expect(answer).toMatchObject({ ok: true, value: { status: 503 } });
    expect(answer.ok && answer.value.body.toString()).toBe('<html>busy</html>');
  });

  it('of which STS says nothing is given up before its program gives up', async () => {
    let asked = 0;
    const url = await server(() => void (asked += 1));
    const { found, waited } = await hurried(() => passOn(call(), wayTo(url)));
    expect(found).toMatchObject(told('network-unreachable', { service: 'STS', reason: 'TimeoutError' }));
    expect(asked).toBe(3);
    expect(waited).toBeLessThan(60_000);
  });

  it('goes over the connection of the one before, and over a new one where STS has closed that in this moment', async () => {
    const sockets: Socket[] = [];
    let closes = false;
    const url = await server((request, response) => {
      if (!sockets.includes(request.socket)) sockets.push(request.socket);
      else if (closes) return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'text/xml' }).end('<ok/>');
    });
    for (let calls = 0; calls < 3; calls += 1) expect(await passOn(call(), wayTo(url))).toMatchObject(succeeded);
    expect(sockets).toHaveLength(1);
    closes = true;
    expect(await passOn(call(), wayTo(url))).toMatchObject(succeeded);
    expect(sockets).toHaveLength(2);
  });

  it('with an MFA code is sent once, over a connection of its own, since the code works once', async () => {
    const sockets: Socket[] = [];
    let asked = 0;
    const url = await server((request, response) => {
      sockets.push(request.socket);
      if (asked++ > 0) return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'text/xml' }).end('<ok/>');
    });
    expect(await passOn(call(), wayTo(url))).toMatchObject(succeeded);
    const withCode = { ...call(), form: 'Action=GetSessionToken&SerialNumber=arn&TokenCode=123456&Version=2011-06-15' };
    expect(await passOn(withCode, wayTo(url))).toMatchObject(told('network-unreachable', { service: 'STS', reason: 'ECONNRESET' }));
    expect(new Set(sockets).size).toBe(2);
    expect(asked).toBe(2);
  });

  it('gets no endless answer', async () => {
    const url = await server((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const more = (): void => void (response.write('x'.repeat(65_536)) ? setImmediate(more) : response.once('drain', more));
      more();
    });
    expect(await passOn(call(), wayTo(url))).toMatchObject({ ok: false, error: { code: 'unexpected-answer' } });
  });
});
