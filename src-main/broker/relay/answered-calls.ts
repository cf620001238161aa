import type { RelayAnswer } from './answers.ts';

/**
 * An answer, and until when (epoch milliseconds) it may be given again; null for never. `outcome` is AWS's,
 * null where AWS was not reached. `issued` is the ID of the access key that came with it.
 */
export type Answered = {
  readonly answer: RelayAnswer;
  readonly goodUntil: number | null;
  readonly outcome: 'reached' | 'failed' | null;
  readonly issued: string | null;
};

/** How many answers a run keeps. */
const keptMax = 500;

/** Makes each of several equal calls once: those that come meanwhile wait for it, and later ones get its answer again. */
export class AnsweredCalls {
  readonly #kept = new Map<string, Answered>();
  readonly #flights = new Map<string, Promise<Answered>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `key` is what equal calls have in common; null for a call that is always made. */
  async answer(key: string | null, make: () => Promise<Answered>): Promise<Answered> {
    if (key === null) return make();
    const kept = this.#kept.get(key);
    if (kept !== undefined && (kept.goodUntil ?? 0) > this.#now()) return kept;
    this.#kept.delete(key);
    return this.#flights.get(key) ?? this.#made(key, make);
  }

  #made(key: string, make: () => Promise<Answered>): Promise<Answered> {
    const flight = make()
      .then((answered) => {
        if (answered.goodUntil !== null) this.#keep(key, answered);
        return answered;
      })
      .finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }

  #keep(key: string, answered: Answered): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= keptMax && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, answered);
  }
}
