import { createHash, randomBytes } from 'node:crypto';

/** The proof that whoever brings a code is the one who asked for it (RFC 7636): `challenge` is S256 of `verifier`. */
export type Pkce = { readonly verifier: string; readonly challenge: string };

export function newPkce(): Pkce {
  const verifier = newState();
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** 256 bits that nobody guesses. */
export function newState(): string {
  return randomBytes(32).toString('base64url');
}
