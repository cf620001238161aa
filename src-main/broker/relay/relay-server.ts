import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { respond } from '../local-api/answer.ts';
import { Arrivals, type ArrivalLimits } from '../local-api/arrivals.ts';
import { closeServer } from '../local-api/closing.ts';
import { refusalOf, type RelayAnswer, type Sentences } from './answers.ts';
import { isIncoming, readIncoming, type Incoming } from './incoming.ts';

export type RelayLimits = ArrivalLimits & {
  readonly connections: number;
  /** How long callers have to take their answers when the server is disposed, in milliseconds. */
  readonly disposeMs: number;
};

const defaultLimits: RelayLimits = { headersMs: 5000, requestMs: 10_000, connections: 1000, disposeMs: 1000 };

/** The size of the longest request line and headers, in bytes: session tokens alone may have 4,000. */
const headerBytesMax = 16_384;

type Options = {
  /** Default: one that the system chooses. */
  readonly port?: number;
  /** Answers a request to one of the runs. `signal` aborts when the caller hangs up, and when the server is disposed. */
  readonly answer: (incoming: Incoming, signal: AbortSignal) => Promise<RelayAnswer>;
  readonly sentences: Sentences;
  /** Gets what `answer` threw; the caller only sees its connection end. */
  readonly onBug: (error: unknown) => void;
  readonly limits?: Partial<RelayLimits>;
};

export type RelayServer = { readonly port: number; readonly dispose: () => Promise<void> };

/**
 * Listens for STS's own calls on 127.0.0.1. Other users of the machine can connect, so what is asked counts only with the token of a run and a signature. Each
 * connection takes one request. Fails with `relay-not-opened`.
 */
export async function openRelayServer(options: Options): Promise<Result<RelayServer>> {
  const limits = { ...defaultLimits, ...options.limits };
  const refuse = (socket: Socket): void => {
    if (!socket.writable) socket.destroy();
    else socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', () => socket.destroy());
  };
  const arrivals = new Arrivals(limits, refuse);
  const waiting = new Set<AbortController>();
  const server = createServer({ maxHeaderSize: headerBytesMax, headersTimeout: 0, requestTimeout: 0 });
  server.maxConnections = limits.connections;
  server.maxRequestsPerSocket = 1;
  server.on('connection', (socket) => arrivals.connected(socket));
  server.on('clientError', (_, socket) => refuse(socket as Socket));
  server.on('request', (message, response) => {
    serve({ message, response }, { ...options, host: `127.0.0.1:${portOf(server)}` }, arrivals, waiting).catch((error: unknown) => {
      options.onBug(error);
      // Not the message: where it has arrived as a whole, that would leave the connection open.
      message.socket.destroy();
    });
  });
  try {
    await listen(server, options.port ?? 0, limits.connections);
  } catch (error) {
    return failed(appError('relay-not-opened', { reason: systemErrorReason(error) }));
  }
  server.on('error', options.onBug);
  let closed: Promise<void> | null = null;
  return succeeded({ port: portOf(server), dispose: () => (closed ??= closeServer(server, arrivals, waiting, limits.disposeMs)) });
}

type Exchange = { readonly message: IncomingMessage; readonly response: ServerResponse };

async function serve(exchange: Exchange, options: Options & { readonly host: string }, arrivals: Arrivals, waiting: Set<AbortController>): Promise<void> {
  const { message, response } = exchange;
  const request = new AbortController();
  arrivals.headersArrived(message.socket);
  message.once('end', () => arrivals.arrived(message.socket));
  response.once('close', () => {
    waiting.delete(request);
    if (!response.writableFinished) request.abort();
  });
  waiting.add(request);
  const incoming = await readIncoming(message, options.host);
  if (incoming === null) return;
  const type = message.headers['content-type'];
  const over = (): RelayAnswer => refusalOf(appError('relay-run-over'), options.sentences, type);
  const answer = isIncoming(incoming)
    ? await unlessAborted(request.signal, options.answer(incoming, request.signal), over)
    : refusalOf(incoming, options.sentences, type);
  if (response.destroyed) return;
  const headers = { ...answer.headers, 'content-length': Buffer.byteLength(answer.body), 'cache-control': 'no-store', connection: 'close' };
  respond(exchange, { status: answer.status, headers, body: answer.body }, () => arrivals.draining(message.socket));
}

/** Who waits is answered at once when the relay closes. */
function unlessAborted(signal: AbortSignal, answer: Promise<RelayAnswer>, over: () => RelayAnswer): Promise<RelayAnswer> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(over());
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    answer.then(resolve, reject);
  });
}

function listen(server: Server, port: number, backlog: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, backlog }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
