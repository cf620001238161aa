import { isRecent } from '../../core/recent.ts';
import { SharedQuestions } from './shared-questions.ts';

/** How long the question waits for the user, in milliseconds. */
const waitMs = 2 * 60_000;

/** How long a refusal holds for programs, which ask again and again, in milliseconds. */
const quietMs = 30_000;

/** Puts a question, which goes away at `answerBy` (epoch milliseconds). */
type Ask<Q> = (question: Q, answerBy: number, signal: AbortSignal) => Promise<'confirm' | 'refuse' | null>;

/**
 * Questions that several callers share, and that programs would bring up again and again: a refusal holds for them for
 * a while. A person who asks is asked anew.
 */
export class LastingRefusals<Q> {
  readonly #questions: SharedQuestions<Q, 'confirm' | 'refuse'>;
  readonly #refusedAt = new Map<string, number>();
  readonly #now: () => number;

  constructor(ask: Ask<Q>, now: () => number) {
    this.#questions = new SharedQuestions((question, signal) => ask(question, now() + waitMs, signal));
    this.#now = now;
  }

  /** Null when nobody answered in time. Callers with the same key share the question. */
  async put(key: string, question: Q, { byUser, signal }: { readonly byUser: boolean; readonly signal: AbortSignal }): Promise<'confirm' | 'refuse' | null> {
    const refusedAt = this.#refusedAt.get(key);
    if (!byUser && refusedAt !== undefined && isRecent(refusedAt, quietMs, this.#now())) return 'refuse';
    const answer = await this.#questions.put(key, question, waitMs, signal);
    if (answer === 'refuse') this.#refusedAt.set(key, this.#now());
    if (answer === 'confirm') this.#refusedAt.delete(key);
    return answer;
  }

  dispose(): void {
    this.#questions.dispose();
  }
}
