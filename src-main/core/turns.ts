/** Work that must not overlap: each piece begins when the one before it has ended, whether it failed or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn;
    // The caller gets the failure; the next turn only waits for the end.
    turn.catch(() => undefined);
    return turn;
  }
}
