/** Something that happens, and those who listen for it. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Returns the way to stop listening. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

/** Keeps the last of what happened before anybody listened, for the first who does. */
export class PatientEmitter<T> extends Emitter<T> {
  /** Null from the first listener on. */
  #early: T[] | null = [];

  override on(listener: (value: T) => void): () => void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const value of early) listener(value);
    return super.on(listener);
  }

  override emit(value: T): void {
    if (this.#early === null) super.emit(value);
    else this.#early = [value];
  }
}
