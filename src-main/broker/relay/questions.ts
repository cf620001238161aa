import type { AccountQuestion, AnswerTo } from '../../contract/question.ts';

/** What a person is asked: may this run go into that account? `role` is the one that was asked for first. */
export type RelayQuestion = Omit<AccountQuestion, 'questionId' | 'kind'> & { readonly run: string };

export type RelayPermission = AnswerTo<'account'>;

/** Puts the question to a person. `signal` aborts when no call waits for the answer any more, which is answered with null. */
export type AskPerson = (question: RelayQuestion, signal: AbortSignal) => Promise<RelayPermission | null>;

type Open = { readonly answer: Promise<RelayPermission | null>; readonly withdraw: AbortController; waiting: number };

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
    const open: Open = { answer, withdraw, waiting: 0 };
    this.#open.set(question.accountId, open);
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
