import { describe, expect, it } from 'vitest';
import type { MfaPrompt } from '../../contract/ui-state.ts';
import { held, heldRole, profileWith, roleProfileWith } from '../../../testing/samples/sample-state.ts';
import { expiringFrom, remaining, renewsItself, sessionAt, sessionDuringPrompt, sessionRequest } from './session.ts';

const minute = 60_000;
const active = { kind: 'active', ...held } as const;

describe('a held session', () => {
  it('a held session is active until 30 minutes before its end', () => {
    expect(sessionAt(active, held.expiresAt - 30 * minute - 1).kind).toBe('active');
    expect(sessionAt(active, held.expiresAt - 30 * minute).kind).toBe('expiring');
  });

  it('a held session is expiring in its last quarter when it is shorter than two hours', () => {
    expect(expiringFrom({ ...held, expiresAt: 20 * minute })).toBe(15 * minute);
  });

  it('a held session is expired at the very millisecond that AWS named', () => {
    expect(sessionAt(active, held.expiresAt - 1).kind).toBe('expiring');
    expect(sessionAt(active, held.expiresAt)).toEqual({ kind: 'expired', identity: held.identity, expiredAt: held.expiresAt });
  });

  it('a held session stays expired when the clock is set back, since its secrets are gone', () => {
    const expired = sessionAt(active, held.expiresAt);
    expect(sessionAt(expired, 0)).toBe(expired);
  });

  it('a held session is active again when the clock is set back before its last half hour', () => {
    const expiring = sessionAt(active, held.expiresAt - minute);
    expect(sessionAt(expiring, 0).kind).toBe('active');
  });

  it('a held session has no time left after its end, never less', () => {
    expect(remaining(held, held.expiresAt + minute)).toBe(0);
  });
});

describe('a role session made from another session', () => {
  const role = { kind: 'active', ...heldRole } as const;

  it('a role session made from another session is active until its end, and then gone without a trace', () => {
    expect(sessionAt(role, heldRole.expiresAt - 1)).toBe(role);
    expect(sessionAt(role, heldRole.expiresAt)).toEqual({ kind: 'none' });
  });

  it('a role session made from another session renews itself as long as its user profile has a session', () => {
    const profile = roleProfileWith(role);
    expect(renewsItself(profile, [profileWith(active), profile])).toBe(true);
    expect(renewsItself(profile, [profileWith({ kind: 'none' }), profile])).toBe(false);
    expect(renewsItself(profile, [profileWith(active, 'other'), profile])).toBe(false);
  });

  it('a role session made from another session needs the user when it was made with a code', () => {
    const direct = { ...role, origin: 'code' } as const;
    expect(renewsItself(roleProfileWith(direct), [profileWith(active), roleProfileWith(direct)])).toBe(false);
    expect(sessionAt(direct, heldRole.expiresAt - minute).kind).toBe('expiring');
    expect(sessionAt(direct, heldRole.expiresAt).kind).toBe('expired');
  });
});

describe('asking for a session again', () => {
  it('asking for a session again goes straight to the access key for a role session that came from there', () => {
    const fromKey = { profile: 'deploy', fromAccessKey: true };
    const expired = { kind: 'expired', identity: heldRole.identity, expiredAt: 0 } as const;
    expect(sessionRequest(roleProfileWith({ kind: 'active', ...heldRole, origin: 'code' }))).toEqual(fromKey);
    expect(sessionRequest(roleProfileWith(expired))).toEqual(fromKey);
    expect(sessionRequest(roleProfileWith({ kind: 'awaiting-mfa' }))).toEqual(fromKey);
  });

  it('asking for a session again takes the way over the session of the user profile for every other role session', () => {
    expect(sessionRequest(roleProfileWith({ kind: 'none' }))).toEqual({ profile: 'deploy' });
    expect(sessionRequest(roleProfileWith({ kind: 'active', ...heldRole }))).toEqual({ profile: 'deploy' });
  });

  it('asking for a session again knows one way only for a user profile', () => {
    expect(sessionRequest(profileWith(active))).toEqual({ profile: 'default' });
  });
});

describe('while the MFA prompt is open', () => {
  const prompt = (step: MfaPrompt['step']): MfaPrompt => {
    return {
      promptId: 'p',
      profile: 'default',
      userProfile: 'default',
      purpose: 'renew',
      durationSeconds: 28_800,
      role: null,
      wantedFor: null,
      waiting: [],
      answerBy: null,
      identity: { kind: 'asking' },
      way: null,
      source: null,
      step,
    };
  };

  it('while the MFA prompt is open a live session stays as it is, so renewing never takes it away', () => {
    expect(sessionDuringPrompt(active, prompt({ kind: 'starting', serial: 's' }))).toBe(active);
  });

  it('while the MFA prompt is open a profile without a session waits for the code, then starts', () => {
    expect(sessionDuringPrompt({ kind: 'none' }, prompt({ kind: 'finding-device' }))).toEqual({ kind: 'awaiting-mfa' });
    expect(sessionDuringPrompt({ kind: 'none' }, prompt({ kind: 'starting', serial: 's' }))).toEqual({ kind: 'starting' });
  });
});
