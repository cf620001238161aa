import type { LogEvent } from './log-events.ts';

type Answer = Extract<LogEvent, { event: 'asked' }>;

/**
 * Sums up answers that programs get again and again: a plan of Terraform asks for its session dozens of times, and would
 * leave no room in the log for anything else. The first of equal ones is told at once, the others as one with their
 * number and the longest time that one took, before whatever is told next. A crash loses that number and no more.
 */
export class RepeatedAnswers {
  #first: Answer | null = null;
  #times = 0;
  #longestMs = 0;

  /** What to log now that this has happened. */
  next(event: LogEvent): readonly LogEvent[] {
    if (event.event !== 'asked') return [...this.end(), event];
    if (this.#first?.name === event.name && this.#first.outcome === event.outcome) {
      this.#times += 1;
      this.#longestMs = Math.max(this.#longestMs, event.ms);
      return [];
    }
    const before = this.end();
    this.#first = event;
    return [...before, event];
  }

  /** What to log before something else is told, or the log is read. */
  end(): readonly LogEvent[] {
    const [first, times, ms] = [this.#first, this.#times, this.#longestMs];
    [this.#first, this.#times, this.#longestMs] = [null, 0, 0];
    return first === null || times === 0 ? [] : [{ ...first, ms, times }];
  }
}
