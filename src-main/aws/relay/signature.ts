import { createHash, timingSafeEqual } from 'node:crypto';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { CallCredentials } from '../client/clients.ts';
import type { ArrivedRequest, Claim } from './claim.ts';

// Imported where something is signed or checked, since the SDK comes with it.

/** The SDK's own steps, up to the signature alone. */
class Verifier extends SignatureV4 {
  async signatureOf(request: ArrivedRequest, claim: Claim, payloadHash: string): Promise<string> {
    const headers = Object.fromEntries(claim.signedHeaders.map((name) => [name, (request.headers[name] ?? '').replaceAll(/\s+/g, ' ').trim()]));
    const query = queryOf(request.query);
    const canonical = this.createCanonicalRequest(
      { method: request.method, path: request.path, query, headers, protocol: 'http:', hostname: '' },
      headers,
      payloadHash,
    );
    const scope = `${claim.date}/${claim.region}/sts/aws4_request`;
    const toSign = await this.createStringToSign(claim.requestTime, scope, canonical, 'AWS4-HMAC-SHA256');
    return this.sign(toSign, { signingDate: new Date(claim.signedAt) });
  }
}

/** Whether who sent the request holds the credentials: the secret and, where there is one, the session token. */
export async function isSignedBy(request: ArrivedRequest, claim: Claim, credentials: CallCredentials): Promise<boolean> {
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  if ((request.headers['x-amz-content-sha256'] ?? bodyHash) !== bodyHash) return false;
  if (!claim.signedHeaders.includes('host') || !claim.signedHeaders.includes('x-amz-date')) return false;
  if (!isEqual(claim.sessionToken ?? '', credentials.sessionToken ?? '')) return false;
  const verifier = new Verifier({ ...signerOptions(credentials), region: claim.region });
  return isEqual(await verifier.signatureOf(request, claim, bodyHash), claim.signature);
}

/** A POST of a form to STS, signed. Gives back its headers. */
export async function headersSignedWith(
  {
    url,
    region,
    headers,
    form,
    now,
  }: { readonly url: URL; readonly region: string; readonly headers: Readonly<Record<string, string>>; readonly form: string; readonly now: number },
  credentials: CallCredentials,
): Promise<Readonly<Record<string, string>>> {
  const signer = new SignatureV4({ ...signerOptions(credentials), region });
  const signed = await signer.sign(
    { method: 'POST', protocol: url.protocol, hostname: url.hostname, path: url.pathname, query: {}, headers: { ...headers }, body: form },
    { signingDate: new Date(now) },
  );
  return signed.headers;
}

function signerOptions({ accessKeyId, secretAccessKey, sessionToken }: CallCredentials) {
  return {
    service: 'sts',
    // A copy: the SDK writes into what it is given.
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    sha256: Hash.bind(null, 'sha256'),
  };
}

function isEqual(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

function queryOf(query: string): Record<string, string | string[]> {
  const pairs: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) pairs[name] = [...[pairs[name] ?? []].flat(), value];
  return pairs;
}
