import { randomUUID } from 'node:crypto';
import type { CommandRequest } from '../../contract/ipc.ts';
import { answersTo, type AnswerTo, type Permission, type Question, type QuestionKind } from '../../contract/question.ts';
import { accountIdsOf, toBeTyped } from '../../core/questions/question-accounts.ts';
import { accountFor } from '../../core/sessions/accounts.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** A question without its ID, which it gets when it is put. */
export type NewQuestion<K extends QuestionKind = QuestionKind> = Question extends infer Q
  ? Q extends { readonly kind: K }
    ? Omit<Q, 'questionId'>
    : never
  : never;

type Waiting = {
  readonly question: Question;
  /** Whether this is an answer to such a question; it is passed on then. */
  readonly take: (permission: Permission) => boolean;
};

/** Puts all questions to the user, of whatever kind, one after the other, in a window of their own. */
export class OpenQuestions {
  readonly #store: UiStateStore;
  readonly #raise: () => void;
  #waiting: readonly Waiting[] = [];

  /** `raise` brings the window of the question to the front. */
  constructor(store: UiStateStore, raise: () => void) {
    this.#store = store;
    this.#raise = raise;
  }

  /** Null when `signal` aborts first: nobody waits for the answer any more, and the question goes away. */
  ask<K extends QuestionKind>(asked: NewQuestion<K> & { readonly kind: K }, signal: AbortSignal): Promise<AnswerTo<K> | null> {
    const known: readonly AnswerTo<K>[] = answersTo[asked.kind];
    return new Promise((resolve) => {
      const waiting: Waiting = {
        question: { ...asked, questionId: randomUUID() },
        take: (permission) => {
          const taken = known.find((one) => one === permission);
          if (taken === undefined) return false;
          this.#remove(waiting);
          signal.removeEventListener('abort', withdraw);
          resolve(taken);
          return true;
        },
      };
      const withdraw = (): void => {
        this.#remove(waiting);
        resolve(null);
      };
      if (signal.aborted) return withdraw();
      signal.addEventListener('abort', withdraw, { once: true });
      // Who quits is looking for the answer now, and with it the other questions may be none any more.
      this.#waiting = asked.kind === 'quit' ? [waiting, ...this.#waiting] : [...this.#waiting, waiting];
      if (this.#waiting[0] === waiting) this.#show(waiting);
    });
  }

  /** Brings the question that is shown to the front. */
  raise(): void {
    this.#raise();
  }

  /** Takes the user's answer to the question that is shown. About a production account only a refusal is taken without its name typed. */
  answer({ questionId, permission, typed }: CommandRequest<'answerQuestion'>): void {
    const [shown] = this.#waiting;
    if (shown?.question.questionId !== questionId) return;
    const { settings } = this.#store.content;
    const asked = accountIdsOf(shown.question).map((accountId) => accountFor(accountId, settings));
    const wanted = toBeTyped(asked, settings.accounts);
    if (permission !== 'refuse' && wanted !== null && typed !== wanted) return;
    shown.take(permission);
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

  #show({ question }: Waiting): void {
    this.#store.change({ question });
    this.#raise();
  }
}
