import type { SigninClient } from '@aws-sdk/nested-clients/signin';
import type { Result } from '../../contract/app-error.ts';
import { failed, succeeded } from '../../core/errors.ts';
import type { AwsLoginTokens } from '../../core/sign-in/kept-sign-in.ts';
import type { AwsLoginPlace } from '../../core/sign-in/sign-in-places.ts';
import { askSignIn } from '../client/clients.ts';
import { clockFault } from '../client/errors.ts';
import { patiently } from './patience.ts';
import { isLife, optionsOf, type WayToPlace, withoutValues } from './place-options.ts';
import { proveRequests } from './proof-of-possession.ts';

/** Whose the codes are: of a browser on this computer, or of one anywhere, whose page shows the code (AWS CLI, `aws login`). */
export const clients = { here: 'arn:aws:signin:::devtools/same-device', elsewhere: 'arn:aws:signin:::devtools/cross-device' } as const;

export type LoginGrant =
  | { readonly grantType: 'authorization_code'; readonly code: string; readonly codeVerifier: string; readonly redirectUri: string }
  | { readonly grantType: 'refresh_token'; readonly refreshToken: string };

export type LoginTokens = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  /** The ARN of who signed in; null where the answer does not say it, as after a renewal. */
  readonly arn: string | null;
};

/** The codes of AWS's model, but for those that are the caller's mistake. */
export type LoginRefusal = 'TOKEN_EXPIRED' | 'AUTHCODE_EXPIRED' | 'USER_CREDENTIALS_CHANGED' | 'INSUFFICIENT_PERMISSIONS' | 'INVALID_REQUEST';
export type LoginAnswer = { readonly kind: 'tokens'; readonly tokens: LoginTokens } | { readonly kind: 'refused'; readonly reason: LoginRefusal };

/** The address that the browser opens. `redirectUri` is null for a page that shows the code. */
export function loginAddress(
  place: AwsLoginPlace,
  way: WayToPlace,
  asked: { readonly clientId: string; readonly redirectUri: string; readonly state: string; readonly challenge: string },
): Promise<Result<string>> {
  return askSignIn(optionsOf(place, way), { profile: way.profile, action: 'signin:AuthorizeOAuth2Access' }, async (_client, endpoint) => {
    const address = new URL('/v1/authorize', endpoint);
    address.search = new URLSearchParams({
      response_type: 'code',
      client_id: asked.clientId,
      state: asked.state,
      code_challenge_method: 'SHA-256',
      scope: 'openid',
      redirect_uri: asked.redirectUri,
      code_challenge: asked.challenge,
    }).toString();
    return succeeded(address.href);
  });
}

/** Where a browser elsewhere ends, whose page shows the code (AWS CLI, `aws login --remote`). */
export function elsewhereUri(place: AwsLoginPlace, way: WayToPlace): Promise<Result<string>> {
  return askSignIn(optionsOf(place, way), { profile: way.profile, action: 'signin:AuthorizeOAuth2Access' }, async (_client, endpoint) =>
    succeeded(new URL('/v1/sessions/confirmation', endpoint).href),
  );
}

/** CreateOAuth2Token. `now` is the time of the proof. Errors: those of `askSignIn`, and `clock-behind` or `clock-ahead` `{seconds}`. */
export function createLoginToken(
  place: AwsLoginPlace,
  way: WayToPlace,
  { clientId, key, grant, now }: { readonly clientId: string; readonly key: AwsLoginTokens['key']; readonly grant: LoginGrant; readonly now: () => number },
): Promise<Result<LoginAnswer>> {
  const send = async (client: SigninClient): Promise<Result<LoginAnswer>> => {
    const { CreateOAuth2TokenCommand } = await import('@aws-sdk/nested-clients/signin');
    proveRequests(client, key, now);
    try {
      const { tokenOutput } = await client.send(new CreateOAuth2TokenCommand({ tokenInput: { clientId, ...grant } }));
      const { accessToken, expiresIn, refreshToken, idToken } = tokenOutput ?? {};
      const { accessKeyId, secretAccessKey, sessionToken } = accessToken ?? {};
      if (!accessKeyId || !secretAccessKey || !sessionToken || !isLife(expiresIn) || !refreshToken) {
        return failed(withoutValues('AWS Sign-In'));
      }
      const arn = subjectOf(idToken);
      return succeeded({ kind: 'tokens', tokens: { accessKeyId, secretAccessKey, sessionToken, expiresInSeconds: expiresIn, refreshToken, arn } });
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === null) throw error;
      // AWS has no error of its own for a proof that is too old, or too new.
      const clock = reason === 'INVALID_REQUEST' ? clockFault(error, now()) : null;
      return clock === null ? succeeded({ kind: 'refused', reason }) : failed(clock);
    }
  };
  return patiently(() => askSignIn(optionsOf(place, way), { profile: way.profile, action: 'signin:CreateOAuth2Token' }, send));
}

function refusalOf(error: unknown): LoginRefusal | null {
  const { error: reason } = error as { error?: unknown };
  const known: readonly LoginRefusal[] = ['TOKEN_EXPIRED', 'AUTHCODE_EXPIRED', 'USER_CREDENTIALS_CHANGED', 'INSUFFICIENT_PERMISSIONS', 'INVALID_REQUEST'];
  return known.find((one) => one === reason) ?? null;
}

/** The token comes from AWS itself, over TLS, so its signature is not looked at, as in the AWS CLI. */
function subjectOf(idToken: string | undefined): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const { sub } = claims as { sub?: unknown };
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}
