import { randomUUID } from 'node:crypto';
import type { CommandRequest } from '../../contract/ipc.ts';
import { confirmationName } from '../../core/questions/confirmation-name.ts';
import { accountFor } from '../../core/sessions/accounts.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { RelayPermission, RelayQuestion } from './questions.ts';

type Waiting = { readonly questionId: string; readonly question: RelayQuestion; readonly answer: (permission: RelayPermission) => void };

/** Puts the questions of all runs to the user, one after the other, in a window of their own. */
export class AccountQuestions {
  readonly #store: UiStateStore;
  readonly #raise: () => void;
  #waiting: readonly Waiting[] = [];

  /** `raise` brings the window of the question to the front. */
  constructor(store: UiStateStore, raise: () => void) {
    this.#store = store;
    this.#raise = raise;
  }

  /** Rejects when `signal` aborts: the run no longer waits for the answer. */
  ask(question: RelayQuestion, signal: AbortSignal): Promise<RelayPermission> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { questionId: randomUUID(), question, answer: resolve };
      const withdraw = (): void => {
        this.#remove(waiting);
        reject(signal.reason as Error);
      };
      if (signal.aborted) return withdraw();
      signal.addEventListener('abort', withdraw, { once: true });
      this.#waiting = [...this.#waiting, waiting];
      if (this.#waiting.length === 1) this.#show(waiting);
    });
  }

  /** Takes the user's answer to the question that is shown. A production account is allowed only with its name typed. */
  answer({ questionId, permission, typed }: CommandRequest<'answerQuestion'>): void {
    const shown = this.#waiting.find((waiting) => waiting.questionId === questionId);
    if (shown === undefined) return;
    const account = accountFor(shown.question.accountId, this.#store.content.settings.accounts);
    if (permission !== 'refuse' && account.production && typed !== confirmationName(account)) return;
    this.#remove(shown);
    shown.answer(permission);
  }

  #remove(gone: Waiting): void {
    const [shown] = this.#waiting;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== gone);
    if (shown !== gone) return;
    this.#store.change({ question: null });
    // Not in the same state: the window must close first, or it would turn into another question under
    // the pointer that is about to click.
    queueMicrotask(() => {
      const [next] = this.#waiting;
      if (next !== undefined && this.#store.content.question === null) this.#show(next);
    });
  }

  #show({ questionId, question: { run: _run, ...question } }: Waiting): void {
    this.#store.change({ question: { questionId, ...question } });
    this.#raise();
  }
}
