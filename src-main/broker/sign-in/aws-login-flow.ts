import type { AppError, Result } from '../../contract/app-error.ts';
import { clients, createLoginToken, elsewhereUri, loginAddress, type LoginGrant, type LoginRefusal, type LoginTokens } from '../../aws/sign-in/aws-login.ts';
import type { WayToPlace } from '../../aws/sign-in/place-options.ts';
import { newProofKey } from '../../aws/sign-in/proof-of-possession.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { identityOfArn } from '../../core/sign-in/identity-change.ts';
import type { AwsLoginTokens, KeptSignIn } from '../../core/sign-in/kept-sign-in.ts';
import type { AwsLoginPlace } from '../../core/sign-in/sign-in-places.ts';
import { pageSaid } from '../../core/sign-in/page-answer.ts';
import { newPkce, newState } from './pkce.ts';
import type { BrowserPage, ElsewherePage, Renewed, SignInFlow } from './sign-in-flow.ts';

type Kept = KeptSignIn<AwsLoginTokens>;

/** How long a sign-in is renewed, in milliseconds (AWS CLI User Guide, "Sign in for AWS local development"). */
const lifeMs = 12 * 3_600_000;

/** How long the page for other devices gives a code, in milliseconds: as the app waits for a browser of this computer. */
const elsewhereMs = 10 * 60_000;

type Parts = { readonly wayTo: (place: AwsLoginPlace) => WayToPlace; readonly now: () => number };
type Client = AwsLoginTokens['client'];

/** Signing in as `aws login` does: a user, a federated role or root, with a password or a passkey, in the browser. */
export class AwsLoginFlow implements SignInFlow<AwsLoginPlace, AwsLoginTokens> {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async prepare(place: AwsLoginPlace, redirectUri: string): Promise<Result<BrowserPage<AwsLoginTokens>>> {
    const page = await this.#page(place, 'here', redirectUri);
    if (!page.ok) return page;
    const { address, state, take } = page.value;
    return succeeded({
      address,
      state,
      finish: async (answer) => {
        const code = answer.get('code');
        return code === null || code === '' ? failed(pageSaid(place, answer)) : take(code);
      },
    });
  }

  async prepareElsewhere(place: AwsLoginPlace): Promise<Result<ElsewherePage<AwsLoginTokens>>> {
    const redirectUri = await elsewhereUri(place, this.#parts.wayTo(place));
    if (!redirectUri.ok) return redirectUri;
    const page = await this.#page(place, 'elsewhere', redirectUri.value);
    if (!page.ok) return page;
    const { address, state, take } = page.value;
    return succeeded({
      address,
      code: null,
      answerBy: this.#parts.now() + elsewhereMs,
      submit: async (typed) => {
        // The page shows `state=…&code=…` in base64.
        const answer = new URLSearchParams(Buffer.from(typed.replaceAll(/\s/g, ''), 'base64').toString('utf8'));
        const code = answer.get('code');
        return code === null || code === '' || answer.get('state') !== state ? failed(appError('login-code-malformed', { name: place.name })) : take(code);
      },
    });
  }

  async renew(place: AwsLoginPlace, kept: Kept): Promise<Renewed<AwsLoginTokens>> {
    const { refreshToken, key, client } = kept.tokens;
    if (kept.endsAt !== null && kept.endsAt <= this.#parts.now()) return { ...failed(appError('sign-in-ended', { name: place.name })), isOver: true };
    const answer = await this.#ask(place, client, key, { grantType: 'refresh_token', refreshToken });
    if (!answer.ok) return { ...answer, isOver: false };
    if (answer.value.kind === 'refused') return { ...failed(refused(place, answer.value.reason)), isOver: true };
    return succeeded({ ...kept, ...this.#fresh(answer.value.tokens, key, client) });
  }

  /** AWS has no call for it: what was issued ends within 15 minutes, when nobody renews it. */
  end(): Promise<Result<null>> {
    return Promise.resolve(succeeded(null));
  }

  abandoned(): void {}

  async #page(place: AwsLoginPlace, client: Client, redirectUri: string) {
    const [{ verifier, challenge }, state, key] = [newPkce(), newState(), newProofKey()];
    const address = await loginAddress(place, this.#parts.wayTo(place), { clientId: clients[client], redirectUri, state, challenge });
    if (!address.ok) return address;
    const take = (code: string): Promise<Result<Kept>> =>
      this.#taken(place, client, key, { grantType: 'authorization_code', code, codeVerifier: verifier, redirectUri });
    return succeeded({ address: address.value, state, take });
  }

  async #taken(place: AwsLoginPlace, client: Client, key: AwsLoginTokens['key'], grant: LoginGrant): Promise<Result<Kept>> {
    const answer = await this.#ask(place, client, key, grant);
    if (!answer.ok) return answer;
    if (answer.value.kind === 'refused') return failed(refused(place, answer.value.reason));
    const { tokens } = answer.value;
    const identity = identityOfArn(tokens.arn);
    if (identity === null) return failed(appError('unexpected-answer', { service: 'AWS Sign-In', name: 'an answer that does not say who signed in' }));
    const signedInAt = this.#parts.now();
    return succeeded({ signInId: place.signInId, signedInAt, endsAt: signedInAt + lifeMs, identity, ...this.#fresh(tokens, key, client) });
  }

  #ask(place: AwsLoginPlace, client: Client, key: AwsLoginTokens['key'], grant: LoginGrant) {
    const { wayTo, now } = this.#parts;
    return createLoginToken(place, wayTo(place), { clientId: clients[client], key, grant, now });
  }

  #fresh({ accessKeyId, secretAccessKey, sessionToken, expiresInSeconds, refreshToken }: LoginTokens, key: AwsLoginTokens['key'], client: Client) {
    const freshUntil = this.#parts.now() + expiresInSeconds * 1000;
    const credentials = { accessKeyId, secretAccessKey, sessionToken, expiresAt: freshUntil };
    return { freshUntil, tokens: { way: 'aws-login', client, credentials, refreshToken, key } } as const;
  }
}

function refused({ name }: AwsLoginPlace, reason: LoginRefusal): AppError {
  switch (reason) {
    case 'TOKEN_EXPIRED':
      return appError('sign-in-ended', { name });
    case 'AUTHCODE_EXPIRED':
      return appError('sign-in-expired', { name });
    case 'USER_CREDENTIALS_CHANGED':
      return appError('login-credentials-changed', { name });
    case 'INSUFFICIENT_PERMISSIONS':
      return appError('login-not-permitted', { name });
    case 'INVALID_REQUEST':
      return appError('login-request-refused', { name });
  }
}
