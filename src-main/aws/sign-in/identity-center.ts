import type { SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import type { AppError, Result } from '../../contract/app-error.ts';
import { canBeRegion } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { ClientRegistration } from '../../core/sign-in/kept-sign-in.ts';
import type { IdentityCenterPlace } from '../../core/sign-in/sign-in-places.ts';
import { askOidc } from '../client/clients.ts';
import { patiently } from './patience.ts';
import { isLife, optionsOf, type WayToPlace, withoutValues } from './place-options.ts';

export type OidcTokens = { readonly accessToken: string; readonly refreshToken: string | null; readonly expiresInSeconds: number };

/** `over`: the grant is not valid any more, and nothing but another sign-in helps. */
export type OidcRefusal = 'over' | 'pending' | 'slow-down' | 'expired' | 'declined' | 'client-unknown';
export type TokenAnswer = { readonly kind: 'tokens'; readonly tokens: OidcTokens } | { readonly kind: 'refused'; readonly reason: OidcRefusal };

export type Grant =
  | { readonly grantType: 'authorization_code'; readonly code: string; readonly codeVerifier: string; readonly redirectUri: string }
  | { readonly grantType: 'refresh_token'; readonly refreshToken: string }
  | { readonly grantType: typeof deviceGrant; readonly deviceCode: string };

export type DeviceAuthorization = {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly address: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
};

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** AWS compares it without the port (IAM Identity Center OIDC API reference, RegisterClient). */
const registeredUri = 'http://127.0.0.1/oauth/callback';

/** What the page of AWS calls the program that asks. */
const clientName = 'STS Tray';

/** Errors: those of `askOidc`, `portal-start-url-refused` `{startUrl, region}` and `portal-other-region` `{name, region, home}`. */
export function registerClient(place: IdentityCenterPlace, way: WayToPlace): Promise<Result<ClientRegistration>> {
  return ask(place, way, 'sso-oidc:RegisterClient', async (client) => {
    const { RegisterClientCommand } = await import('@aws-sdk/client-sso-oidc');
    const command = new RegisterClientCommand({
      clientName,
      clientType: 'public',
      scopes: [...place.scopes],
      grantTypes: ['authorization_code', 'refresh_token', deviceGrant],
      redirectUris: [registeredUri],
      issuerUrl: place.startUrl,
    });
    try {
      const { clientId, clientSecret, clientSecretExpiresAt } = await client.send(command);
      if (!clientId || !clientSecret || !clientSecretExpiresAt) return failed(withoutValues('IAM Identity Center'));
      return succeeded({ clientId, clientSecret, expiresAt: clientSecretExpiresAt * 1000 });
    } catch (error) {
      const refused = placeRefused(error, place, ['InvalidRequestException', 'UnauthorizedClientException', 'InvalidClientException']);
      if (refused !== null) return failed(refused);
      throw error;
    }
  });
}

/** The address that the browser opens. */
export function authorizeAddress(
  place: IdentityCenterPlace,
  way: WayToPlace,
  asked: { readonly clientId: string; readonly redirectUri: string; readonly state: string; readonly challenge: string },
): Promise<Result<string>> {
  return askOidc(optionsOf(place, way), { profile: way.profile, action: 'sso-oidc:Authorize' }, async (_client, endpoint) => {
    const address = new URL('/authorize', endpoint);
    address.search = new URLSearchParams({
      response_type: 'code',
      client_id: asked.clientId,
      redirect_uri: asked.redirectUri,
      state: asked.state,
      code_challenge_method: 'S256',
      code_challenge: asked.challenge,
      scopes: place.scopes.join(' '),
    }).toString();
    return succeeded(address.href);
  });
}

/** `slow-down` is said of a device code alone; other grants are `throttled` then. Errors: those of `registerClient`. */
export function createToken(place: IdentityCenterPlace, way: WayToPlace, registration: ClientRegistration, grant: Grant): Promise<Result<TokenAnswer>> {
  const isDevice = grant.grantType === deviceGrant;
  const send = async (client: SSOOIDCClient): Promise<Result<TokenAnswer>> => {
    const { CreateTokenCommand } = await import('@aws-sdk/client-sso-oidc');
    const { clientId, clientSecret } = registration;
    try {
      const { accessToken, refreshToken, expiresIn } = await client.send(new CreateTokenCommand({ clientId, clientSecret, ...grant }));
      if (!accessToken || !isLife(expiresIn)) return failed(withoutValues('IAM Identity Center'));
      return succeeded({ kind: 'tokens', tokens: { accessToken, refreshToken: refreshToken ?? null, expiresInSeconds: expiresIn } });
    } catch (error) {
      const reason = refusalOf(error);
      const refused = placeRefused(error, place, []);
      if (refused !== null) return failed(refused);
      if (reason === null || (reason === 'slow-down' && !isDevice)) throw error;
      return succeeded({ kind: 'refused', reason });
    }
  };
  // A grant may be good for one time: after a lost answer the SDK's own try would find it used.
  const asking = () => askOidc({ ...optionsOf(place, way), maxAttempts: 1 }, { profile: way.profile, action: 'sso-oidc:CreateToken' }, send);
  return isDevice ? asking() : patiently(asking);
}

/** Errors: those of `registerClient`. `null`: the registration is over. */
export function startDeviceAuthorization(
  place: IdentityCenterPlace,
  way: WayToPlace,
  { clientId, clientSecret }: ClientRegistration,
): Promise<Result<DeviceAuthorization | null>> {
  return ask(place, way, 'sso-oidc:StartDeviceAuthorization', async (client) => {
    const { StartDeviceAuthorizationCommand } = await import('@aws-sdk/client-sso-oidc');
    try {
      const answer = await client.send(new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: place.startUrl }));
      const { deviceCode, userCode, verificationUriComplete, verificationUri, expiresIn, interval } = answer;
      const address = verificationUriComplete ?? verificationUri;
      if (!deviceCode || !userCode || !address || !isLife(expiresIn)) return failed(withoutValues('IAM Identity Center'));
      return succeeded({ deviceCode, userCode, address, expiresInSeconds: expiresIn, intervalSeconds: isLife(interval) ? interval : 5 });
    } catch (error) {
      if (refusalOf(error) === 'client-unknown') return succeeded(null);
      const refused = placeRefused(error, place, ['InvalidRequestException']);
      if (refused !== null) return failed(refused);
      throw error;
    }
  });
}

function ask<T>(place: IdentityCenterPlace, way: WayToPlace, action: string, send: (client: SSOOIDCClient) => Promise<Result<T>>): Promise<Result<T>> {
  return patiently(() => askOidc(optionsOf(place, way), { profile: way.profile, action }, send));
}

/** The names are those of the service model of the OIDC service. */
function refusalOf(error: unknown): OidcRefusal | null {
  switch (error instanceof Error ? error.name : '') {
    case 'InvalidGrantException':
      return 'over';
    case 'AuthorizationPendingException':
      return 'pending';
    case 'SlowDownException':
      return 'slow-down';
    case 'ExpiredTokenException':
      return 'expired';
    case 'AccessDeniedException':
      return 'declined';
    case 'InvalidClientException':
    case 'UnauthorizedClientException':
      return 'client-unknown';
    default:
      return null;
  }
}

/** Where the start URL or the region is not the portal's. `names`: how else the service says it at this call. */
function placeRefused(error: unknown, place: IdentityCenterPlace, names: readonly string[]): AppError | null {
  const { name, region: home } = error as { readonly name?: unknown; readonly region?: unknown };
  const isRegion = name === 'InvalidRequestRegionException';
  if (isRegion && typeof home === 'string' && canBeRegion(home)) return appError('portal-other-region', { name: place.name, region: place.region, home });
  return isRegion || names.some((one) => one === name) ? startUrlRefused(place) : null;
}

export function startUrlRefused({ startUrl, region }: IdentityCenterPlace): AppError {
  return appError('portal-start-url-refused', { startUrl, region });
}
