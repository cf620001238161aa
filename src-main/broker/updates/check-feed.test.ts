import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../testing/network/certificate.ts';
import { startFeedServer, type FeedServer } from '../../../testing/updates/feed-server.ts';
import { startHttpProxy } from '../../../testing/network/http-proxy.ts';
import { feedText, makeFeedKey, signedFeed } from '../../../testing/updates/signed-feed.ts';
import { feedBytesMax } from '../../core/updates/feed.ts';
import { checkFeed, type FeedCheck } from './check-feed.ts';
import { getFeed } from './feed-request.ts';

const key = makeFeedKey();
let folder: string;
let server: FeedServer;
let bundle: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feed-'));
  bundle = join(folder, 'ca.pem');
  const certificate = await makeCertificate(['localhost']);
  await writeFile(bundle, certificate.cert);
  server = await startFeedServer(certificate);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  server.requests.length = 0;
});

const page = () => `${server.origin}/owner/sts-tray`;
const address = () => `${page()}/releases/download/update-feed/update-feed.json`;
const serve = (text: string) => (server.answer = (_request, response) => response.end(text));
const feed = () => signedFeed(feedText({ page: page(), signedAt: Date.now() - 1_000 }), key);
const check = (changes: Partial<FeedCheck> & { env?: NodeJS.ProcessEnv } = {}) =>
  checkFeed({
    page: page(),
    keys: [key.publicKey],
    running: '1.0.0',
    seenSignedAt: 0,
    now: Date.now,
    signal: new AbortController().signal,
    proxies: { env: changes.env ?? { AWS_CA_BUNDLE: bundle }, chosen: '' },
    ...changes,
  });
const get = (changes: Partial<Parameters<typeof getFeed>[1]> = {}) =>
  getFeed(address(), { proxies: { env: {}, chosen: '' }, caBundle: bundle, signal: new AbortController().signal, ...changes });

describe('the request for the feed', () => {
  it('what the project signed is read, by a request that says nothing of who asks', async () => {
    serve(feed());
    expect(await check()).toMatchObject({ ok: true, value: { newest: { version: '1.1.0', notes: `${page()}/releases/tag/v1.1.0` } } });
    expect(server.requests).toEqual([
      {
        method: 'GET',
        url: '/owner/sts-tray/releases/download/update-feed/update-feed.json',
        headers: { host: new URL(server.origin).host, connection: 'close' },
      },
    ]);
  });

  it('what somebody else signed is not believed', async () => {
    serve(signedFeed(feedText({ page: page(), signedAt: Date.now() }), makeFeedKey()));
    expect(await check()).toMatchObject({ error: { code: 'update-feed-untrusted' } });
  });

  it('a server whose certificate nobody vouches for is told nothing', async () => {
    serve(feed());
    expect(await check({ env: {} })).toEqual({
      ok: false,
      error: { code: 'update-not-reached', params: { host: new URL(server.origin).host, reason: expect.stringMatching(/CERT/) } },
    });
    expect(server.requests).toEqual([]);
  });

  it('goes through the proxy that calls to AWS take', async () => {
    serve(feed());
    const proxy = await startHttpProxy();
    try {
      expect((await check({ proxies: { env: { REQUESTS_CA_BUNDLE: bundle }, chosen: `http://${proxy.host}` } })).ok).toBe(true);
      expect(proxy.requests).toEqual([`CONNECT ${new URL(server.origin).host}`]);
    } finally {
      await proxy.close();
    }
  });

  it('follows the host that it asked, and no other, and not for ever', async () => {
    const text = feed();
    server.answer = ({ url }, response) => (url === '/file' ? response.end(text) : response.writeHead(302, { location: '/file' }).end());
    expect(await get()).toEqual({ ok: true, value: text });
    server.answer = (_request, response) => response.writeHead(302, { location: address() }).end();
    server.requests.length = 0;
    expect(await get()).toMatchObject({ error: { code: 'update-not-reached', params: { reason: expect.stringMatching(/^HTTP 3xx → localhost/) } } });
    expect(server.requests).toHaveLength(4);
  });

  it.each(['https://127.0.0.1:9/', 'http://localhost/', 'https://github.com/x', 'https://user@localhost/', 'file:///etc/passwd', 'https://'])(
    'does not go on to %s',
    async (location) => {
      server.answer = (_request, response) => response.writeHead(302, { location }).end();
      expect(await get()).toMatchObject({
        error: { code: 'update-not-reached', params: { host: new URL(server.origin).host, reason: expect.stringMatching(/^HTTP 302 → /) } },
      });
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each([204, 404, 500, 304])('an answer of status %d is no feed', async (status) => {
    server.answer = (_request, response) => response.writeHead(status).end();
    expect(await get()).toMatchObject({ error: { code: 'update-not-reached', params: { reason: `HTTP ${status}` } } });
  });

  it('an answer without an end is cut off', async () => {
    let sent = 0;
    server.answer = (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('A'.repeat(4_096))) sent += 4_096;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    expect(await get()).toMatchObject({ error: { code: 'update-feed-untrusted' } });
    expect(sent).toBeGreaterThan(feedBytesMax);
  });

  it.each(['never begins', 'never ends'])('an answer that %s is waited for no longer than the limit', async (how) => {
    server.answer = (_request, response) => {
      if (how === 'never ends') response.write('{');
    };
    expect(await get({ waitMs: 300 })).toMatchObject({ error: { code: 'update-not-reached', params: { reason: 'ETIMEDOUT' } } });
  });

  it('a server that is not there, and one that hangs up, are told by the system’s word for it', async () => {
    server.answer = (request) => request.socket.destroy();
    expect(await get()).toMatchObject({ error: { code: 'update-not-reached', params: { reason: 'ECONNRESET' } } });
    const gone = await getFeed('https://127.0.0.1:9/feed', { proxies: { env: {}, chosen: '' }, caBundle: null, signal: new AbortController().signal });
    expect(gone).toMatchObject({ error: { code: 'update-not-reached', params: { host: '127.0.0.1:9', reason: 'ECONNREFUSED' } } });
  });
});
