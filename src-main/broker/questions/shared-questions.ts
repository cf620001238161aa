/** Puts a question to a person. `signal` aborts when nobody waits for the answer any more, which is answered with null. */
type Ask<Q, A> = (question: Q, signal: AbortSignal) => Promise<A | null>;

type Open<A> = { readonly answer: Promise<A | null>; readonly withdraw: AbortController; waiting: number };

/** Questions that several callers share, by a key. Each waits only as long as it endures. */
export class SharedQuestions<Q, A> {
  readonly #open = new Map<string, Open<A>>();
  readonly #ask: Ask<Q, A>;

  constructor(ask: Ask<Q, A>) {
    this.#ask = ask;
  }

  /** Null when nobody answered in time, in milliseconds. */
  async put(key: string, question: Q, waitMs: number, signal: AbortSignal): Promise<A | null> {
    const open = this.#open.get(key) ?? this.#opened(key, question);
    open.waiting++;
    try {
      return await within(open.answer, waitMs, signal);
    } finally {
      open.waiting--;
      if (open.waiting === 0) {
        this.#open.delete(key);
        open.withdraw.abort();
      }
    }
  }

  dispose(): void {
    for (const { withdraw } of this.#open.values()) withdraw.abort();
  }

  #opened(key: string, question: Q): Open<A> {
    const withdraw = new AbortController();
    const open: Open<A> = { answer: this.#ask(question, withdraw.signal), withdraw, waiting: 0 };
    this.#open.set(key, open);
    return open;
  }
}

function within<T>(answer: Promise<T | null>, waitMs: number, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(null);
    const timer = setTimeout(end, waitMs);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    });
  });
}
