import { describe, expect, it } from 'vitest';
import type { MfaPrompt } from '../contract/ui-state.ts';
import { held } from './sample-state.ts';
import { expiringFrom, remaining, sessionAt, sessionDuringPrompt } from './session.ts';

const minute = 60_000;
const active = { kind: 'active', ...held } as const;

describe('a held session', () => {
  it('is active until 30 minutes before its end', () => {
    expect(sessionAt(active, held.expiresAt - 30 * minute - 1).kind).toBe('active');
    expect(sessionAt(active, held.expiresAt - 30 * minute).kind).toBe('expiring');
  });

  it('is expiring in its last quarter when it is shorter than two hours', () => {
    expect(expiringFrom({ ...held, expiresAt: 20 * minute })).toBe(15 * minute);
  });

  it('is expired at the very millisecond that AWS named', () => {
    expect(sessionAt(active, held.expiresAt - 1).kind).toBe('expiring');
    expect(sessionAt(active, held.expiresAt)).toEqual({ kind: 'expired', identity: held.identity, expiredAt: held.expiresAt });
  });

  it('stays expired when the clock is set back, since its secrets are gone', () => {
    const expired = sessionAt(active, held.expiresAt);
    expect(sessionAt(expired, 0)).toBe(expired);
  });

  it('is active again when the clock is set back before its last half hour', () => {
    const expiring = sessionAt(active, held.expiresAt - minute);
    expect(sessionAt(expiring, 0).kind).toBe('active');
  });

  it('has no time left after its end, never less', () => {
    expect(remaining(held, held.expiresAt + minute)).toBe(0);
  });
});

describe('while the MFA prompt is open', () => {
  const prompt = (step: MfaPrompt['step']): MfaPrompt => {
    return { promptId: 'p', profile: 'default', purpose: 'renew', identity: { kind: 'asking' }, step };
  };

  it('a live session stays as it is, so renewing never takes it away', () => {
    expect(sessionDuringPrompt(active, prompt({ kind: 'starting', serial: 's' }))).toBe(active);
  });

  it('a profile without a session waits for the code, then starts', () => {
    expect(sessionDuringPrompt({ kind: 'none' }, prompt({ kind: 'finding-device' }))).toEqual({ kind: 'awaiting-mfa' });
    expect(sessionDuringPrompt({ kind: 'none' }, prompt({ kind: 'starting', serial: 's' }))).toEqual({ kind: 'starting' });
  });
});
