import type { SignIn } from '../../contract/sign-in.ts';
import { lastDue, warnedAt, type WarningTimes } from './countdown.ts';

/** A sign-in that a person has to make anew; `left` is in milliseconds. */
export type SignInWarning = { readonly signIn: SignIn; readonly endsAt: number; readonly left: number };

/** When somebody has to sign in again, in epoch milliseconds; null where nobody is signed in, or where that is not known. */
export function knownEnd({ state }: Pick<SignIn, 'state'>): number | null {
  return state.kind === 'active' ? state.endsAt : null;
}

/** The warnings of sign-ins, as `dueWarnings` gives those of sessions; none comes of one that is over, which says so where it is shown. */
export function dueSignInWarnings(signIns: readonly SignIn[], times: WarningTimes): readonly SignInWarning[] {
  return signIns.flatMap((signIn) => {
    const { state } = signIn;
    const endsAt = knownEnd(signIn);
    if (state.kind !== 'active' || endsAt === null || endsAt <= times.now) return [];
    return lastDue({ from: state.since, end: endsAt }, times) === null ? [] : [{ signIn, endsAt, left: endsAt - times.now }];
  });
}

/** The first time after `since` at which one falls due, in epoch milliseconds, or null. */
export function nextSignInWarning(signIns: readonly SignIn[], { since, minutesBefore }: Omit<WarningTimes, 'now'>): number | null {
  const times = signIns.flatMap((signIn) => {
    const endsAt = knownEnd(signIn);
    return endsAt === null ? [] : warnedAt(endsAt, minutesBefore).filter((time) => time > since);
  });
  return times.length === 0 ? null : Math.min(...times);
}
