import { describe, expect, it } from 'vitest';
import { held, heldRole, profileWith, roleProfileWith, stateWith } from '../../../testing/samples/sample-state.ts';
import type { Keychain } from '../../contract/ui-state.ts';
import { lostByQuitting } from './lost-by-quitting.ts';

const without: Keychain = { kind: 'unavailable', error: { code: 'keychain-missing', params: {} } };
const nothing = { sessions: [], signIns: [], waiting: [], runs: [] };
const profiles = [
  profileWith({ kind: 'active', ...held }),
  profileWith({ kind: 'expired', identity: held.identity, expiredAt: 0 }, 'old'),
  profileWith({ kind: 'none' }, 'none'),
  roleProfileWith({ kind: 'active', ...heldRole }),
];
const terraform = { pid: 7, command: 'terraform plan', folder: null, executable: null, verified: true, peer: null };

describe('what quitting loses', () => {
  it('what quitting loses without a keychain is each session that took a code, and not those that are made from it', () => {
    expect(lostByQuitting({ ...stateWith(...profiles), keychain: without }, [])).toEqual({ ...nothing, sessions: ['default'] });
  });

  it('what quitting loses with a keychain is no session', () => {
    expect(lostByQuitting({ ...stateWith(...profiles), keychain: { kind: 'available' } }, [])).toBeNull();
  });

  it('what quitting loses without a keychain is each sign-in that holds', () => {
    const at = { way: 'aws-login', profile: 'dev', host: null } as const;
    const signIns = [
      { ...at, signInId: 'a', name: 'corp', state: { kind: 'active', endsAt: null, identity: null } },
      { ...at, signInId: 'b', name: 'other', state: { kind: 'none' } },
    ] as unknown as ReturnType<typeof stateWith>['signIns'];
    expect(lostByQuitting({ ...stateWith(), signIns, keychain: without }, [])).toEqual({ ...nothing, signIns: ['corp'] });
  });

  it('what quitting loses are programs that wait for an answer, and those whose roles are assumed through the app', () => {
    const question = { kind: 'program', questionId: 'q', answerBy: 0, profile: 'default', accountId: '111111111111', asker: terraform } as const;
    const state = { ...stateWith(), keychain: { kind: 'available' } as const, question };
    expect(lostByQuitting(state, ['terraform apply'])).toEqual({ ...nothing, waiting: ['terraform plan'], runs: ['terraform apply'] });
    expect(lostByQuitting({ ...state, question: { ...question, asker: null } }, [])).toBeNull();
  });
});
