import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import type { Clock } from '../wire/clock.ts';

/** What a token says; times are epoch seconds. */
type Claims = { readonly iss: string; readonly sub: string; readonly aud: string; readonly iat: number; readonly exp: number };

/** The audience that AWS's own documentation uses for tokens. */
const audience = 'sts.amazonaws.com';

/** An OpenID Connect identity provider that the account's roles trust, with a key of its own. */
export class IdentityProvider {
  readonly issuer = 'https://tokens.example.com';
  readonly #clock: Clock;
  readonly #key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #tokens: string[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A JSON Web Token, signed with RS256. */
  token(sub: string, { seconds = 3_600, aud = audience }: { readonly seconds?: number; readonly aud?: string } = {}): string {
    const iat = Math.floor(this.#clock() / 1000);
    const claims: Claims = { iss: this.issuer, sub, aud, iat, exp: iat + seconds };
    const signed = [{ alg: 'RS256', typ: 'JWT', kid: '1' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const token = `${signed}.${createSign('RSA-SHA256').update(signed).sign(this.#key.privateKey, 'base64url')}`;
    this.#tokens.push(token);
    return token;
  }

  /** Every token that was made. */
  get tokens(): readonly string[] {
    return this.#tokens;
  }

  /** Why a token is not taken; null when it is. */
  refusal(token: string): 'invalid' | 'expired' | 'rejected' | null {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const isSigned = createVerify('RSA-SHA256').update(`${header}.${payload}`).verify(this.#key.publicKey, signature, 'base64url');
    if (!isSigned) return 'invalid';
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
    if (claims.exp * 1000 <= this.#clock()) return 'expired';
    return claims.aud === audience ? null : 'rejected';
  }
}
