import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { isOwn } from './own-connection.ts';

export type SignInPageOptions = {
  /** Hands an address to the user's browser, as Electron's `shell.openExternal` does; rejects when there is none. */
  readonly open: (address: string) => Promise<void>;
  /** Closes the page when it aborts. */
  readonly signal: AbortSignal;
  /** How long the browser may take to fetch the page, in milliseconds. */
  readonly waitMs?: number;
  /** The profile to name in an error. */
  readonly profile?: string;
};

/** In bytes. Leaves room for the cookies that other local servers have set for 127.0.0.1. */
const headerBytesMax = 65_536;

/** A limit, because each connection takes one of the app's file descriptors, and every user of the machine may connect. */
const connectionsMax = 64;

/**
 * Opens an address in the browser without putting it on a command line, which every user of the machine
 * can read. The browser gets the address of a page on 127.0.0.1, which redirects only once, and only a
 * program of this user.
 *
 * Resolves when the browser was started; the page waits for the browser for `waitMs`. On Linux the kernel
 * says whose connection it is. Elsewhere only the path is secret: another user would have to read and
 * use it before the browser does.
 *
 * Errors: `browser-not-opened` `{reason, profile}` for the console as a profile; without one `sign-in-page-not-opened` `{reason}`.
 */
export async function openSignIn(url: string, { open, signal, waitMs = 60_000, profile }: SignInPageOptions): Promise<Result<null>> {
  const notOpened = (reason: string) =>
    failed(profile === undefined ? appError('sign-in-page-not-opened', { reason }) : appError('browser-not-opened', { reason, profile }));
  if (signal.aborted) return notOpened('cancelled');
  let page: SignInPage;
  try {
    page = await serveOnce(url, signal, waitMs);
  } catch (error) {
    return notOpened(systemErrorReason(error));
  }
  const { address, ended, close } = page;
  // If a browser fetches the page, it was opened, whatever became of the program that started it.
  const fetched = ended.then((end) => (end === 'answered' ? succeeded(null) : notOpened(end)));
  const opened = Promise.resolve(address)
    .then(open)
    .then(
      () => (signal.aborted ? notOpened('cancelled') : succeeded(null)),
      (error: unknown) => {
        close();
        return notOpened(reasonOf(error, address));
      },
    );
  return Promise.race([opened, fetched]);
}

/** Programs repeat the address that they could not open, so it is removed. */
function reasonOf(error: unknown, address: string): string {
  return error instanceof Error && error.message !== '' ? error.message.replaceAll(address, '').trim() : 'unknown';
}

type Ending = 'answered' | 'timeout' | 'cancelled';

type SignInPage = { readonly address: string; readonly ended: Promise<Ending>; readonly close: () => void };

async function serveOnce(url: string, signal: AbortSignal, waitMs: number): Promise<SignInPage> {
  const server = createServer({ maxHeaderSize: headerBytesMax });
  server.maxConnections = connectionsMax;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const place = { host: `127.0.0.1:${port}`, path: `/${randomBytes(32).toString('base64url')}` };

  let settle: (end: Ending) => void = () => undefined;
  const ended = new Promise<Ending>((resolve) => (settle = resolve));
  const close = (): void => {
    clearTimeout(patience);
    signal.removeEventListener('abort', cancel);
    server.close();
    server.closeAllConnections();
  };
  const end = (how: Ending): void => {
    close();
    settle(how);
  };
  const cancel = (): void => end('cancelled');
  const patience = setTimeout(() => end('timeout'), waitMs);
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  // Neither may keep the app alive.
  patience.unref();
  server.unref();

  // If a connection could not be accepted, the browser tries again.
  server.on('error', () => undefined);
  answerOnce(server, place, url, () => end('answered'));
  return { address: `http://${place.host}${place.path}`, ended, close };
}

type Place = { readonly host: string; readonly path: string };

/** Answers 303 to the first request that may have the address, and 404 to all others, so that they learn nothing. */
function answerOnce(server: Server, place: Place, url: string, answered: () => void): void {
  let isTaken = false;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isMeant = isAsked(request, place) && (await isOwn(request.socket));
    if (!isMeant || isTaken) {
      response.writeHead(404, { 'cache-control': 'no-store', connection: 'close' }).end();
      return;
    }
    isTaken = true;
    // No new connections from now on; this one stays until the answer is sent.
    server.close();
    response.on('close', answered);
    response.writeHead(303, { location: url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', connection: 'close' }).end();
  };
  server.on('request', (request, response) => void answer(request, response));
}

/** The host is compared too, because another site can make its own name resolve to this address (DNS rebinding). */
function isAsked({ method, url, headers }: IncomingMessage, { host, path }: Place): boolean {
  return method === 'GET' && url === path && headers.host === host && !isPrefetch(headers);
}

/**
 * A prefetch is the browser's guess at where the user will go next. `purpose` and `x-moz` are the headers
 * that announced it before Fetch defined `Sec-Purpose`.
 */
function isPrefetch(headers: IncomingMessage['headers']): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) => String(headers[name] ?? '').includes('prefetch'));
}
