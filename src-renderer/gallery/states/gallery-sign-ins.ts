import type { SignIn, SignInPrompt, SignInStep } from '../../../src-main/contract/sign-in.ts';
import { programs } from './gallery-samples.ts';
import { panel, profile, uiState, type Shown, type ShownStates } from './gallery-windows.ts';

const alice = { accountId: '123456789012', name: 'arn:aws:iam::123456789012:user/alice', isRoot: false };
const bob = { accountId: '210987654321', name: 'arn:aws:sts::210987654321:assumed-role/Admin/bob@example.com', isRoot: false };
const root = { accountId: '123456789012', name: 'arn:aws:iam::123456789012:root', isRoot: true };
const portal: SignIn = {
  signInId: 'identity-center eu-central-1 https://example.awsapps.com/start',
  way: 'identity-center',
  name: 'example',
  startUrl: 'https://example.awsapps.com/start',
  region: 'eu-central-1',
  profiles: ['dev', 'stg'],
  state: { kind: 'none' },
};
const login: SignIn = { ...portal, signInId: 'aws-login sandbox', way: 'aws-login', name: 'sandbox', startUrl: null, profiles: ['sandbox'] };

/** Signing in with the browser, at each step, and what the panel says of it. */
export function signInStates(at: number): ShownStates {
  const answerBy = at + 9.5 * 60_000;
  const address = 'https://example.awsapps.com/start/#/device?user_code=BCDF-GHJK';
  const elsewhere = { kind: 'elsewhere', address, code: 'BCDF-GHJK', answerBy, refused: null } as const;
  return {
    'sign-in-preparing': prompt({ kind: 'preparing' }, { host: null }),
    'sign-in-browser': prompt({ kind: 'browser', notOpened: null, answerBy }, { isWaited: true }),
    'sign-in-no-browser': prompt(
      { kind: 'browser', notOpened: { code: 'sign-in-page-not-opened', params: { reason: 'xdg-open ended with 3' } }, answerBy },
      { isWaited: true },
    ),
    'sign-in-elsewhere': prompt(elsewhere, { isWaited: true }),
    'sign-in-elsewhere-typed': prompt(
      { ...elsewhere, code: null, refused: { code: 'login-code-malformed', params: { name: 'sandbox' } } },
      { way: 'aws-login' },
    ),
    'sign-in-finishing': prompt({ kind: 'finishing' }),
    'sign-in-another': prompt({ kind: 'another-identity', before: alice, now: bob, answerBy }, { way: 'aws-login' }),
    'sign-in-another-root': prompt({ kind: 'another-identity', before: alice, now: root, answerBy }, { way: 'aws-login' }),
    'sign-in-failed': prompt({ kind: 'failed', error: { code: 'sign-in-declined', params: { name: 'example' } } }),
    'panel-first-account': { ...panel({}), pressed: ['button[value=browser]'] },
    'panel-first-portal': { ...panel({}), pressed: ['button[value=browser]', 'input[value=identity-center]'] },
    'panel-first-complaint': { ...panel({}), pressed: ['button[value=browser]', 'input[value=identity-center]', 'button[type=submit]'] },
    'panel-first-open': {
      ...panel({
        signInPrompt: {
          promptId: 'prompt-1',
          signInId: login.signInId,
          way: 'aws-login',
          name: 'default',
          host: null,
          profile: null,
          waiting: [],
          step: { kind: 'preparing' },
        },
      }),
      pressed: ['button[value=browser]'],
    },
    'panel-first-sign-in': panel({ signIns: [{ ...portal, profiles: [] }] }),
    'panel-first-profile': panel({
      profiles: [{ ...profile('sandbox', { kind: 'none' }), accessKey: null, foreign: { kind: 'aws-login', signInId: login.signInId } }],
      signIns: [login],
    }),
    'panel-first-portal-done': panel({ signIns: [{ ...portal, profiles: [], state: { kind: 'active', since: at, endsAt: null, identity: null } }] }),
    'panel-root': panel({
      profiles: [
        {
          ...profile('sandbox', {
            kind: 'active',
            origin: 'source',
            identity: { accountId: alice.accountId, accountAlias: null, arn: root.name, userName: 'root' },
            issuedAt: at,
            expiresAt: at + 15 * 60_000,
            renewedUntil: at + 12 * 3_600_000,
          }),
          accessKey: null,
          foreign: { kind: 'aws-login', signInId: login.signInId },
        },
      ],
      signIns: [{ ...login, state: { kind: 'active', since: at, endsAt: at + 12 * 3_600_000, identity: root } }],
    }),
    'panel-sign-ins': panel({
      profiles: [
        {
          ...profile('dev', { kind: 'none' }),
          accessKey: null,
          foreign: { kind: 'identity-center', signInId: portal.signInId, name: 'example', accountId: alice.accountId, roleName: 'AdministratorAccess' },
        },
        { ...profile('sandbox', { kind: 'none' }), accessKey: null, foreign: { kind: 'aws-login', signInId: login.signInId } },
      ],
      signIns: [
        {
          ...portal,
          profiles: ['dev', 'stg', 'prod', 'audit', 'sandbox-of-the-network-team'],
          state: { kind: 'active', since: at, endsAt: null, identity: null },
        },
        { ...login, state: { kind: 'active', since: at, endsAt: at + 3_600_000, identity: bob } },
        { ...portal, signInId: 'other', name: 'other', state: { kind: 'none' } },
        { ...portal, signInId: 'ended', name: 'ended', state: { kind: 'ended', at, error: { code: 'sign-in-ended', params: { name: 'ended' } } } },
      ],
    }),
  };
}

function prompt(
  step: SignInStep,
  {
    host = 'oidc.eu-central-1.amazonaws.com',
    way = 'identity-center',
    isWaited = false,
  }: Partial<Pick<SignInPrompt, 'host' | 'way'>> & { readonly isWaited?: boolean } = {},
): Shown {
  const { signInId, name } = way === 'aws-login' ? login : portal;
  return {
    view: 'sign-in',
    state: uiState({ signInPrompt: { promptId: 'prompt-1', signInId, way, name, host, profile: 'dev', waiting: isWaited ? programs.slice(0, 1) : [], step } }),
  };
}
