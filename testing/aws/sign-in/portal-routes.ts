import { json, type SignInRequest, type SignInRoute } from './sign-in-route.ts';

/** Identity Center's access portal, whose requests bring the access token in a header of their own. */
export const portalRoutes: Readonly<Record<string, SignInRoute>> = {
  'GET /assignment/accounts': {
    service: 'sso',
    action: 'ListAccounts',
    recorded: ['max_result', 'next_token'],
    answer: ({ identityCenter }, request) => {
      const { page, next } = identityCenter.accounts(tokenOf(request), ...pageOf(request));
      const accountList = page.map(({ accountId, accountName, emailAddress }) => ({ accountId, accountName, emailAddress }));
      return json({ accountList, ...nextOf(next) });
    },
  },
  'GET /assignment/roles': {
    service: 'sso',
    action: 'ListAccountRoles',
    recorded: ['account_id', 'max_result', 'next_token'],
    answer: ({ identityCenter }, request) => {
      const accountId = request.query.get('account_id') ?? '';
      const { page, next } = identityCenter.roles(tokenOf(request), accountId, ...pageOf(request));
      return json({ roleList: page.map((roleName) => ({ roleName, accountId })), ...nextOf(next) });
    },
  },
  'GET /federation/credentials': {
    service: 'sso',
    action: 'GetRoleCredentials',
    recorded: ['account_id', 'role_name'],
    answer: ({ identityCenter }, request) => {
      const [accountId, roleName] = ['account_id', 'role_name'].map((name) => request.query.get(name) ?? '');
      const session = identityCenter.roleCredentials(tokenOf(request), accountId ?? '', roleName ?? '');
      const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
      return json({ roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt } });
    },
  },
  'POST /logout': {
    service: 'sso',
    action: 'Logout',
    recorded: [],
    answer: ({ identityCenter }, request) => {
      identityCenter.signOut(tokenOf(request));
      return json({});
    },
  },
};

const tokenOf = ({ headers }: SignInRequest): string => headers['x-amz-sso_bearer_token'] ?? '';

/** Where a page begins, and how many entries it may have. */
function pageOf({ query }: SignInRequest): [number, number] {
  return [Number(query.get('next_token') ?? 0), Number(query.get('max_result') ?? 20)];
}

const nextOf = (next: number | null): { readonly nextToken?: string } => (next === null ? {} : { nextToken: String(next) });
