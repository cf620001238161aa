import type { Desktop } from '../../src-main/contract/desktop/desktop.ts';
import type { SignIn } from '../../src-main/contract/sign-in.ts';
import { Settings } from '../../src-main/contract/settings.ts';
import type { HeldSession, Profile, ProfileRole, SessionState, UiState } from '../../src-main/contract/ui-state.ts';
import { accountsOf } from '../../src-main/core/sessions/accounts.ts';

// Invented states for the tests of the pure core.

const hour = 3_600_000;

/** Where an app runs that finds nothing special. */
export const sampleDesktop: Desktop = {
  platform: 'linux',
  tray: 'shown',
  dataFolder: '/home/alice/.config/STS Tray',
  home: '/home/alice',
  unofficialRuntime: null,
  versions: { app: '0.1.0', electron: '45.4.1' },
  isWayland: false,
};

/** An 8-hour session of account A that began at 0. */
export const held: HeldSession = {
  identity: { accountId: '111111111111', accountAlias: 'example-dev', arn: 'arn:aws:iam::111111111111:user/alice', userName: 'alice' },
  origin: 'code',
  issuedAt: 0,
  expiresAt: 8 * hour,
};

/** A role of account B, with `default` as its source. */
const role: ProfileRole = {
  roleArn: 'arn:aws:iam::222222222222:role/deploy',
  accountId: '222222222222',
  roleName: 'deploy',
  sourceProfile: 'default',
  userProfile: 'default',
  durationSeconds: 3600,
};

/** A 1-hour session of that role, made at 0 from the session of `default`. */
export const heldRole: HeldSession = {
  identity: {
    accountId: role.accountId,
    accountAlias: null,
    arn: 'arn:aws:sts::222222222222:assumed-role/deploy/alice',
    userName: role.roleName,
  },
  origin: 'session',
  issuedAt: 0,
  expiresAt: hour,
};

export function profileWith(session: SessionState, name = 'default'): Profile {
  return { name, region: null, mfaSerial: null, accessKey: 'files', foreign: null, role: null, installedAs: null, session };
}

export function roleProfileWith(session: SessionState, name = 'deploy'): Profile {
  return { name, region: null, mfaSerial: null, accessKey: null, foreign: null, role, installedAs: null, session };
}

export function stateWith(...profiles: readonly Profile[]): UiState {
  const settings = Settings.parse({});
  return {
    revision: 1,
    language: 'en',
    profiles,
    limited: [],
    problems: [],
    otherTools: [],
    signIns: [],
    signInPrompt: null,
    prompt: null,
    question: null,
    notice: null,
    settings,
    accounts: accountsOf({ profiles, prompt: null, question: null, signInPrompt: null, checks: {}, settings }),
    desktop: sampleDesktop,
    updates: { page: null, canCheck: false, step: { kind: 'idle' }, newer: null },
    terminals: [],
    files: { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' },
    checks: {},
    sheet: null,
    keychain: { kind: 'available' },
  };
}

/** An access portal, as the state shows it. */
export function portalSignIn(state: SignIn['state']): SignIn {
  return {
    signInId: 'identity-center us-east-1 https://corp.awsapps.com/start',
    way: 'identity-center',
    name: 'corp',
    startUrl: 'https://corp.awsapps.com/start',
    region: 'us-east-1',
    profiles: ['dev'],
    state,
  };
}

/** An `aws login` of the profile `sandbox`. */
export function loginSignIn(state: SignIn['state']): SignIn {
  return { signInId: 'aws-login sandbox', way: 'aws-login', name: 'sandbox', startUrl: null, region: 'us-east-1', profiles: ['sandbox'], state };
}
