/** Something that holds an outside resource until it is closed. */
export interface Closeable {
  close(): Promise<void> | void;
}

/** Closes what it owns in reverse order, all of it even when closing one part fails. */
export class Ownership {
  readonly #owned: Closeable[] = [];

  own<T extends Closeable>(resource: T): T {
    this.#owned.push(resource);
    return resource;
  }

  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let resource = this.#owned.pop(); resource !== undefined; resource = this.#owned.pop()) {
      try {
        await resource.close();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'A part of the desktop did not close');
  }
}
