/** Work that must not overlap: each piece begins when the one before it has ended, whether it failed or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn;
    // Whoever took the turn hears of its failure; the next one only waits for its end.
    turn.catch(() => undefined);
    return turn;
  }
}
