import { newPkce, newState } from '../../src-main/broker/sign-in/pkce.ts';
import { logout, roleCredentials } from '../../src-main/aws/sign-in/access-portal.ts';
import { clients, createLoginToken, loginAddress } from '../../src-main/aws/sign-in/aws-login.ts';
import { authorizeAddress, createToken, registerClient, startDeviceAuthorization } from '../../src-main/aws/sign-in/identity-center.ts';
import type { WayToPlace } from '../../src-main/aws/sign-in/place-options.ts';
import { newProofKey } from '../../src-main/aws/sign-in/proof-of-possession.ts';
import type { Result } from '../../src-main/contract/app-error.ts';
import type { AwsLoginPlace, IdentityCenterPlace } from '../../src-main/core/sign-in/sign-in-places.ts';
import type { LocalAws } from '../aws/local-aws.ts';
import { answerPage } from '../aws/sign-in/person.ts';

const redirectUri = 'http://127.0.0.1:49152/oauth/callback';
const { now } = Date;

/** Somebody who signed in both ways, and what came of it. */
export type SignedIn = Awaited<ReturnType<typeof signIn>>;

/** What a call gave; throws where it failed. */
function of<T>(given: Result<T>): T {
  if (!given.ok) throw new Error(given.error.code);
  return given.value;
}

/** Signs `sato` in to the access portal and alice as `aws login` does, with the app's own calls. */
export async function signIn(aws: LocalAws, way: WayToPlace) {
  const portal: IdentityCenterPlace = {
    way: 'identity-center',
    signInId: 'portal',
    name: 'corp',
    isSession: true,
    startUrl: aws.startUrl,
    region: aws.region,
    scopes: ['sso:account:access'],
  };
  const login: AwsLoginPlace = { way: 'aws-login', signInId: 'login', name: 'dev', loginSession: aws.alice.arn, region: aws.region };
  const key = newProofKey();
  const registration = of(await registerClient(portal, way));
  const codeFor = async (address: string, user: string): Promise<string> =>
    (await answerPage(address, { user, answer: 'allow' })).url.searchParams.get('code') ?? '';
  const asked = { clientId: registration.clientId, redirectUri, state: newState() };
  const portalGrant = async () => {
    const { verifier, challenge } = newPkce();
    const code = await codeFor(of(await authorizeAddress(portal, way, { ...asked, challenge })), 'sato');
    return { grantType: 'authorization_code', code, codeVerifier: verifier, redirectUri } as const;
  };
  const loginGrant = async () => {
    const { verifier, challenge } = newPkce();
    const code = await codeFor(of(await loginAddress(login, way, { ...asked, clientId: clients.here, challenge })), aws.alice.arn);
    return { grantType: 'authorization_code', code, codeVerifier: verifier, redirectUri } as const;
  };
  const tokens = of(await createToken(portal, way, registration, await portalGrant()));
  if (tokens.kind === 'refused') throw new Error(tokens.reason);
  return { portal, login, way, key, registration, accessToken: tokens.tokens.accessToken, portalGrant, loginGrant };
}

type Ask = (way: WayToPlace) => Promise<Result<unknown>>;

/** Each call of the services that people sign in with, by its action. What a person has to do for it is done before it is asked. */
export const signInCallsOf: Readonly<Record<string, (signedIn: SignedIn) => Promise<Ask>>> = {
  'sso-oidc:RegisterClient':
    async ({ portal }) =>
    (way) =>
      registerClient(portal, way),
  'sso-oidc:StartDeviceAuthorization':
    async ({ portal, registration }) =>
    (way) =>
      startDeviceAuthorization(portal, way, registration),
  'sso-oidc:CreateToken': async ({ portal, registration, portalGrant }) => {
    const grant = await portalGrant();
    return (way) => createToken(portal, way, registration, grant);
  },
  'sso:GetRoleCredentials':
    async ({ portal, accessToken }) =>
    (way) =>
      roleCredentials(portal, way, accessToken, { accountId: '111111111111', roleName: 'AdministratorAccess' }),
  'sso:Logout':
    async ({ portal, accessToken }) =>
    (way) =>
      logout(portal, way, accessToken),
  'signin:CreateOAuth2Token': async ({ login, key, loginGrant }) => {
    const grant = await loginGrant();
    return (way) => createLoginToken(login, way, { clientId: clients.here, key, grant, now });
  },
};
