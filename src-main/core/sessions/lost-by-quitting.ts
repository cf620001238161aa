import type { QuitQuestion, Question } from '../../contract/question.ts';
import type { UiState } from '../../contract/ui-state.ts';
import { isLive } from './session.ts';

/** What the end of the app takes from its user, in names that are shown. */
export type LostByQuitting = Pick<QuitQuestion, 'sessions' | 'signIns' | 'waiting' | 'runs'>;

/**
 * What would be lost if the app ended now; null for nothing. Without a keychain that is each session that took a code,
 * and each sign-in: what is made from these comes back with them. `runs` are the programs whose roles are assumed
 * through the app.
 */
export function lostByQuitting(
  { profiles, signIns, keychain, prompt, signInPrompt, question }: Pick<UiState, 'profiles' | 'signIns' | 'keychain' | 'prompt' | 'signInPrompt' | 'question'>,
  runs: readonly string[],
): LostByQuitting | null {
  const isKept = keychain.kind === 'available';
  const lost = {
    sessions: isKept ? [] : profiles.flatMap(({ name, session }) => (isLive(session) && session.origin === 'code' ? [name] : [])),
    signIns: isKept ? [] : signIns.flatMap(({ name, state }) => (state.kind === 'active' ? [name] : [])),
    waiting: [...[prompt, signInPrompt].flatMap((each) => each?.waiting ?? []).map(({ command }) => command), ...askers(question)],
    runs,
  };
  return Object.values(lost).every((names) => names.length === 0) ? null : lost;
}

/** Who waits for the answer to a question; a program of which nothing is known has no name to show. */
function askers(question: Question | null): readonly string[] {
  switch (question?.kind) {
    case 'account':
      return question.program === null ? [] : [question.program];
    case 'action':
    case 'program':
      return question.asker === null ? [] : [question.asker.command];
    default:
      return [];
  }
}
