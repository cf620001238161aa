import type { HeldSignIn } from '../../src-main/core/sign-in/sign-in-life.ts';
import type { KeptSession } from '../../src-main/vault/kept-session.ts';

export const issuedAt = Date.UTC(2030, 0, 1);
export const expiresAt = issuedAt + 8 * 3_600_000;

/** A session as AWS could have returned it; each of its secrets contains `name`. */
export function sampleSession(name: string, changes: Partial<KeptSession> = {}): KeptSession {
  return {
    credentials: { accessKeyId: `ASIA-${name}`, secretAccessKey: `secret-${name}`, sessionToken: `token-${name}`, expiresAt },
    identity: { accountId: '111111111111', accountAlias: null, arn: 'arn:aws:iam::111111111111:user/alice', userName: 'alice' },
    issuedAt,
    origin: 'code',
    madeFrom: { accessKeyId: 'AKIAEXAMPLE', roles: null },
    ...changes,
  };
}

/** Forty sessions of the same generation, several hundred kilobytes in all. */
export function generation(number: number): ReadonlyMap<string, KeptSession> {
  const profiles = Array.from({ length: 40 }, (_, index) => `profile-${index}`);
  const session = sampleSession(String(number));
  const sessionToken = `${number}`.padEnd(8_000, '.');
  return new Map(profiles.map((profile) => [profile, { ...session, credentials: { ...session.credentials, sessionToken } }]));
}

/** A sign-in at an access portal, with tokens that can be searched for. */
export function sampleSignIn(signInId: string): HeldSignIn {
  return {
    signInId,
    signedInAt: 1_000,
    freshSince: 2_000,
    freshUntil: 3_602_000,
    endsAt: null,
    identity: null,
    tokens: {
      way: 'identity-center',
      accessToken: `access token of ${signInId}`,
      refreshToken: `refresh token of ${signInId}`,
      registration: { clientId: 'a client', clientSecret: 'secret of a client', expiresAt: 9_000_000 },
    },
  };
}
