import { describe, expect, it } from 'vitest';
import { portalSignIn as signIn } from '../../../testing/samples/sample-state.ts';
import { dueSignInWarnings, nextSignInWarning } from './ending-sign-ins.ts';

const minute = 60_000;
const end = 12 * 60 * minute;
const minutesBefore = [30, 10, 2];
const active = (endsAt: number | null, since = 0) => signIn({ kind: 'active', since, endsAt, identity: null });

describe('warnings of a sign-in', () => {
  it.each([30, 10, 2])('a sign-in that a person has to make anew is told of %i minutes before its end, and once', (minutes) => {
    const at = end - minutes * minute;
    expect(nextSignInWarning([active(end)], { since: at - 1, minutesBefore })).toBe(at);
    expect(dueSignInWarnings([active(end)], { since: at - 1, now: at, minutesBefore })).toEqual([{ signIn: active(end), endsAt: end, left: minutes * minute }]);
    expect(dueSignInWarnings([active(end)], { since: at, now: at + 1, minutesBefore })).toEqual([]);
  });

  it('a sign-in is told of once after a sleep over several warnings, with the time really left, and not at all once it is over', () => {
    expect(dueSignInWarnings([active(end)], { since: 0, now: end - minute, minutesBefore })).toMatchObject([{ left: minute }]);
    expect(dueSignInWarnings([active(end)], { since: 0, now: end, minutesBefore })).toEqual([]);
  });

  it('a sign-in is not told of at a time before somebody signed in', () => {
    expect(dueSignInWarnings([active(end, end - 5 * minute)], { since: 0, now: end - 4 * minute, minutesBefore })).toEqual([]);
  });

  it('a sign-in whose end nobody knows, or where nobody is signed in, is never told of', () => {
    for (const one of [active(null), signIn({ kind: 'none' })]) {
      expect(dueSignInWarnings([one], { since: 0, now: end - minute, minutesBefore })).toEqual([]);
      expect(nextSignInWarning([one], { since: 0, minutesBefore })).toBeNull();
    }
  });

  it('a sign-in is told of only when the user wants that', () => {
    expect(dueSignInWarnings([active(end)], { since: 0, now: end - minute, minutesBefore: [] })).toEqual([]);
    expect(nextSignInWarning([active(end)], { since: 0, minutesBefore: [] })).toBeNull();
    expect(nextSignInWarning([active(end)], { since: 0, minutesBefore: [2] })).toBe(end - 2 * minute);
  });
});
