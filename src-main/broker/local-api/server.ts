import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Result } from '../../contract/app-error.ts';
import type { ApiAnswers, ApiName, ApiRequest, CallerFiles } from '../../contract/local-api.ts';
import { appError, succeeded } from '../../core/errors.ts';
import type { ApiAddress } from '../../core/local-api/api-address.ts';
import { listenAnnounced } from './announced.ts';
import { answer, rawRefusal, refusalFor, type Outcome, type Sentences } from './answer.ts';
import { Arrivals, type ArrivalLimits } from './arrivals.ts';
import { closeServer, type Closable } from './closing.ts';
import { connectionInode } from './connection.ts';
import { isRefusal, readCall, refusal, type ApiCall } from './request.ts';
import { listenPrivately } from './socket.ts';

export type ApiContext = {
  /** Aborts when the client hangs up before its answer, and when the server is disposed. */
  readonly signal: AbortSignal;
  /** The inode of the connection's socket, while it is open. */
  readonly connection?: () => number | null;
  /** Where the AWS files are for the client, as far as it says. */
  readonly files?: CallerFiles | null;
};

/** What answers each request. A throw is a bug, except an `AbortError` after the signal. */
export type ApiHandlers = {
  readonly [N in ApiName]: (request: ApiRequest<N>, context: ApiContext) => Promise<Result<ApiAnswers[N]>>;
};

export type LocalApiLimits = ArrivalLimits & {
  readonly connections: number;
  /** How long clients have to take their answers when the server is disposed, in milliseconds. */
  readonly disposeMs: number;
};

const defaultLimits: LocalApiLimits = { headersMs: 5000, requestMs: 10_000, connections: 1000, disposeMs: 1000 };

/** The size of the longest request line and headers, in bytes. */
const headerBytesMax = 8192;

export type LocalApiOptions = {
  readonly address: ApiAddress;
  readonly handlers: ApiHandlers;
  readonly sentences: Sentences;
  /** Gets what a handler threw; the client only learns that there was an internal error. */
  readonly onBug: (error: unknown) => void;
  readonly limits?: Partial<LocalApiLimits>;
};

/** `dispose` removes the socket, ends waiting requests with `app-quitting` and closes. */
export type LocalApi = { readonly dispose: () => Promise<void> };

/**
 * Opens the local API of `contract/local-api.ts` for other programs of the same user; see
 * `listenPrivately` and `listenAnnounced` for who can connect. Fails with `local-api-closed`.
 *
 * Each connection takes one request. A failure is an `ApiFailure`, or its sentences alone for a
 * client that accepts `text/plain`.
 */
export async function openLocalApi(options: LocalApiOptions): Promise<Result<LocalApi>> {
  const limits = { ...defaultLimits, ...options.limits };
  const refuse = (socket: Socket, reason: string): void => {
    if (!socket.writable) socket.destroy();
    else socket.end(rawRefusal(refusal(400, reason), options.sentences), () => socket.destroy());
  };
  const arrivals = new Arrivals(limits, (socket) => refuse(socket, 'it arrives too slowly'));
  const waiting = new Set<AbortController>();

  const server = createServer({ maxHeaderSize: headerBytesMax, headersTimeout: 0, requestTimeout: 0, requireHostHeader: false });
  server.maxConnections = limits.connections;
  server.maxRequestsPerSocket = 1;
  server.on('connection', (socket) => arrivals.connected(socket));
  server.on('request', (message, response) => {
    serve({ message, response }, options, arrivals, waiting).catch((error: unknown) => {
      options.onBug(error);
      // Not the message: where it has arrived as a whole, that would leave the connection open.
      message.socket.destroy();
    });
  });
  server.on('clientError', (_, socket) => refuse(socket as Socket, 'not HTTP, or headers that are too long'));

  const opened = await listenAt(options.address, server, limits);
  if (!opened.ok) return opened;
  server.on('error', options.onBug);
  let closed: Promise<void> | null = null;
  return succeeded({ dispose: () => (closed ??= closeServer(opened.value, arrivals, waiting, limits.disposeMs)) });
}

async function listenAt(address: ApiAddress, server: Server, limits: LocalApiLimits): Promise<Result<Closable>> {
  if (address.kind === 'announced') return await listenAnnounced(server, address, limits);
  const opened = await listenPrivately(server, address.path, limits.connections);
  return opened.ok ? succeeded(server) : opened;
}

type Exchange = { readonly message: IncomingMessage; readonly response: ServerResponse };

async function serve(exchange: Exchange, options: LocalApiOptions, arrivals: Arrivals, waiting: Set<AbortController>): Promise<void> {
  const { message, response } = exchange;
  const { socket } = message;
  const request = new AbortController();
  arrivals.headersArrived(socket);
  message.once('end', () => arrivals.arrived(socket));
  response.once('close', () => {
    waiting.delete(request);
    if (!response.writableFinished) request.abort();
  });
  waiting.add(request);
  const call = await readCall(message);
  if (call === null) return;
  const outcome = isRefusal(call)
    ? call
    : await outcomeOf(call, options, { signal: request.signal, connection: () => connectionInode(socket), files: call.files });
  if (response.destroyed) return;
  answer(exchange, outcome, { sentences: options.sentences, keepReading: () => arrivals.draining(socket) });
}

/** What the handler says, or `app-quitting` as soon as the signal aborts. */
function outcomeOf(call: ApiCall, { handlers, onBug }: LocalApiOptions, context: ApiContext): Promise<Outcome> {
  const { signal } = context;
  return new Promise((resolve) => {
    const quit = (): void => resolve(refusalFor(appError('app-quitting')));
    if (signal.aborted) return quit();
    signal.addEventListener('abort', quit, { once: true });
    run(handlers, call, context)
      .then((result) => resolve(result.ok ? { answer: result.value } : refusalFor(result.error)))
      .catch((error: unknown) => {
        if (!signal.aborted || !isAbort(error)) onBug(error);
        resolve(refusal(500, 'internal error'));
      })
      .finally(() => signal.removeEventListener('abort', quit));
  });
}

async function run<N extends ApiName>(handlers: ApiHandlers, call: { name: N; request: ApiRequest<N> }, context: ApiContext) {
  return await handlers[call.name](call.request, context);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
