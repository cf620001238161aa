import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { serviceUnavailable } from '../wire/aws-error.ts';

/** Headers that apply to one connection only (RFC 9110, 7.6.1), and `expect`, which Node has answered already. */
const connectionHeaders = ['connection', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade'];

/**
 * Forwards a request whose body has been read to moto, to act in the given account. Resolves with moto's answer,
 * whose body is still to be read.
 */
export function forward(incoming: IncomingMessage, body: Buffer, accountId: string, motoPort: number): Promise<IncomingMessage> {
  const headers = { ...withoutConnection(incoming.headers), 'x-moto-account-id': accountId };
  const outgoing = request({ host: '127.0.0.1', port: motoPort, method: incoming.method, path: incoming.url, headers });
  outgoing.end(body);
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', () => reject(serviceUnavailable()));
  });
}

/** The headers of an answer that are passed on to the client, lengths included. Node sets the transfer codings itself. */
export function forwardedHeaders(answer: IncomingMessage): IncomingHttpHeaders {
  const { 'transfer-encoding': _, ...headers } = withoutConnection(answer.headers);
  return headers;
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !connectionHeaders.includes(name)));
}
