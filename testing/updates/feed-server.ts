import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from '../network/certificate.ts';

/** A place on this machine that serves a project's feed by https. */
export type FeedServer = {
  readonly origin: string;
  /** What came, in that order. */
  readonly requests: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }[];
  /** How many connections were made, with or without a request. */
  connections: number;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
};

export async function startFeedServer(certificate: Certificate): Promise<FeedServer> {
  const sockets = new Set<Duplex>();
  const server = createServer(certificate, (request, response) => {
    feed.requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    feed.answer(request, response);
  });
  server.on('connection', (socket: Duplex) => {
    feed.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const feed: FeedServer = {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    requests: [],
    connections: 0,
    answer: (_request, response) => response.writeHead(404).end(),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return feed;
}
