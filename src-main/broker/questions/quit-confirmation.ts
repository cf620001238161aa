import type { UiState } from '../../contract/ui-state.ts';
import { lostByQuitting } from '../../core/sessions/lost-by-quitting.ts';
import type { OpenQuestions } from './open-questions.ts';

/** How long the question waits for the user, in milliseconds. Without an answer the app keeps running. */
const waitMs = 2 * 60_000;

type Parts = {
  readonly questions: Pick<OpenQuestions, 'ask' | 'raise'>;
  readonly store: { readonly content: UiStateParts };
  /** The programs whose roles are assumed through the app. */
  readonly runs: () => readonly string[];
  readonly now: () => number;
};
type UiStateParts = Pick<UiState, 'profiles' | 'signIns' | 'keychain' | 'prompt' | 'signInPrompt' | 'question'>;

/** Asks before the app ends while something would be lost by that: only a person who chooses *Quit* is asked, never the system. */
export class QuitConfirmation {
  readonly #parts: Parts;
  #isAsking = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether the app is to end now. While the question is open another wish to quit only brings it to the front. */
  async mayQuit(): Promise<boolean> {
    const { questions, store, runs, now } = this.#parts;
    if (this.#isAsking) {
      questions.raise();
      return false;
    }
    const lost = lostByQuitting(store.content, runs());
    if (lost === null) return true;
    this.#isAsking = true;
    try {
      return (await questions.ask({ kind: 'quit', ...lost, answerBy: now() + waitMs }, AbortSignal.timeout(waitMs))) === 'quit';
    } finally {
      this.#isAsking = false;
    }
  }
}
