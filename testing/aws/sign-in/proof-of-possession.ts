import { randomUUID, sign, type KeyObject } from 'node:crypto';

type Request = { readonly method: string; readonly url: string; /** In epoch milliseconds. */ readonly at: number };

/** A proof that a client has the private key, on the curve P-256, for one request: RFC 9449, section 4.2. */
export function proofOfPossession(key: KeyObject, { method, url, at }: Request, claims: Readonly<Record<string, unknown>> = {}): string {
  const { x, y } = key.export({ format: 'jwk' });
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } };
  const payload = { htm: method, htu: url, iat: Math.floor(at / 1000), jti: randomUUID(), ...claims };
  const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
