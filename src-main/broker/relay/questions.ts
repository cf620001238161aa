/** What a person is asked: may this run go into that account? */
export type RelayQuestion = {
  readonly run: string;
  /** The profile whose session the run has. */
  readonly profile: string;
  readonly accountId: string;
  /** The ARN of the role that was asked for first; null for the account of the session itself. */
  readonly role: string | null;
  /** What was started, such as `terraform apply`, and where; null where that is not known. */
  readonly program: string | null;
  readonly folder: string | null;
  /** When the first call that waits gives up, in epoch milliseconds. */
  readonly answerBy: number;
};

export type RelayPermission = 'this-run' | 'this-folder' | 'refuse';

/** Puts the question to a person. `signal` aborts when no call waits for the answer any more. */
export type AskPerson = (question: RelayQuestion, signal: AbortSignal) => Promise<RelayPermission>;

type Open = { readonly answer: Promise<RelayPermission>; readonly withdraw: AbortController; waiting: number };

/** The questions of one run. Calls about one account share a question, and each waits only as long as its program endures. */
export class Questions {
  readonly #open = new Map<string, Open>();
  readonly #ask: AskPerson;

  constructor(ask: AskPerson) {
    this.#ask = ask;
  }

  /** Null when nobody answered in time. */
  async put(question: RelayQuestion, waitMs: number, signal: AbortSignal): Promise<RelayPermission | null> {
    const open = this.#open.get(question.accountId) ?? this.#opened(question);
    open.waiting++;
    try {
      return await within(open.answer, waitMs, signal);
    } finally {
      open.waiting--;
      if (open.waiting === 0) {
        this.#open.delete(question.accountId);
        open.withdraw.abort();
      }
    }
  }

  dispose(): void {
    for (const { withdraw } of this.#open.values()) withdraw.abort();
  }

  #opened(question: RelayQuestion): Open {
    const withdraw = new AbortController();
    const answer = this.#ask(question, withdraw.signal);
    // Whoever waits sees it; when nobody does any more, nobody needs to.
    answer.catch(() => undefined);
    const open: Open = { answer, withdraw, waiting: 0 };
    this.#open.set(question.accountId, open);
    return open;
  }
}

function within<T>(answer: Promise<T>, waitMs: number, signal: AbortSignal): Promise<T | null> {
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
