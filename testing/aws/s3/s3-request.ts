import type { RequestHead } from '../wire/aws-request.ts';
import { flatXml, type XmlContent } from '../wire/xml.ts';
import { readXml, type XmlElement } from '../wire/read-xml.ts';
import { invalidArgument, malformedXml } from './s3-error.ts';

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A request of a caller whose credentials were right, with the bucket in its path. */
export type S3Request = {
  readonly method: string;
  /** Null for the list of buckets. */
  readonly bucketName: string | null;
  /** Decoded; null for the bucket itself. */
  readonly key: string | null;
  /** A parameter of the query, `''` where it has no value; null where it is not there. */
  readonly query: (name: string) => string | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded from `aws-chunked`. */
  readonly body: Buffer;
  /** The caller's. */
  readonly accountId: string;
  /** That the request was signed for. */
  readonly region: string;
  /** Epoch milliseconds of AWS's clock. */
  readonly now: number;
};

export type S3Answer = { readonly status: number; readonly headers: Readonly<Record<string, string | number>>; readonly body: string | Buffer };

/** Takes a request's head apart. Throws InvalidArgument for a key that is not percent-encoded UTF-8. */
export function s3Request({ method, path, query, headers }: RequestHead, rest: Pick<S3Request, 'body' | 'accountId' | 'region' | 'now'>): S3Request {
  const [, bucketName = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return {
    method,
    bucketName: decoded(bucketName) || null,
    key: decoded(key) || null,
    query: (name) => (Object.hasOwn(query, name) ? ([query[name] ?? ''].flat()[0] ?? '') : null),
    headers,
    ...rest,
  };
}

export const empty = (status: number, headers: S3Answer['headers'] = {}): S3Answer => ({ status, headers, body: '' });

/** An answer in XML. */
export function document(root: string, elements: XmlContent, headers: S3Answer['headers'] = {}): S3Answer {
  return asXml(`<${root} xmlns="${s3Namespace}">${flatXml(elements)}</${root}>`, headers);
}

/** An answer with XML that is there already. */
export function asXml(text: string, headers: S3Answer['headers'] = {}): S3Answer {
  const declared = text.startsWith('<?xml') ? text : `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: declared };
}

/** The document in a request's body. Throws MalformedXML where it is none, or another one. */
export function requestDocument({ body }: Pick<S3Request, 'body'>, root: string): XmlElement {
  const element = readXml(body.toString('utf8'));
  if (element?.name !== root) throw malformedXml();
  return element;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidArgument("Couldn't parse the specified URI.");
  }
}
