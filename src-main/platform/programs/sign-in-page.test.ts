import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findProgram } from '../../../testing/processes/find-program.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { openSignIn, type SignInPageOptions } from './sign-in-page.ts';

const run = promisify(execFile);
const login = 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=canary-token';

let quit: AbortController;
beforeEach(() => {
  quit = new AbortController();
});
afterEach(() => quit.abort());

/** What a browser was asked to open; the page stays until the test fetches it. */
async function openedPage(options: Partial<SignInPageOptions> = {}): Promise<URL> {
  const addresses: string[] = [];
  const open = async (address: string) => void addresses.push(address);
  expect(await openSignIn(login, { open, signal: quit.signal, ...options })).toEqual({ ok: true, value: null });
  expect(addresses).toHaveLength(1);
  return new URL(addresses[0] ?? '');
}

type Page = { readonly status: number; readonly headers: IncomingHttpHeaders };

async function fetchPage(page: URL, options: RequestOptions = {}): Promise<Page> {
  const call = request(page, { agent: false, ...options });
  const answered = once(call, 'response') as Promise<[IncomingMessage]>;
  call.end();
  const [response] = await answered;
  response.resume();
  return { status: response.statusCode ?? 0, headers: response.headers };
}

const status = async (page: URL, options?: RequestOptions) => (await fetchPage(page, options)).status;

async function isListening({ port }: URL): Promise<boolean> {
  const socket = connect(Number(port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const isGone = (page: URL) => eventually(async () => expect(await isListening(page)).toBe(false));

describe('the sign-in page', () => {
  it('the sign-in page has an address on this machine that nobody can guess, and no secret in it', async () => {
    const page = await openedPage();
    expect(page.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
    expect((await openedPage()).pathname).not.toBe(page.pathname);
  });

  it('the sign-in page leads to the login once, keeps no trace, and is gone', async () => {
    const page = await openedPage();
    const { status: found, headers } = await fetchPage(page);
    expect(found).toBe(303);
    expect(headers).toMatchObject({ location: login, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    await isGone(page);
  });

  it('the sign-in page is answered once when two ask at the same time', async () => {
    const page = await openedPage();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => status(page)));
    expect(answers.filter((answer) => answer.status === 'fulfilled' && answer.value === 303)).toHaveLength(1);
  });

  it('the sign-in page comes with the cookies that a browser has for 127.0.0.1', async () => {
    expect(await status(await openedPage(), { headers: { cookie: `a=${'x'.repeat(40_000)}` } })).toBe(303);
  });

  it('the sign-in page is fetched over an IPv6 socket too', async () => {
    const page = await openedPage();
    expect(await status(page, { host: '::ffff:127.0.0.1', headers: { host: page.host } })).toBe(303);
  });
});

describe('a request that the page does not answer', () => {
  it.each<[string, (page: URL) => RequestOptions]>([
    ['another path', () => ({ path: '/' })],
    ['the path with a query', ({ pathname }) => ({ path: `${pathname}?` })],
    ['the beginning of the path', ({ pathname }) => ({ path: pathname.slice(0, -1) })],
    ['another host', ({ port }) => ({ headers: { host: `localhost:${port}` } })],
    ['the host without its port', () => ({ headers: { host: '127.0.0.1' } })],
    ['another site that has this address', ({ port }) => ({ headers: { host: `evil.example.com:${port}` } })],
    ['HEAD', () => ({ method: 'HEAD' })],
    ['POST', () => ({ method: 'POST' })],
    ['OPTIONS', () => ({ method: 'OPTIONS' })],
    ['a prefetch', () => ({ headers: { 'sec-purpose': 'prefetch;prerender' } })],
    ['a prefetch of an older browser', () => ({ headers: { purpose: 'prefetch' } })],
  ])('404, and the page left as it is, is the answer to %s', async (_, options) => {
    const page = await openedPage();
    const { status: refused, headers } = await fetchPage(page, options(page));
    expect(refused).toBe(404);
    expect(headers.location).toBeUndefined();
    expect(await status(page)).toBe(303);
  });

  const cannotBeAnother = process.platform !== 'linux' || process.getuid?.() !== 0 || ['setpriv', 'curl'].some((name) => findProgram(name) === null);
  it.skipIf(cannotBeAnother)('404, and the page left as it is, is the answer to another user', async () => {
    const page = await openedPage();
    const curl = ['curl', '--silent', '--output', '/dev/null', '--noproxy', '*', '--write-out', '%{http_code} %{redirect_url}', page.href];
    const asNobody = await run('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', ...curl]);
    expect(asNobody.stdout).toBe('404 ');
    const [program = '', ...args] = curl;
    expect((await run(program, args)).stdout).toBe(`303 ${login}`);
  });
});

describe('closing the sign-in page', () => {
  it('the sign-in page is closed when nobody fetched it in time, with the connections that ask for nothing', async () => {
    const page = await openedPage({ waitMs: 300 });
    const idle = connect(Number(page.port), '127.0.0.1');
    await once(idle, 'connect');
    idle.resume().on('error', () => undefined);
    await once(idle, 'close');
    expect(await isListening(page)).toBe(false);
  });

  it('the sign-in page is closed when the app quits', async () => {
    const page = await openedPage();
    expect(await isListening(page)).toBe(true);
    quit.abort();
    await isGone(page);
  });

  it('the sign-in page is closed when no browser could be opened, and the reason does not repeat the address', async () => {
    let page = new URL('http://127.0.0.1');
    const open = async (address: string) => {
      page = new URL(address);
      throw new Error(`Failed to open ${address}`);
    };
    const failure = await openSignIn(login, { open, signal: quit.signal, profile: 'work' });
    expect(failure).toEqual({ ok: false, error: { code: 'browser-not-opened', params: { reason: 'Failed to open', profile: 'work' } } });
    await isGone(page);
  });
});

describe('a browser that does not come back', () => {
  const pending = () => new Promise<void>(() => undefined);

  it('a browser that does not come back was opened all the same when it fetched the page', async () => {
    const fetched: number[] = [];
    const open = async (address: string) => {
      fetched.push(await status(new URL(address)));
      await pending();
    };
    expect(await openSignIn(login, { open, signal: quit.signal })).toEqual({ ok: true, value: null });
    await eventually(() => expect(fetched).toEqual([303]));
  });

  it('a browser that does not come back is given up after the time', async () => {
    const failure = await openSignIn(login, { open: pending, signal: quit.signal, waitMs: 50 });
    expect(failure).toEqual({ ok: false, error: { code: 'sign-in-page-not-opened', params: { reason: 'timeout' } } });
  });

  it('a browser that does not come back is given up when the app quits, and none is opened after that', async () => {
    const cancelled = { ok: false, error: { code: 'sign-in-page-not-opened', params: { reason: 'cancelled' } } };
    const open = vi.fn<(address: string) => Promise<void>>(pending);
    const opening = openSignIn(login, { open, signal: quit.signal });
    await eventually(() => expect(open).toHaveBeenCalledOnce());
    quit.abort();
    expect(await opening).toEqual(cancelled);
    expect(await openSignIn(login, { open, signal: quit.signal })).toEqual(cancelled);
    expect(open).toHaveBeenCalledOnce();
  });
});
