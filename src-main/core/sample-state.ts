import { Settings } from '../contract/settings.ts';
import type { HeldSession, Profile, SessionState, UiState } from '../contract/ui-state.ts';

// Invented states for the tests of the pure core.

const hour = 3_600_000;

/** An 8-hour session of account A that began at 0. */
export const held: HeldSession = {
  identity: { accountId: '111111111111', accountAlias: 'example-dev', arn: 'arn:aws:iam::111111111111:user/alice', userName: 'alice' },
  issuedAt: 0,
  expiresAt: 8 * hour,
};

export function profileWith(session: SessionState, name = 'default'): Profile {
  return { name, region: null, mfaSerial: null, session };
}

export function stateWith(...profiles: readonly Profile[]): UiState {
  return {
    revision: 1,
    language: 'en',
    profiles,
    problems: [],
    prompt: null,
    notice: null,
    settings: Settings.parse({}),
    terminals: [],
    files: { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' },
  };
}
