import type { SignInState } from '../../contract/sign-in.ts';
import { isRecent } from '../recent.ts';
import type { KeptSignIn } from './kept-sign-in.ts';

/** A sign-in with the time at which its tokens came, in epoch milliseconds. */
export type HeldSignIn = KeptSignIn & { readonly freshSince: number };

/** How long before their end tokens and credentials are renewed, in milliseconds. */
const renewBeforeMs = 5 * 60_000;

/** When tokens are to be renewed: of a short life its last third is for that. */
export function renewalDue({ freshSince, freshUntil }: Pick<HeldSignIn, 'freshSince' | 'freshUntil'>): number {
  return freshUntil - Math.min(renewBeforeMs, Math.max(freshUntil - freshSince, 0) / 3);
}

/** How long after they came tokens are left alone while nobody asks for them, in milliseconds, however short their life is. */
const restMs = 60_000;

/** Whether tokens came long enough ago for others to be asked for of the app's own accord. */
export function isRested({ freshSince }: Pick<HeldSignIn, 'freshSince'>, now: number): boolean {
  return !isRecent(freshSince, restMs, now);
}

/** When tokens are to be renewed while nobody asks for them. */
export function quietRenewalDue(held: Pick<HeldSignIn, 'freshSince' | 'freshUntil'>, now: number): number {
  return isRested(held, now) ? renewalDue(held) : Math.max(renewalDue(held), held.freshSince + restMs);
}

/** From when on a sign-in gives nothing more and cannot be renewed, in epoch milliseconds; null where nobody says it. */
export function overFrom({ endsAt, freshUntil, tokens }: Pick<HeldSignIn, 'endsAt' | 'freshUntil' | 'tokens'>): number | null {
  if (endsAt !== null) return endsAt;
  // A portal renews nothing for a registration that has run out.
  return tokens.way === 'identity-center' ? Math.max(tokens.registration.expiresAt, freshUntil) : null;
}

/** Whether a sign-in is over: only a person can make it anew. */
export function hasRunOut(held: HeldSignIn, now: number): boolean {
  const from = overFrom(held);
  return from !== null && from <= now;
}

/** What is shown of a place: who is signed in, or why nobody is any more. */
export function shownState(held: HeldSignIn | null, ended: Extract<SignInState, { kind: 'ended' }> | null, now: number): SignInState {
  if (held === null || hasRunOut(held, now)) return ended ?? { kind: 'none' };
  const { signedInAt, endsAt, identity } = held;
  return { kind: 'active', since: signedInAt, endsAt, identity };
}
