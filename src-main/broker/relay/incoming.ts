import type { IncomingMessage } from 'node:http';
import type { AppError } from '../../contract/app-error.ts';
import type { ArrivedRequest } from '../../aws/relay/claim.ts';
import { appError } from '../../core/errors.ts';
import { readBytes } from '../local-api/body.ts';

/** A request to one of the runs, by the token in its path. */
export type Incoming = { readonly token: string; readonly request: ArrivedRequest };

/** The largest size of a request, in bytes: a policy of AssumeRole has 2,048 characters, a SAML assertion 100,000. */
export const requestBytesMax = 65_536;

/** A request as it was read, or why it is not taken; null when its client went away before its end. `host` is the relay's own. */
export async function readIncoming(message: IncomingMessage, host: string): Promise<Incoming | AppError | null> {
  const { method = '', url = '' } = message;
  const headers = joined(message);
  // Pages of a browser say where they are from, and a name that leads here is not ours.
  if (headers['host'] !== host) return invalid('it names another host');
  if (Object.keys(headers).some((name) => name === 'origin' || name.startsWith('sec-fetch-'))) return invalid('a web page asks');
  const [, path = '', token = '', query = ''] = /^((?:\/([\w-]{1,64}))\/?)(?:\?(.*))?$/.exec(url) ?? [];
  if (token === '') return invalid('no such path');
  const body = await readBytes(message, requestBytesMax);
  if (body === 'too-large') return invalid(`larger than ${requestBytesMax} bytes`);
  return body === null ? null : { token, request: { method, path, query, headers, body } };
}

export function isIncoming(read: Incoming | AppError): read is Incoming {
  return 'token' in read;
}

function invalid(reason: string): AppError {
  return appError('relay-request-invalid', { reason });
}

function joined(message: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(message.headersDistinct).map(([name, values = []]) => [name, values.join(',')]));
}
