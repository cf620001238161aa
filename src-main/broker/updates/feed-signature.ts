import { createPublicKey, verify } from 'node:crypto';

/** Whether bytes were signed with a key of 32 bytes (Ed25519, RFC 8032). */
export function isSigned(key: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') }, format: 'jwk' });
    return verify(null, bytes, publicKey, signature);
  } catch {
    // Not every 32 bytes are a key.
    return false;
  }
}
