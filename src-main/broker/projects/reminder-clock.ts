import { dueReminders, nextReminder, type Reminder } from '../../core/projects/destroy-reminder.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** The longest that a timer can be set to, in milliseconds: beyond it, Node fires at once. */
const timerMax = 2_147_483_647;

/** When to try again after the user did not want to be disturbed, in milliseconds. */
const againMs = 3_600_000;

type Parts = {
  readonly store: UiStateStore;
  readonly now: () => number;
  /** Whether it was shown. */
  readonly onReminder: (reminder: Reminder) => Promise<boolean>;
  /** Called after it was shown, so that it does not come again today. */
  readonly reminded: (folder: string) => void;
};

/** Sleeps until a project is to be reminded of. Follows the wall clock, as the sessions' clock does. */
export class ReminderClock {
  readonly #parts: Parts;
  readonly #unsubscribe: () => void;
  /** Until when a project is left alone, in epoch milliseconds: its reminder is being shown, or could not be. */
  readonly #later = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#unsubscribe = parts.store.subscribe(() => this.#schedule());
    this.#schedule();
  }

  /** Looks at the wall clock now: by timer, and when the machine wakes up. */
  tick(): void {
    const now = this.#parts.now();
    for (const reminder of dueReminders(this.#waiting(now), now)) {
      this.#later.set(reminder.folder, now + againMs);
      void this.#tell(reminder);
    }
    this.#schedule();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  async #tell(reminder: Reminder): Promise<void> {
    if (!(await this.#parts.onReminder(reminder)) || this.#isDisposed) return;
    this.#later.delete(reminder.folder);
    this.#parts.reminded(reminder.folder);
  }

  /** A clock that was set back must not put a project off for longer than was meant. */
  #waiting(now: number) {
    const { projects } = this.#parts.store.content.settings;
    return Object.fromEntries(Object.entries(projects).filter(([folder]) => !this.#isPutOff(folder, now)));
  }

  #isPutOff(folder: string, now: number): boolean {
    const until = this.#later.get(folder) ?? 0;
    return until > now && until <= now + againMs;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed) return;
    const now = this.#parts.now();
    const next = nextReminder(this.#waiting(now), now);
    const again = [...this.#later.values()].filter((until) => until > now);
    const times = next === null ? again : [next, ...again];
    if (times.length === 0) return;
    // One millisecond more, since a timer may fire that much early and would then find nothing due.
    this.#timer = setTimeout(() => this.tick(), Math.min(timerMax, Math.max(0, Math.min(...times) - now) + 1));
  }
}
