import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

const Header = z.object({
  typ: z.literal('dpop+jwt'),
  alg: z.literal('ES256'),
  jwk: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
});
const Payload = z.object({ htm: z.string(), htu: z.string(), iat: z.number(), jti: z.string().min(1) });

/** How far a proof's time may differ from the service's, in milliseconds. */
const maxSkewMs = 300_000;

export type Proof =
  /** `thumbprint` of the key that signed: RFC 7638. */
  { readonly kind: 'proven'; readonly thumbprint: string; readonly jti: string } | { readonly kind: 'refused'; readonly reason: string };

/**
 * Checks a proof of possession: RFC 9449, section 4.3. `now` in epoch milliseconds; that a `jti` was seen before is
 * for the caller to find.
 */
export function checkProof(proof: string | undefined, request: { readonly method: string; readonly url: string }, now: number): Proof {
  const [header = '', payload = '', signature = '', ...rest] = proof?.split('.') ?? [];
  const claimed = Header.safeParse(decoded(header));
  const said = Payload.safeParse(decoded(payload));
  if (!claimed.success || !said.success || rest.length > 0) return { kind: 'refused', reason: 'The DPoP header is not a proof' };
  const { jwk } = claimed.data;
  const { htm, htu, iat, jti } = said.data;
  if (htm !== request.method) return { kind: 'refused', reason: 'htm is another method' };
  if (htu !== request.url) return { kind: 'refused', reason: `htu is not ${request.url}` };
  if (Math.abs(iat * 1000 - now) > maxSkewMs) return { kind: 'refused', reason: 'iat is too far from now' };
  if (!isSigned(`${header}.${payload}`, signature, jwk)) return { kind: 'refused', reason: 'The signature is not of this key' };
  const members = JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y });
  return { kind: 'proven', thumbprint: createHash('sha256').update(members).digest('base64url'), jti };
}

function isSigned(text: string, signature: string, jwk: z.infer<typeof Header>['jwk']): boolean {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
