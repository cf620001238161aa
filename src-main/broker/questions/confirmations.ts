import type { Result } from '../../contract/app-error.ts';
import type { ActionQuestion, Asker } from '../../contract/question.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { OpenQuestions } from './open-questions.ts';

/** How long a question of a program waits for the user, in milliseconds. */
const waitMs = 2 * 60_000;

/** What would be done: all that the user judges it by, but for who asks. */
export type ActionToConfirm = Pick<ActionQuestion, 'action' | 'profile' | 'accountIds'>;

/** Who asks by the local API. */
export type AskingProgram = {
  /** Looked up only for the question. Null when it cannot be told. */
  readonly asker: () => Promise<Asker | null>;
  /** Aborts when the program hangs up. */
  readonly signal: AbortSignal;
};

type Parts = { readonly questions: Pick<OpenQuestions, 'ask'>; readonly now: () => number };

/** Has a person confirm, in the app's own window, what a program asks for: its own word is no answer. */
export class Confirmations {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * `describe` says what would be done, and is asked again after the answer, so that what is done is what
   * was confirmed. Fails with what `describe` fails with; `action-refused`; `action-unanswered` `{minutes}`,
   * also when the program hangs up; `action-changed`.
   */
  async ask(describe: () => Promise<Result<ActionToConfirm>>, { asker, signal }: AskingProgram): Promise<Result<null>> {
    const [described, known] = await Promise.all([describe(), asker()]);
    if (!described.ok) return described;
    const answer = await this.#put({ ...described.value, asker: known }, signal);
    if (answer === null) return failed(appError('action-unanswered', { minutes: waitMs / 60_000 }));
    if (answer === 'refuse') return failed(appError('action-refused'));
    const again = await describe();
    if (!again.ok) return again;
    return JSON.stringify(again.value) === JSON.stringify(described.value) ? succeeded(null) : failed(appError('action-changed'));
  }

  async #put(question: Pick<ActionQuestion, 'action' | 'profile' | 'accountIds' | 'asker'>, signal: AbortSignal) {
    const { questions, now } = this.#parts;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), waitMs);
    try {
      return await questions.ask({ kind: 'action', ...question, answerBy: now() + waitMs }, AbortSignal.any([signal, late.signal]));
    } finally {
      clearTimeout(timer);
    }
  }
}
