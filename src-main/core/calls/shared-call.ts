/**
 * One call at a time for all who ask. Whoever asks while one runs shares the next one, so that what everybody gets was
 * found out after they asked.
 */
export class SharedCall<T> {
  readonly #call: () => Promise<T>;
  #running: Promise<T> | null = null;
  #next: Promise<T> | null = null;

  constructor(call: () => Promise<T>) {
    this.#call = call;
  }

  /** Fails where the call does, for all who share it. */
  ask(): Promise<T> {
    if (this.#running === null) return this.#begin();
    const begin = (): Promise<T> => {
      this.#next = null;
      return this.#begin();
    };
    return (this.#next ??= this.#running.then(begin, begin));
  }

  #begin(): Promise<T> {
    const running = this.#call().finally(() => {
      // Its outcome may be large.
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }
}
