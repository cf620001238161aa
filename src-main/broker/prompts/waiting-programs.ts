import type { Result } from '../../contract/app-error.ts';
import type { MfaPrompt, WaitingProgram } from '../../contract/ui-state.ts';
import { appError, failed } from '../../core/errors.ts';

/** A program that waits for a session. */
export type RequestingProgram = {
  readonly by: 'program';
  /** Asked only when the user has to be: it takes a look at the process. Null when it cannot be told. */
  readonly program: () => Promise<WaitingProgram | null>;
  /** Aborted when the program no longer listens. */
  readonly signal: AbortSignal;
  /** How long it waits, in milliseconds. */
  readonly waitMs: number;
};

/** Who wants a session: a person at the windows, who waits as long as it takes and perhaps chose a role, or a program. */
export type Requester = { readonly by: 'user'; readonly wants?: MfaPrompt['wantedFor'] } | RequestingProgram;

type Waiter = {
  readonly profile: string;
  /** When it gives up, in epoch milliseconds; null for a person. */
  readonly answerBy: number | null;
  program: WaitingProgram | null;
  readonly settle: (outcome: Result<null>) => void;
};

/** Those who wait for a prompt's code, each for as long as it can. One answer serves all of a profile. */
export class WaitingPrograms {
  readonly #waiters = new Set<Waiter>();
  readonly #onChange: () => void;
  readonly #onLeft: (profile: string, how: 'timed-out' | 'hung-up') => void;
  readonly #now: () => number;

  /**
   * `onChange` is called when the programs that the prompt is to name have changed, `onLeft` when one waits no more
   * for the prompt of a profile that was not answered.
   */
  constructor(onChange: () => void, onLeft: (profile: string, how: 'timed-out' | 'hung-up') => void, now: () => number) {
    this.#onChange = onChange;
    this.#onLeft = onLeft;
    this.#now = now;
  }

  /**
   * Resolves when the prompt of the profile was answered. Fails with `mfa-cancelled` `{profile}`, or
   * `mfa-timeout` `{profile, seconds}` when the time is over first; the prompt then stays open.
   */
  wait(profile: string, requester: Requester): Promise<Result<null>> {
    return new Promise((resolve) => {
      const waitMs = requester.by === 'user' ? null : requester.waitMs;
      const timedOut = (): void => {
        waiter.settle(failed(appError('mfa-timeout', { profile, seconds: Math.round((waitMs ?? 0) / 1000) })));
        this.#onLeft(profile, 'timed-out');
      };
      const timer = waitMs === null ? undefined : setTimeout(timedOut, waitMs);
      const hungUp = (): void => {
        waiter.settle(failed(appError('mfa-cancelled', { profile })));
        this.#onLeft(profile, 'hung-up');
      };
      const waiter: Waiter = {
        profile,
        answerBy: waitMs === null ? null : this.#now() + waitMs,
        program: null,
        settle: (outcome) => {
          if (!this.#waiters.delete(waiter)) return;
          clearTimeout(timer);
          if (requester.by === 'program') requester.signal.removeEventListener('abort', hungUp);
          resolve(outcome);
          this.#onChange();
        },
      };
      this.#waiters.add(waiter);
      if (requester.by === 'user') return;
      if (requester.signal.aborted) hungUp();
      else requester.signal.addEventListener('abort', hungUp);
      void this.#name(waiter, requester);
    });
  }

  /** Tells all that wait for the profile how its prompt ended. */
  answer(profile: string, outcome: Result<null>): void {
    for (const waiter of this.#waiters) if (waiter.profile === profile) waiter.settle(outcome);
  }

  has(profile: string): boolean {
    return [...this.#waiters].some((waiter) => waiter.profile === profile);
  }

  /** Those that the prompt names: a program that asks many times at once is one. */
  of(profile: string): readonly WaitingProgram[] {
    const programs = [...this.#waiters].flatMap((waiter) => (waiter.profile === profile && waiter.program !== null ? [waiter.program] : []));
    return [...new Map(programs.map((program) => [`${program.pid} ${program.peer?.pid} ${program.profile}`, program])).values()];
  }

  /** When the first program that waits for the profile's prompt gives up, in epoch milliseconds; null where none waits. */
  answerBy(profile: string): number | null {
    const times = [...this.#waiters].flatMap((waiter) => (waiter.profile === profile ? (waiter.answerBy ?? []) : []));
    return times.length === 0 ? null : Math.min(...times);
  }

  dispose(): void {
    for (const waiter of this.#waiters) waiter.settle(failed(appError('app-quitting')));
  }

  async #name(waiter: Waiter, requester: RequestingProgram): Promise<void> {
    waiter.program = await requester.program();
    if (this.#waiters.has(waiter)) this.#onChange();
  }
}
