import { describe, expect, it } from 'vitest';
import { dueWarnings, nextChange } from './countdown.ts';
import { held, heldRole, profileWith, roleProfileWith } from '../../../testing/samples/sample-state.ts';

const second = 1000;
const minute = 60 * second;
const live = profileWith({ kind: 'active', ...held });
const end = held.expiresAt;

describe('the next change', () => {
  it('the next change of the countdown is the next full minute before the end', () => {
    expect(nextChange([live], 0)).toBe(minute);
    expect(nextChange([live], 30 * second)).toBe(minute);
    expect(nextChange([live], end - 61 * second)).toBe(end - minute);
    expect(nextChange([live], end - second)).toBe(end);
  });

  it('the next change of the countdown is the nearest of several sessions', () => {
    const later = profileWith({ kind: 'active', ...held, expiresAt: end + 20 * second }, 'other');
    expect(nextChange([live, later], 0)).toBe(20 * second);
  });

  it('the next change of the countdown also comes when a session starts to expire between two minutes', () => {
    const short = profileWith({ kind: 'active', ...held, expiresAt: 15 * minute + 10 * second });
    expect(nextChange([short], 11 * minute + 12 * second)).toBe(11 * minute + 22.5 * second);
  });

  it('the next change of the countdown never comes while nothing counts down', () => {
    expect(nextChange([profileWith({ kind: 'none' })], 0)).toBeNull();
    expect(nextChange([profileWith({ kind: 'expired', identity: held.identity, expiredAt: 0 })], 1)).toBeNull();
  });

  it('the next change of the countdown is only the end of a role session that is renewed by itself', () => {
    const role = roleProfileWith({ kind: 'active', ...heldRole });
    const other = profileWith({ kind: 'active', ...held, expiresAt: end + 20 * second });
    expect(nextChange([other, role], heldRole.expiresAt - 50 * second)).toBe(heldRole.expiresAt - 40 * second);
    expect(nextChange([other, role], heldRole.expiresAt - 30 * second)).toBe(heldRole.expiresAt);
  });

  it('the next change of the countdown is each minute of a role session whose source has ended, and nothing between', () => {
    const role = roleProfileWith({ kind: 'active', ...heldRole, expiresAt: 15 * minute + 10 * second });
    expect(nextChange([role], 11 * minute + 12 * second)).toBe(12 * minute + 10 * second);
  });

  it('the next change of the countdown is always in the future, through a whole session', () => {
    for (let now = 0; now < end;) {
      const next = nextChange([live], now);
      expect(next).toBeGreaterThan(now);
      now = next ?? end;
    }
  });
});

describe('warnings', () => {
  const minutesBefore = [30, 10, 2];

  it.each([30, 10, 2])('warnings fall due %i minutes before the end', (minutes) => {
    const at = end - minutes * minute;
    expect(dueWarnings([live], { since: at - 1, now: at, minutesBefore })).toEqual([{ kind: 'expiring', profile: 'default', left: minutes * minute }]);
    expect(dueWarnings([live], { since: at, now: at + 1, minutesBefore })).toEqual([]);
  });

  it('warnings tell only the last of several that a sleeping machine missed, with the time really left', () => {
    expect(dueWarnings([live], { since: 0, now: end - minute, minutesBefore })).toEqual([{ kind: 'expiring', profile: 'default', left: minute }]);
    expect(dueWarnings([live], { since: 0, now: end + minute, minutesBefore })).toEqual([{ kind: 'expired', profile: 'default' }]);
  });

  it('warnings are not given for a role session that needs no code', () => {
    const role = roleProfileWith({ kind: 'active', ...heldRole });
    expect(dueWarnings([role], { since: 0, now: heldRole.expiresAt, minutesBefore })).toEqual([]);
  });

  it('warnings leave out what lies before the session began', () => {
    const short = profileWith({ kind: 'active', ...held, issuedAt: 0, expiresAt: 15 * minute });
    expect(dueWarnings([short], { since: -60 * minute, now: 1, minutesBefore })).toEqual([]);
    expect(dueWarnings([short], { since: 0, now: 5 * minute, minutesBefore })).toEqual([{ kind: 'expiring', profile: 'default', left: 10 * minute }]);
  });

  it('warnings come only when the user wants them', () => {
    expect(dueWarnings([live], { since: end - 31 * minute, now: end - 30 * minute, minutesBefore: [10] })).toEqual([]);
    expect(dueWarnings([live], { since: 0, now: end, minutesBefore: [] })).toEqual([]);
  });
});
