import { saidLength, startedUnits, type SaidLength } from '../../src-main/core/duration.ts';

/** How a countdown is shown: which value, and when the next one is due. All times are epoch milliseconds. */
export type Countdown = {
  /** Whole seconds to show at `now`; 0 when `until` has passed. */
  readonly shown: (until: number, now: number) => number;
  /** The first moment at which `shown` differs; null when it stays 0. */
  readonly nextChange: (until: number, now: number) => number | null;
};

const minute = 60;
const secondsShownUpTo = 10 * minute;

/** For a session: in whole minutes until the last ten. A minute that has begun counts, as in the tray, so that both say the same. */
export const sessionCountdown = countdownInSteps((seconds) => (seconds > secondsShownUpTo ? minute : 1));

/** For a short wait, in seconds: it ends when the wait is over and not before. */
export const waitCountdown = countdownInSteps(() => 1);

/** `stepAt` gives the step, in seconds, in which a number of seconds is shown. */
function countdownInSteps(stepAt: (seconds: number) => number): Countdown {
  const shown = (until: number, now: number) => {
    const seconds = Math.max(0, startedUnits(until - now, 1000));
    const step = stepAt(seconds);
    return startedUnits(seconds, step) * step;
  };
  return {
    shown,
    nextChange(until, now) {
      const seconds = shown(until, now);
      return seconds === 0 ? null : until - (seconds - stepAt(seconds)) * 1000;
    },
  };
}

/** The units in which a duration is said: the last ten minutes have seconds. */
export type DurationParts =
  | SaidLength
  | { readonly kind: 'minutes-seconds'; readonly minutes: number; readonly seconds: number }
  | { readonly kind: 'seconds'; readonly seconds: number };

export function durationParts(totalSeconds: number): DurationParts {
  const minutes = Math.floor(totalSeconds / minute);
  const seconds = totalSeconds % minute;
  if (totalSeconds >= secondsShownUpTo) return saidLength(minutes * minute * 1000);
  if (minutes >= 1) return { kind: 'minutes-seconds', minutes, seconds };
  return { kind: 'seconds', seconds };
}

/** The part of a session that is left, from 1 to 0. */
export function fractionLeft(span: { readonly issuedAt: number; readonly expiresAt: number }, secondsLeft: number): number {
  const length = span.expiresAt - span.issuedAt;
  return length <= 0 ? 0 : Math.min(1, (secondsLeft * 1000) / length);
}

/** Local midnight before `now`. */
export function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

/** Local midnight after `now`; through the calendar, as days with a clock change are not 24 h long. */
export function nextDay(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

const dayMs = 86_400_000;

/** Whole days of 24 h from `since` to `now`, as AWS counts the age of an access key; none before it. */
export function fullDays(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / dayMs));
}

/** When `fullDays` becomes one more. */
export function nextFullDay(since: number, now: number): number {
  return since + (fullDays(since, now) + 1) * dayMs;
}
