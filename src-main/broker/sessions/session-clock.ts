import { dueWarnings, nextChange, type Warning } from '../../core/sessions/countdown.ts';
import { dueSignInWarnings, knownEnd, nextSignInWarning, type SignInWarning } from '../../core/sessions/ending-sign-ins.ts';
import { isLive } from '../../core/sessions/session.ts';
import type { HeldSessions } from './held-sessions.ts';
import type { LimitedSessions } from './limited-sessions.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/**
 * Sleeps until something that is shown changes, and no longer than that. It follows the wall clock,
 * since that is what AWS's `Expiration` means: a sleep, or a change of the system's time, is
 * noticed at the next wake-up.
 */
export class SessionClock {
  readonly #store: UiStateStore;
  readonly #held: Pick<HeldSessions, 'timePassed'>;
  readonly #limited: Pick<LimitedSessions, 'timePassed'>;
  readonly #now: () => number;
  readonly #onWarning: (warning: Warning) => void;
  readonly #onSignInWarning: (warning: SignInWarning) => void;
  readonly #onTick: () => void;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #lastLook: number;
  /** Up to when the warnings of an end were given, by profile and by sign-in: a clock that is set back must not bring them again. */
  readonly #told: Told = new Map();
  readonly #toldOfSignIns: Told = new Map();

  constructor(parts: {
    readonly store: UiStateStore;
    readonly held: Pick<HeldSessions, 'timePassed'>;
    readonly limited: Pick<LimitedSessions, 'timePassed'>;
    readonly now: () => number;
    readonly onWarning: (warning: Warning) => void;
    readonly onSignInWarning: (warning: SignInWarning) => void;
    /** Something that counts down reads differently now. */
    readonly onTick: () => void;
  }) {
    this.#store = parts.store;
    this.#held = parts.held;
    this.#limited = parts.limited;
    this.#now = parts.now;
    this.#onWarning = parts.onWarning;
    this.#onSignInWarning = parts.onSignInWarning;
    this.#onTick = parts.onTick;
    this.#lastLook = parts.now();
    this.#unsubscribe = parts.store.subscribe(() => this.#schedule());
  }

  /** Looks at the wall clock now: by timer, and when the machine wakes up. */
  tick(): void {
    const now = this.#now();
    const { profiles, signIns, settings } = this.#store.content;
    const minutesBefore = settings.notifyMinutes;
    const warnings = profiles.flatMap((profile) => {
      const { name, session } = profile;
      if (!isLive(session)) return [];
      return this.#due(this.#told, name, session.expiresAt, (since) => dueWarnings([profile], { since, now, minutesBefore }));
    });
    const signInWarnings = signIns.flatMap((signIn) => {
      const end = knownEnd(signIn);
      if (end === null) return [];
      return this.#due(this.#toldOfSignIns, signIn.signInId, end, (since) => dueSignInWarnings([signIn], { since, now, minutesBefore }));
    });
    this.#lastLook = now;
    this.#held.timePassed();
    this.#limited.timePassed();
    for (const warning of warnings) this.#onWarning(warning);
    for (const warning of signInWarnings) this.#onSignInWarning(warning);
    this.#onTick();
    this.#schedule();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #due<T>(told: Told, name: string, end: number, dueSince: (since: number) => readonly T[]): readonly T[] {
    const before = told.get(name);
    const due = dueSince(before?.end === end ? Math.max(this.#lastLook, before.until) : this.#lastLook);
    if (due.length > 0) told.set(name, { end, until: this.#now() });
    return due;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const now = this.#now();
    const { profiles, limited, signIns, settings } = this.#store.content;
    // From the last look on: nothing else comes soon that would tell what fell due since, while the timer was late.
    const since = Math.min(this.#lastLook, now);
    const times = [nextChange(profiles, now, limited), nextSignInWarning(signIns, { since, minutesBefore: settings.notifyMinutes })];
    const next = Math.min(...times.map((time) => time ?? Infinity));
    if (next === Infinity) return;
    // One millisecond more, since a timer may fire that much early and would then find no change. A portal may name an
    // end that is further away than a timer reaches.
    this.#timer = setTimeout(() => this.tick(), Math.min(Math.max(next - now, 0) + 1, longestMs));
  }
}

/** How long a timer may wait, in milliseconds: one day. */
const longestMs = 24 * 3_600_000;

type Told = Map<string, { /** Epoch milliseconds. */ readonly end: number; readonly until: number }>;
