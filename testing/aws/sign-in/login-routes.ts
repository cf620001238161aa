import { chosenUser, isAllowed } from './oidc-routes.ts';
import { html, json, redirect, type SignInRoute } from './sign-in-route.ts';
import { codePage, endPage, signInPage } from './sign-in-pages.ts';

/** AWS Sign-In, as `aws login` uses it. */
export const loginRoutes: Readonly<Record<string, SignInRoute>> = {
  'GET /v1/authorize': {
    service: 'signin',
    action: 'Authorize',
    recorded: ['client_id', 'redirect_uri', 'code_challenge_method', 'scope'],
    answer: ({ awsLogin }, { query }) => {
      awsLogin.loginRequest(query);
      const choices = awsLogin.arns.map((arn) => ({ value: arn, name: arn }));
      return html(signInPage({ question: 'Continue with which session?', code: null, choices }));
    },
  },
  'POST /v1/authorize': {
    service: 'signin',
    action: 'Allow',
    recorded: ['user', 'answer'],
    answer: ({ awsLogin }, request) => {
      const asked = awsLogin.loginRequest(request.query);
      const { redirectUri, state } = asked;
      if (!isAllowed(request)) return redirectUri === null ? html(endPage('Declined')) : redirect(redirectUri, { error: 'access_denied', state });
      const code = awsLogin.allow(asked, chosenUser(request));
      if (redirectUri !== null) return redirect(redirectUri, { code, state });
      return html(codePage(Buffer.from(`state=${state}&code=${code}`).toString('base64')));
    },
  },
  'POST /v1/token': {
    service: 'signin',
    action: 'CreateOAuth2Token',
    recorded: ['grantType', 'clientId'],
    answer: ({ awsLogin }, { fields, headers, origin }) => json(awsLogin.createToken(fields, headers['dpop'], `${origin}/v1/token`)),
  },
};
