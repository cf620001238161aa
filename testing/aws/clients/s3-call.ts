import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ClientCredentials } from './client-env.ts';

export type S3Call = {
  readonly method?: string;
  /** Percent-encoded, with the bucket: `/bucket/key`. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Added to the request when its signature is there. */
  readonly unsignedHeaders?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type S3Reply = { readonly status: number; readonly headers: Headers; readonly text: string };

/** One signed request, as an SDK makes it, and its answer as it is on the wire. */
export async function s3Call(
  { endpoint, region }: { readonly endpoint: string; readonly region: string },
  { accessKeyId, secretAccessKey, sessionToken }: ClientCredentials,
  { method = 'GET', path = '/', query = {}, headers = {}, unsignedHeaders = {}, body }: S3Call = {},
): Promise<S3Reply> {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256: Hash.bind(null, 'sha256'), uriEscapePath: false });
  const { host, hostname } = new URL(endpoint);
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    path,
    query,
    headers: { host, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const { host: _, ...sent } = signed.headers;
  const search = new URLSearchParams(query).toString();
  const answer = await fetch(`${endpoint}${path}${search === '' ? '' : `?${search}`}`, {
    method,
    headers: { ...sent, ...unsignedHeaders },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** The status of an answer, and the code of its error where there is one: `404 NoSuchKey`. */
export function outcomeOf({ status, text }: S3Reply): string {
  return `${status} ${/<Code>(\w+)</.exec(text)?.[1] ?? ''}`.trim();
}
