import type { IncomingMessage } from 'node:http';
import { incompleteSignature, missingAuthenticationToken, validationError } from './aws-error.ts';

/** A request line and its headers, as far as they are needed to check signatures. */
export type RequestHead = {
  readonly method: string;
  /** As received, still percent-encoded. */
  readonly path: string;
  /** Decoded. */
  readonly query: Readonly<Record<string, string | string[]>>;
  /** Names in lower case; repeated headers are joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
};

/** What the client says about its signature, in the Authorization header or a presigned URL. */
export type ClaimedSignature = {
  readonly place: 'header' | 'query';
  readonly accessKeyId: string;
  /** The credential scope's parts. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** X-Amz-Date, in ISO 8601 basic format. */
  readonly requestTime: string;
  readonly sessionToken: string | null;
  /** How long a presigned URL is good for; null for a signed header. */
  readonly expiresSeconds: number | null;
};

export function readHead(message: IncomingMessage): RequestHead {
  const [path = '/', search = ''] = splitOnce(message.url ?? '/', '?');
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (values !== undefined) headers[name] = values.join(',');
  }
  return { method: message.method ?? 'GET', path, query: readQuery(search), headers };
}

/**
 * Reads the claims of a Signature Version 4 request: "Create a signed AWS API request" in the IAM
 * User Guide. Throws MissingAuthenticationToken or IncompleteSignature.
 */
export function readClaimedSignature(head: RequestHead): ClaimedSignature {
  const authorization = head.headers['authorization'];
  if (authorization !== undefined) return fromHeader(head, authorization);
  if (queryValue(head, 'X-Amz-Signature') !== null) return fromQuery(head);
  throw missingAuthenticationToken();
}

function fromHeader({ headers }: RequestHead, authorization: string): ClaimedSignature {
  const [algorithm, claims = ''] = splitOnce(authorization.trim(), ' ');
  if (algorithm !== 'AWS4-HMAC-SHA256') throw incompleteSignature(`Unsupported algorithm: '${algorithm}'`);
  const claim = (name: string) => {
    const value = new RegExp(`(?:^|[,\\s])${name}=([^,\\s]+)`).exec(claims)?.[1];
    if (value === undefined) throw incompleteSignature(`Authorization header requires '${name}' parameter.`);
    return value;
  };
  return {
    place: 'header',
    ...readScope(claim('Credential')),
    signedHeaders: claim('SignedHeaders').split(';'),
    signature: claim('Signature'),
    requestTime: headers['x-amz-date'] ?? '',
    sessionToken: headers['x-amz-security-token'] ?? null,
    expiresSeconds: null,
  };
}

function fromQuery(head: RequestHead): ClaimedSignature {
  const claim = (name: string) => {
    const value = queryValue(head, name);
    if (value === null) throw incompleteSignature(`AWS query-string parameters must include '${name}'.`);
    return value;
  };
  return {
    place: 'query',
    ...readScope(claim('X-Amz-Credential')),
    signedHeaders: claim('X-Amz-SignedHeaders').split(';'),
    signature: claim('X-Amz-Signature'),
    requestTime: claim('X-Amz-Date'),
    sessionToken: queryValue(head, 'X-Amz-Security-Token'),
    expiresSeconds: Number(claim('X-Amz-Expires')),
  };
}

function readScope(credential: string) {
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request' || rest.length > 0) {
    throw incompleteSignature('Credential must have exactly 5 slash-delimited elements');
  }
  return { accessKeyId, date, region, service };
}

function readQuery(search: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const pair of search.split('&').filter((part) => part !== '')) {
    const [name = '', value = ''] = splitOnce(pair, '=').map(decode);
    const before = query[name];
    query[name] = before === undefined ? value : [before, value].flat();
  }
  return query;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw validationError('The query string is not valid percent-encoding');
  }
}

function queryValue({ query }: RequestHead, name: string): string | null {
  return [query[name] ?? []].flat()[0] ?? null;
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + separator.length)];
}
