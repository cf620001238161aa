import { dueWarnings, nextChange, type Warning } from '../../core/sessions/countdown.ts';
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
  readonly #onTick: () => void;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #lastLook: number;
  /** Up to when a session's warnings were given, by profile: a clock that is set back must not bring them again. */
  readonly #told = new Map<string, { readonly expiresAt: number; readonly until: number }>();

  constructor(parts: {
    readonly store: UiStateStore;
    readonly held: Pick<HeldSessions, 'timePassed'>;
    readonly limited: Pick<LimitedSessions, 'timePassed'>;
    readonly now: () => number;
    readonly onWarning: (warning: Warning) => void;
    /** Something that counts down reads differently now. */
    readonly onTick: () => void;
  }) {
    this.#store = parts.store;
    this.#held = parts.held;
    this.#limited = parts.limited;
    this.#now = parts.now;
    this.#onWarning = parts.onWarning;
    this.#onTick = parts.onTick;
    this.#lastLook = parts.now();
    this.#unsubscribe = parts.store.subscribe(() => this.#schedule());
  }

  /** Looks at the wall clock now: by timer, and when the machine wakes up. */
  tick(): void {
    const now = this.#now();
    const { profiles, settings } = this.#store.content;
    const minutesBefore = settings.notifyMinutes;
    const warnings = profiles.flatMap((profile) => {
      const { name, session } = profile;
      if (!isLive(session)) return [];
      const told = this.#told.get(name);
      const since = told?.expiresAt === session.expiresAt ? Math.max(this.#lastLook, told.until) : this.#lastLook;
      const due = dueWarnings([profile], { since, now, minutesBefore });
      if (due.length > 0) this.#told.set(name, { expiresAt: session.expiresAt, until: now });
      return due;
    });
    this.#lastLook = now;
    this.#held.timePassed();
    this.#limited.timePassed();
    for (const warning of warnings) this.#onWarning(warning);
    this.#onTick();
    this.#schedule();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const now = this.#now();
    const next = nextChange(this.#store.content.profiles, now, this.#store.content.limited);
    if (next === null) return;
    // One millisecond more, since a timer may fire that much early and would then find no change.
    this.#timer = setTimeout(() => this.tick(), next - now + 1);
  }
}
