import type { LimitedSession, Profile } from '../../contract/ui-state.ts';
import { startedUnits } from '../duration.ts';
import { expiringFrom, isLive, remaining, renewsItself, shownEnd, shownLeft } from './session.ts';

const minute = 60_000;

/**
 * The next time at which the tray's text or a session's state changes, in epoch milliseconds, or
 * null when nothing counts down. The caller sleeps until then: nothing polls. A role session that is
 * renewed silently is shown without its minutes, so only its end counts, as does that of a limited one.
 */
export function nextChange(profiles: readonly Profile[], now: number, limited: readonly LimitedSession[] = []): number | null {
  const times = profiles.flatMap((profile) => {
    const { session } = profile;
    if (!isLive(session)) return [];
    if (renewsItself(profile, profiles)) return [session.expiresAt].filter((time) => time > now);
    const nextMinute = shownEnd(session) - (startedUnits(shownLeft(session, now), minute) - 1) * minute;
    const warned = session.origin === 'code' ? [expiringFrom(session)] : [];
    return [nextMinute, session.expiresAt, ...warned].filter((time) => time > now);
  });
  const all = [...times, ...limited.map(({ expiresAt }) => expiresAt).filter((time) => time > now)];
  return all.length === 0 ? null : Math.min(...all);
}

export type WarningTimes = {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly now: number;
  readonly minutesBefore: readonly number[];
};

/** Something to tell the user about a session's end. */
export type Warning = { readonly kind: 'expiring'; readonly profile: string; readonly left: number } | { readonly kind: 'expired'; readonly profile: string };

/**
 * The warnings that fell due after `since` and up to `now`. Of several missed ones, as after the machine
 * slept for a night, only the last is worth showing. A threshold that lies before the session began gives
 * no warning, and neither does a session that was made from another one, because it needs no code.
 * `minutesBefore` is when the user wants to be warned; if it is empty there is no warning at all.
 */
export function dueWarnings(profiles: readonly Profile[], { since, now, minutesBefore }: WarningTimes): readonly Warning[] {
  if (minutesBefore.length === 0) return [];
  return profiles.flatMap(({ name, session }): readonly Warning[] => {
    if (!isLive(session) || session.origin !== 'code') return [];
    const { issuedAt, expiresAt } = session;
    const last = lastDue({ from: issuedAt, end: expiresAt }, { since, now, minutesBefore });
    if (last === null) return [];
    return [last === expiresAt ? { kind: 'expired', profile: name } : { kind: 'expiring', profile: name, left: remaining(session, now) }];
  });
}

/** When to warn of an end, in epoch milliseconds, in order. */
export function warnedAt(end: number, minutesBefore: readonly number[]): readonly number[] {
  return minutesBefore.map((minutes) => end - minutes * minute).toSorted((a, b) => a - b);
}

/** The last of these times, or of the end itself, that fell due, where it lies after the beginning; null for none. Times are epoch milliseconds. */
export function lastDue({ from, end }: { readonly from: number; readonly end: number }, { since, now, minutesBefore }: WarningTimes): number | null {
  return [...warnedAt(end, minutesBefore), end].findLast((time) => time > since && time <= now && time > from) ?? null;
}
