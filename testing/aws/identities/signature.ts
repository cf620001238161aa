import { createHash } from 'node:crypto';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ClaimedSignature, RequestHead } from '../wire/aws-request.ts';
import { parseBasicTime } from '../wire/clock.ts';

/** Signs what the client claims to have signed, following the SDK's own Signature Version 4. */
class ClaimSigner extends SignatureV4 {
  async signatureOf(head: RequestHead, claim: ClaimedSignature, payloadHash: string): Promise<string> {
    const { 'X-Amz-Signature': _, ...query } = head.query;
    const headers = Object.fromEntries(claim.signedHeaders.map((name) => [name, (head.headers[name] ?? '').replaceAll(/\s+/g, ' ').trim()]));
    const canonicalRequest = this.createCanonicalRequest(
      { method: head.method, path: head.path, query, headers, protocol: 'http:', hostname: '' },
      headers,
      payloadHash,
    );
    const scope = `${claim.date}/${claim.region}/${claim.service}/aws4_request`;
    const toSign = await this.createStringToSign(claim.requestTime, scope, canonicalRequest, 'AWS4-HMAC-SHA256');
    return this.sign(toSign, { signingDate: new Date(parseBasicTime(claim.requestTime)) });
  }
}

/**
 * Whether a request was signed with this secret access key. Without a body (S3's is read later) the body's
 * hash is taken from the signed headers; with one, it must be the hash of that body.
 */
export async function signatureMatches(head: RequestHead, claim: ClaimedSignature, body: Buffer | null, secretAccessKey: string): Promise<boolean> {
  const claimedHash = head.headers['x-amz-content-sha256'];
  const actualHash = body === null ? null : createHash('sha256').update(body).digest('hex');
  const namesOtherBody = actualHash !== null && /^[0-9a-f]{64}$/.test(claimedHash ?? '') && claimedHash !== actualHash;
  if (namesOtherBody || !claim.requestTime.startsWith(claim.date)) return false;

  const signer = new ClaimSigner({
    service: claim.service,
    region: claim.region,
    credentials: { accessKeyId: claim.accessKeyId, secretAccessKey },
    sha256: Hash.bind(null, 'sha256'),
    uriEscapePath: claim.service !== 's3',
  });
  const payloadHash = claimedHash ?? actualHash ?? 'UNSIGNED-PAYLOAD';
  return (await signer.signatureOf(head, claim, payloadHash)) === claim.signature;
}
