import { randomBytes } from 'node:crypto';
import type { CredentialStore } from '../identities/credentials.ts';
import type { User } from '../identities/directory.ts';
import type { Clock } from '../wire/clock.ts';
import { checkProof } from './dpop.ts';
import { OneTimeCodes, RefreshTokens } from './one-time-codes.ts';
import { isLoopback, matchesChallenge } from './pkce.ts';
import { signinError } from './sign-in-error.ts';

/** What a browser brings to `/v1/authorize`. `redirectUri` is null where the person carries the code to another computer. */
export type LoginRequest = { readonly clientId: string; readonly redirectUri: string | null; readonly state: string; readonly challenge: string };

type Login = { readonly user: User; readonly clientId: string; readonly endsAt: number };
type Refresh = Login & { readonly thumbprint: string };

/** The answer of `/v1/token`. */
export type LoginAnswer = {
  readonly accessToken: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };
  readonly tokenType: 'aws_sigv4';
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly idToken?: string;
};

const sameDevice = 'arn:aws:signin:::devtools/same-device';
const crossDevice = 'arn:aws:signin:::devtools/cross-device';

/**
 * AWS Sign-In as `aws login` uses it. Times are epoch milliseconds of AWS's clock, and lives are seconds. Sources: the
 * service model `signin` of AWS's SDKs, and the sign-in of the AWS CLI.
 */
export class AwsLogin {
  /**
   * Seconds, for what is issued from now on. `grace` is how long a refresh token that was used answers as before: AWS's
   * reference is taken to say that the one from before is honoured for a short window. Its length is not known, and the
   * service model says nothing of it: 0 is the other behaviour.
   */
  readonly lives = { credentials: 900, login: 12 * 3_600, grace: 60 };
  /** An error that refuses every token until it is taken back, such as USER_CREDENTIALS_CHANGED. */
  refusal: 'USER_CREDENTIALS_CHANGED' | 'TOKEN_EXPIRED' | 'INSUFFICIENT_PERMISSIONS' | null = null;
  readonly #store: CredentialStore;
  readonly #clock: Clock;
  readonly #users = new Map<string, User>();
  readonly #codes: OneTimeCodes<LoginRequest & { readonly user: User }>;
  readonly #refreshTokens: RefreshTokens<Refresh, LoginAnswer>;
  readonly #proofs = new Set<string>();
  readonly #secrets: string[] = [];

  constructor(store: CredentialStore, clock: Clock, users: readonly User[]) {
    this.#store = store;
    this.#clock = clock;
    this.#codes = new OneTimeCodes(clock, 300_000);
    this.#refreshTokens = new RefreshTokens(clock, () => this.lives.grace);
    for (const user of users) this.#users.set(user.arn, user);
  }

  /** Who may sign in, by ARN. */
  get arns(): readonly string[] {
    return [...this.#users.keys()];
  }

  /** Whether a renewal with this refresh token would be answered with tokens now. */
  honours(refreshToken: string): boolean {
    return this.#refreshTokens.honours(refreshToken);
  }

  /** Every code and token issued so far. */
  secrets(): readonly string[] {
    return this.#secrets;
  }

  /** What the browser is asked to allow. Throws SignInError. */
  loginRequest(query: ReadonlyMap<string, string>): LoginRequest {
    const clientId = query.get('client_id') ?? '';
    const redirectUri = query.get('redirect_uri') ?? '';
    const challenge = query.get('code_challenge') ?? '';
    const wellFormed =
      query.get('response_type') === 'code' &&
      query.get('scope') === 'openid' &&
      ['S256', 'SHA-256'].includes(query.get('code_challenge_method') ?? '') &&
      challenge.length === 43;
    if (!wellFormed) throw signinError('INVALID_REQUEST', 400, 'A parameter of the request is missing or wrong');
    const state = query.get('state') ?? '';
    if (clientId === crossDevice) return { clientId, redirectUri: null, state, challenge };
    if (clientId !== sameDevice || !isLoopback(redirectUri)) throw signinError('INVALID_REQUEST', 400, 'Invalid client or redirect URI');
    return { clientId, redirectUri, state, challenge };
  }

  /** The code that is taken back to the client. */
  allow(request: LoginRequest, arn: string): string {
    const user = this.#users.get(arn);
    if (user === undefined) throw signinError('INVALID_REQUEST', 400, 'There is no such user');
    const code = this.#codes.issue({ ...request, user });
    this.#secrets.push(code);
    return code;
  }

  /** CreateOAuth2Token, of both grants. `url` is the address of the request, and `proof` its DPoP header. Throws SignInError. */
  createToken(asked: Readonly<Record<string, unknown>>, proof: string | undefined, url: string): LoginAnswer {
    const text = (name: string): string => (typeof asked[name] === 'string' ? asked[name] : '');
    const thumbprint = this.#proven(proof, url);
    if (this.refusal !== null) throw signinError(this.refusal, this.refusal === 'TOKEN_EXPIRED' ? 401 : 403, 'The sign-in is not valid any more');
    switch (text('grantType')) {
      case 'authorization_code':
        return this.#byCode(text('clientId'), text('code'), text('redirectUri'), text('codeVerifier'), thumbprint);
      case 'refresh_token':
        return this.#byRefreshToken(text('clientId'), text('refreshToken'), thumbprint);
      default:
        throw signinError('INVALID_REQUEST', 400, 'Unknown grant type');
    }
  }

  /** A proof works once: whoever overhears one cannot use it again. */
  #proven(header: string | undefined, url: string): string {
    const proof = checkProof(header, { method: 'POST', url }, this.#clock());
    if (proof.kind === 'refused') throw signinError('INVALID_REQUEST', 400, proof.reason);
    const once = `${proof.thumbprint} ${proof.jti}`;
    if (this.#proofs.has(once)) throw signinError('INVALID_REQUEST', 400, 'This proof was used before');
    this.#proofs.add(once);
    return proof.thumbprint;
  }

  #byCode(clientId: string, code: string, redirectUri: string, verifier: string, thumbprint: string): LoginAnswer {
    const granted = this.#codes.take(code);
    if (granted === null) throw signinError('AUTHCODE_EXPIRED', 401, 'The code is unknown, used or too old');
    const fits = granted.clientId === clientId && (granted.redirectUri ?? redirectUri) === redirectUri && matchesChallenge(verifier, granted.challenge);
    if (!fits) throw signinError('INVALID_REQUEST', 400, 'The code was issued to another client');
    const { user } = granted;
    const answer = this.#issue({ user, clientId, endsAt: this.#clock() + this.lives.login * 1000 }, thumbprint);
    return { ...answer, idToken: idToken({ sub: user.arn, aud: clientId, iat: Math.floor(this.#clock() / 1000) }) };
  }

  #byRefreshToken(clientId: string, refreshToken: string, thumbprint: string): LoginAnswer {
    const refresh = this.#refreshTokens.find(refreshToken);
    if (refresh?.clientId !== clientId || refresh.thumbprint !== thumbprint)
      throw signinError('INVALID_REQUEST', 400, 'The refresh token is of another client');
    const answer = this.#refreshTokens.use(refreshToken, (grant) => this.#issue(grant, thumbprint));
    if (answer === null) throw signinError('TOKEN_EXPIRED', 401, 'The refresh token has expired');
    return answer;
  }

  #issue({ user, clientId, endsAt }: Login, thumbprint: string): LoginAnswer {
    const session = this.#store.issueBaseSession(user, 'used', this.lives.credentials);
    const refreshToken = randomBytes(300).toString('base64url');
    this.#secrets.push(refreshToken);
    this.#refreshTokens.add(refreshToken, { user, clientId, endsAt, thumbprint });
    const { accessKeyId, secretAccessKey, sessionToken } = session;
    return { accessToken: { accessKeyId, secretAccessKey, sessionToken }, tokenType: 'aws_sigv4', expiresIn: this.lives.credentials, refreshToken };
  }
}

/** A token whose signature nobody here checks, as no client of AWS's does: it comes from AWS itself, over TLS. */
function idToken(claims: Readonly<Record<string, string | number>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'ES384', typ: 'JWT' })}.${part(claims)}.${randomBytes(96).toString('base64url')}`;
}
