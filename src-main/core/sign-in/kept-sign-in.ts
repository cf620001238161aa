import type { SignedInIdentity } from '../../contract/sign-in.ts';
import type { SessionCredentials } from '../credentials.ts';

/** A sign-in as the vault keeps it. Times are epoch milliseconds. */
export type KeptSignIn<Tokens = IdentityCenterTokens | AwsLoginTokens> = {
  readonly signInId: string;
  readonly signedInAt: number;
  /** When the access token, or the credentials of an `aws login`, end: they are renewed five minutes before. */
  readonly freshUntil: number;
  /** When a person has to sign in again; null where nobody says it. */
  readonly endsAt: number | null;
  readonly identity: SignedInIdentity | null;
  readonly tokens: Tokens;
};

export type IdentityCenterTokens = {
  readonly way: 'identity-center';
  readonly accessToken: string;
  /** Null where AWS gave none: without the grant or the scope for it. */
  readonly refreshToken: string | null;
  readonly registration: ClientRegistration;
};

/** What RegisterClient gave. It is used again until its end, also after signing out. */
export type ClientRegistration = { readonly clientId: string; readonly clientSecret: string; readonly expiresAt: number };

export type AwsLoginTokens = {
  readonly way: 'aws-login';
  /** Whose the refresh token is: of the client for this computer, or of the one for any device. */
  readonly client: 'here' | 'elsewhere';
  readonly credentials: SessionCredentials;
  readonly refreshToken: string;
  /** The private key that every proof of possession is signed with, as a JWK. */
  readonly key: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string; readonly d: string };
};
