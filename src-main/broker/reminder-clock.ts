import { dueReminders, nextReminder, type Reminder } from '../core/destroy-reminder.ts';
import type { UiStateStore } from './ui-state-store.ts';

/** The longest that a timer can be set to, in milliseconds: beyond it, Node fires at once. */
const timerMax = 2_147_483_647;

type Parts = {
  readonly store: UiStateStore;
  readonly now: () => number;
  readonly onReminder: (reminder: Reminder) => void;
  /** It was told, so that it does not come again today. */
  readonly reminded: (folder: string) => void;
};

/** Sleeps until a project is to be reminded of. Follows the wall clock, as the sessions' clock does. */
export class ReminderClock {
  readonly #parts: Parts;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#unsubscribe = parts.store.subscribe(() => this.#schedule());
    this.#schedule();
  }

  /** Looks at the wall clock now: by timer, and when the machine wakes up. */
  look(): void {
    const { store, now, onReminder, reminded } = this.#parts;
    for (const reminder of dueReminders(store.content.settings.projects, now())) {
      reminded(reminder.folder);
      onReminder(reminder);
    }
    this.#schedule();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const now = this.#parts.now();
    const next = nextReminder(this.#parts.store.content.settings.projects, now);
    if (next === null) return;
    // One millisecond more, since a timer may fire that much early and would then find nothing due.
    this.#timer = setTimeout(() => this.look(), Math.min(timerMax, Math.max(0, next - now) + 1));
  }
}
