import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { BrowserReturn } from '../../core/sign-in/browser-return.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { isOwn } from './own-connection.ts';

/** The page that the browser shows when it comes back. */
export type ReturnPage = { readonly language: string; readonly title: string; readonly body: string };

/** In bytes. A code is some hundred letters; cookies that other local servers have set for 127.0.0.1 come along. */
const headerBytesMax = 65_536;

/** A limit, because each connection takes one of the app's file descriptors, and every user of the machine may connect. */
const connectionsMax = 64;

const path = '/oauth/callback';

/**
 * Listens on a random port of 127.0.0.1 for the browser that comes back from a sign-in. Only a request of this user (on
 * Linux the kernel says whose it is) with the `state` that was given is the answer, and only once; all others get 404,
 * so that no page and no other user can end a sign-in or put in one of its own.
 *
 * Errors: `sign-in-loopback-taken` `{reason}`.
 */
export async function openBrowserReturn(page: () => ReturnPage): Promise<Result<BrowserReturn>> {
  const server = createServer({ maxHeaderSize: headerBytesMax });
  server.maxConnections = connectionsMax;
  try {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    return failed(appError('sign-in-loopback-taken', { reason: systemErrorReason(error) }));
  }
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  let expected: { readonly state: string; readonly take: (answer: URLSearchParams | null) => void } | null = null;
  // Once the server listens, its errors are of single connections, which the browser makes again.
  server.on('error', () => undefined);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${host}`);
    // The host is compared too, because another site can make its own name resolve to this address (DNS rebinding).
    const isMeant = request.method === 'GET' && request.headers.host === host && pathname === path && (await isOwn(request.socket));
    if (!isMeant || expected === null || searchParams.get('state') !== expected.state) {
      response.writeHead(404, { 'cache-control': 'no-store', connection: 'close' }).end();
      return;
    }
    const { take } = expected;
    expected = null;
    server.close();
    response.writeHead(200, headers).end(html(page()));
    take(searchParams);
  };
  server.on('request', (request, response) => void answer(request, response).catch(() => response.destroy()));
  return succeeded({
    redirectUri: `http://${host}${path}`,
    answerTo: (state) =>
      new Promise((resolve) => {
        expected = { state, take: resolve };
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
      expected?.take(null);
      expected = null;
    },
  });
}

/** The address of the page has the code in it: nothing may be loaded that could take it along. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  connection: 'close',
} as const;

const look = 'body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto 0;max-width:30rem;padding:0 1rem;color-scheme:light dark}h1{font-size:1.25rem}';

function html({ language, title, body }: ReturnPage): string {
  const [safeTitle, safeBody] = [title, body].map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${safeTitle}</title><style>${look}</style><h1>${safeTitle}</h1><p>${safeBody}</p></html>`;
}
