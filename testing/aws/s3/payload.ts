import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../wire/aws-error.ts';
import { invalidRequest, notHere } from './s3-error.ts';

type Headers = Readonly<Record<string, string>>;

/** A body as it was meant, and what the client said about it in headers and trailers. */
export type Payload = { readonly body: Buffer; readonly headers: Headers };

/**
 * Undoes `aws-chunked` and compares the body with every digest that came with it. Throws NotImplemented for
 * chunks with signatures of their own, IncompleteBody, XAmzContentSHA256Mismatch or BadDigest.
 */
export function readPayload(sent: Buffer, given: Headers): Payload {
  const hash = given['x-amz-content-sha256'] ?? '';
  const { body, headers } = hash.startsWith('STREAMING-') ? dechunked(sent, given, hash) : { body: sent, headers: given };
  if (/^[\da-f]{64}$/.test(hash) && digest('sha256', body, 'hex') !== hash) {
    throw new AwsError('XAmzContentSHA256Mismatch', 400, "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && digest('md5', body, 'base64') !== md5) throw badDigest('Content-MD5');
  for (const [name, compute] of Object.entries(checksums)) {
    const claimed = headers[`x-amz-checksum-${name}`];
    if (claimed !== undefined && compute(body) !== claimed) throw badDigest(name.toUpperCase());
  }
  return { body, headers };
}

/** The checksums that this Node can compute. The other two of S3 are kept as they came. */
const checksums: Readonly<Record<string, (body: Buffer) => string>> = {
  sha256: (body) => digest('sha256', body, 'base64'),
  sha1: (body) => digest('sha1', body, 'base64'),
  crc32: (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
};

/** "Signature calculations: transferring a payload in multiple chunks", without signatures of the chunks. */
function dechunked(sent: Buffer, headers: Headers, hash: string): Payload {
  if (hash !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') throw notHere(`chunks that are signed one by one (${hash})`);
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = sent.indexOf('\r\n', at);
    const length = Number.parseInt(sent.toString('latin1', at, end), 16);
    if (end < 0 || Number.isNaN(length)) throw incompleteBody();
    at = end + 2;
    if (length === 0) break;
    parts.push(sent.subarray(at, at + length));
    at += length + 2;
  }
  const body = Buffer.concat(parts);
  if (body.length !== Number(headers['x-amz-decoded-content-length'])) throw incompleteBody();
  const trailers = Object.fromEntries(
    [...sent.toString('latin1', at).matchAll(/^([\w-]+):\s*(\S+)\s*$/gm)].map(([, name = '', value = '']) => [name.toLowerCase(), value] as const),
  );
  const announced = headers['x-amz-trailer'];
  if (announced !== undefined && !Object.hasOwn(trailers, announced.toLowerCase())) {
    throw invalidRequest(`The trailer ${announced} was announced and did not come.`);
  }
  return { body, headers: { ...headers, ...trailers } };
}

function digest(algorithm: string, body: Buffer, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(body).digest(encoding);
}

const badDigest = (name: string) => new AwsError('BadDigest', 400, `The ${name} you specified did not match the calculated checksum.`);

const incompleteBody = () => new AwsError('IncompleteBody', 400, 'You did not provide the number of bytes specified by the Content-Length HTTP header');
