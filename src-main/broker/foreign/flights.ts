import type { Result } from '../../contract/app-error.ts';
import { appError, failed } from '../../core/errors.ts';
import type { Requester, RequestingProgram } from '../prompts/waiting-programs.ts';

/** Whether a process is this ancestor, or was started by it, directly or not. */
export type AskedByCommand = (pid: number, ancestor: number) => Promise<boolean>;

type Started = { readonly signal: AbortSignal; readonly onStart: (pid: number) => void };

type Flight<T> = {
  readonly outcome: Promise<Result<T>>;
  readonly stop: AbortController;
  /** What was started for it. */
  readonly pids: Set<number>;
  /** The profiles whose commands wait for it. */
  readonly waitedForBy: Set<string>;
  waiting: number;
  /** Somebody's time was over before it came, who asks again: it goes on without listeners. */
  isKept: boolean;
};

/**
 * One flight for each profile. It ends with the last who waits for it by hanging up. A program that was started for a
 * flight, and asks for what only that flight could bring, is told so at once: else both would wait for the other.
 */
export class Flights<T> {
  readonly #flights = new Map<string, Flight<T>>();
  readonly #descendsFrom: AskedByCommand;

  constructor(descendsFrom: AskedByCommand) {
    this.#descendsFrom = descendsFrom;
  }

  /** Who asks from now on starts another one. */
  forget(profile: string): void {
    this.#flights.delete(profile);
  }

  async join(profile: string, requester: Requester, start: (started: Started) => Promise<Result<T>>): Promise<Result<T>> {
    const flight = this.#flights.get(profile) ?? this.#begin(profile, start);
    flight.waiting += 1;
    try {
      if (requester.by === 'user') return await flight.outcome;
      return await Promise.race([this.#loop(profile, flight, requester), waited(profile, flight, requester)]);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0 && !flight.isKept) {
        // Whoever asks next gets a run of its own, however long this one takes to end.
        if (this.#flights.get(profile) === flight) this.#flights.delete(profile);
        flight.stop.abort();
      }
    }
  }

  #begin(profile: string, start: (started: Started) => Promise<Result<T>>): Flight<T> {
    const stop = new AbortController();
    const pids = new Set<number>();
    const flight: Flight<T> = {
      outcome: start({ signal: stop.signal, onStart: (pid) => pids.add(pid) }).finally(() => {
        if (this.#flights.get(profile) === flight) this.#flights.delete(profile);
        pids.clear();
      }),
      stop,
      pids,
      waitedForBy: new Set(),
      waiting: 0,
      isKept: false,
    };
    this.#flights.set(profile, flight);
    return flight;
  }

  /** Settles only where the program that asks was started for this flight, or for one that waits for it. */
  async #loop(profile: string, flight: Flight<T>, requester: RequestingProgram): Promise<Result<T>> {
    const running = [...this.#flights].filter(([, { pids }]) => pids.size > 0);
    const program = running.length === 0 ? null : await requester.program();
    const pid = program === null ? null : (program.peer?.pid ?? program.pid);
    const askedBy = pid === null ? undefined : await this.#startedFor(pid, running);
    if (askedBy === undefined) return new Promise(() => {});
    flight.waitedForBy.add(askedBy);
    return this.#waits(askedBy, profile, new Set()) ? failed(appError('foreign-loop', { profile, chain: `${profile} → ${askedBy}` })) : new Promise(() => {});
  }

  async #startedFor(pid: number, running: readonly (readonly [string, Flight<T>])[]): Promise<string | undefined> {
    for (const [name, { pids }] of running) {
      for (const started of pids) if (await this.#descendsFrom(pid, started)) return name;
    }
    return undefined;
  }

  /** Whether the command of `profile` waits, directly or not, for the flight of `name`. */
  #waits(name: string, profile: string, seen: Set<string>): boolean {
    if (name === profile) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return [...(this.#flights.get(name)?.waitedForBy ?? [])].some((other) => this.#waits(other, profile, seen));
  }
}

/** Waits as long as the program does. */
function waited<T>(profile: string, flight: Flight<T>, { signal, waitMs }: RequestingProgram): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    const hungUp = (): void => resolve(failed(appError('mfa-cancelled', { profile })));
    const timer = setTimeout(() => {
      flight.isKept = true;
      resolve(failed(appError('foreign-slow', { profile, seconds: Math.round(waitMs / 1000) })));
    }, waitMs);
    signal.addEventListener('abort', hungUp, { once: true });
    if (signal.aborted) hungUp();
    flight.outcome.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', hungUp);
    });
  });
}
