import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export type HttpProxyOptions = {
  /** The `user:password` that it asks for; by default it lets everybody through. */
  readonly credentials?: string;
  /** Accepts connections and never answers, like a proxy behind a broken firewall. */
  readonly silent?: boolean;
  /** The port on 127.0.0.1 that a host and port lead to, by default that port: a proxy resolves names itself. */
  readonly portOf?: (host: string, port: number) => number;
};

/** A forward proxy on 127.0.0.1: CONNECT for TLS, whole URLs for plain HTTP (RFC 9110, 9.3.6 and 7.1). */
export type HttpProxy = {
  readonly host: string;
  /** `CONNECT sts.us-east-1.amazonaws.com:443`, `POST http://…`; in the order in which they came. */
  readonly requests: readonly string[];
  /** Connections from clients that are open now. */
  readonly openConnections: () => number;
  readonly close: () => Promise<void>;
};

export async function startHttpProxy(options: HttpProxyOptions = {}): Promise<HttpProxy> {
  const { portOf = (_, port) => port, silent = false } = options;
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const admit = (incoming: IncomingMessage): boolean => {
    requests.push(`${incoming.method} ${incoming.url}`);
    return isAdmitted(incoming, options.credentials);
  };

  const server = createServer((incoming, response) => {
    if (admit(incoming)) relay(incoming, response, portOf);
    else response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (incoming, client: Socket) => {
    client.on('error', () => client.destroy());
    // Nothing else closes this socket: the server has handed it over.
    client.on('end', () => client.end()).resume();
    const admitted = admit(incoming);
    if (silent) return;
    if (admitted) tunnel(incoming, client, portOf);
    else client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    host: `127.0.0.1:${port}`,
    requests,
    openConnections: () => sockets.size,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

type Resolve = NonNullable<HttpProxyOptions['portOf']>;

function isAdmitted({ headers }: IncomingMessage, credentials: string | undefined): boolean {
  const wanted = `Basic ${Buffer.from(credentials ?? '').toString('base64')}`;
  return credentials === undefined || headers['proxy-authorization'] === wanted;
}

function tunnel({ url }: IncomingMessage, client: Socket, portOf: Resolve): void {
  const { hostname, port } = new URL(`https://${url}`);
  const target = connect(portOf(hostname, Number(port) || 443), '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    target.pipe(client).pipe(target);
  });
  target.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  // With no pipe left, the client's data is not read, so its hanging up would go unnoticed.
  target.on('close', () => client.resume());
  client.on('close', () => target.destroy());
}

function relay(incoming: IncomingMessage, response: ServerResponse, portOf: Resolve): void {
  const { hostname, port, pathname, search } = new URL(incoming.url ?? '');
  const { method, headers } = incoming;
  const to = { host: '127.0.0.1', port: portOf(hostname, Number(port) || 80), method, path: pathname + search, headers };
  const outgoing = request(to, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.writeHead(502).end());
  incoming.pipe(outgoing);
}
