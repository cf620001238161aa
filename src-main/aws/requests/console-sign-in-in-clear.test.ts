import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { consoleSignIn } from './console-sign-in.ts';

let server: Server;
let port: number;
let seen: string[];

beforeEach(async () => {
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$|^REQUESTS_CA/i.test(name)) vi.stubEnv(name, undefined);
  seen = [];
  server = createServer((incoming, response) => {
    seen.push(incoming.url ?? '');
    void text(incoming).then(() => response.end(JSON.stringify({ SigninToken: 'token' })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const signIn = (proxy = '') =>
  consoleSignIn(
    {
      profile: 'work',
      files: { config: '/nowhere/config', credentials: '/nowhere/credentials' },
      region: null,
      credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'canary', sessionToken: 'canary' },
      proxy,
    },
    { arn: 'arn:aws:iam::111111111111:role/deploy', sessionSeconds: null, destination: 'https://console.aws.amazon.com/' },
  );

const refused = { ok: false, error: { code: 'endpoint-in-clear', params: { endpoint: expect.any(String) as string } } };

it.each(['http://signin.example', 'http://192.0.2.1:8080/base', 'HTTP://LOCALHOST.example', 'http://127.0.0.1@192.0.2.1', 'http://[2001:db8::1]'])(
  'the secrets of a session do not go over the network in clear: %s',
  async (endpoint) => {
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', endpoint);
    expect(await signIn()).toEqual(refused);
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', undefined);
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    expect(await signIn()).toEqual(refused);
  },
);

it.each(['127.0.0.1', 'localhost', 'LOCALHOST'])('a server of this machine may be asked in clear: %s', async (host) => {
  vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', `http://${host}:${port}`);
  expect(await signIn()).toMatchObject({ ok: true });
});

it('a server at ::1 may be asked in clear too', async () => {
  // Nothing listens on port 1, so the request fails for another reason than "not https".
  vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', 'http://[::1]:1');
  expect(await signIn()).toMatchObject({ ok: false, error: { code: 'network-unreachable', params: { reason: expect.not.stringMatching(/https/) as string } } });
});

it('no server is asked in clear by way of a proxy elsewhere', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', `http://127.0.0.1:${port}`);
  expect(await signIn('http://proxy.example:3128')).toEqual(refused);
  vi.stubEnv('http_proxy', 'https://proxy.example:3128');
  expect(await signIn()).toEqual(refused);
  expect(seen).toEqual([]);
  vi.stubEnv('no_proxy', '127.0.0.1');
  expect(await signIn()).toMatchObject({ ok: true });
});
