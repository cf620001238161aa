/** Work that must not overlap: each piece begins when the one before it has ended, whether it failed or not. */
export class SerialQueue {
  #last: Promise<void> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    // The caller gets the outcome; the next turn only waits for the end. What is returned may be a secret, or large, and
    // would stay here until then.
    this.#last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}
