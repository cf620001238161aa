import { html, json, redirect, type SignInRequest, type SignInRoute } from './sign-in-route.ts';
import { endPage, signInPage, type Choice } from './sign-in-pages.ts';

/** Identity Center's OIDC service, and the pages that its clients send a browser to. */
export const oidcRoutes: Readonly<Record<string, SignInRoute>> = {
  'POST /client/register': {
    service: 'sso-oidc',
    action: 'RegisterClient',
    recorded: ['clientName', 'clientType', 'scopes', 'grantTypes', 'redirectUris'],
    answer: ({ identityCenter }, { fields, origin }) => {
      const { clientId, clientSecret, issuedAt, expiresAt } = identityCenter.register({
        scopes: texts(fields['scopes']),
        grantTypes: texts(fields['grantTypes']),
        redirectUris: texts(fields['redirectUris']),
      });
      const seconds = (at: number): number => Math.floor(at / 1000);
      const endpoints = { authorizationEndpoint: `${origin}/authorize`, tokenEndpoint: `${origin}/token` };
      return json({ clientId, clientSecret, clientIdIssuedAt: seconds(issuedAt), clientSecretExpiresAt: seconds(expiresAt), ...endpoints });
    },
  },
  'GET /authorize': {
    service: 'sso-oidc',
    action: 'Authorize',
    recorded: ['redirect_uri', 'scopes', 'code_challenge_method'],
    answer: ({ identityCenter }, { query }) => {
      identityCenter.authorizationRequest(query);
      return html(signInPage({ question: 'Allow STS Tray to reach your accounts?', code: null, choices: named(identityCenter.userNames) }));
    },
  },
  'POST /authorize': {
    service: 'sso-oidc',
    action: 'Allow',
    recorded: ['user', 'answer'],
    answer: ({ identityCenter }, request) => {
      const asked = identityCenter.authorizationRequest(request.query);
      const state = { state: asked.state };
      if (!isAllowed(request)) return redirect(asked.redirectUri, { error: 'access_denied', error_description: 'The user declined', ...state });
      return redirect(asked.redirectUri, { code: identityCenter.allow(asked, chosenUser(request)), ...state });
    },
  },
  'POST /device_authorization': {
    service: 'sso-oidc',
    action: 'StartDeviceAuthorization',
    recorded: ['startUrl'],
    answer: ({ identityCenter }, { fields, origin }) => {
      const { deviceCode, userCode } = identityCenter.startDevice(String(fields['clientId']), String(fields['clientSecret']));
      const verificationUri = `${origin}/device`;
      return json({
        deviceCode,
        userCode,
        verificationUri,
        verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
        expiresIn: identityCenter.lives.deviceCode,
        interval: identityCenter.intervalSeconds,
      });
    },
  },
  'GET /device': {
    service: 'sso-oidc',
    action: 'Device',
    recorded: [],
    answer: ({ identityCenter }, { query }) =>
      html(signInPage({ question: 'Is this the code that you see?', code: query.get('user_code') ?? '', choices: named(identityCenter.userNames) })),
  },
  'POST /device': {
    service: 'sso-oidc',
    action: 'AllowDevice',
    recorded: ['user', 'answer'],
    answer: ({ identityCenter }, request) => {
      identityCenter.answerDevice(request.query.get('user_code') ?? '', isAllowed(request) ? chosenUser(request) : null);
      return html(endPage(isAllowed(request) ? 'You can close this window' : 'Declined'));
    },
  },
  'POST /token': {
    service: 'sso-oidc',
    action: 'CreateToken',
    recorded: ['grantType'],
    answer: ({ identityCenter }, { fields }) => {
      const { refreshToken, ...tokens } = identityCenter.createToken(fields);
      return json({ ...tokens, tokenType: 'Bearer', ...(refreshToken === null ? {} : { refreshToken }) });
    },
  },
};

export const isAllowed = ({ fields }: SignInRequest): boolean => fields['answer'] === 'allow';

export const chosenUser = ({ fields }: SignInRequest): string => (typeof fields['user'] === 'string' ? fields['user'] : '');

const named = (names: readonly string[]): readonly Choice[] => names.map((name) => ({ value: name, name }));

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
