import type { CommandHandlers } from '../../contract/ipc.ts';
import type { AccountQuestions } from './account-questions.ts';

/** The user's answer about where a run may go. */
export function relayCommands({ questions }: { readonly questions: AccountQuestions }) {
  return { answerQuestion: (request) => questions.answer(request) } satisfies Partial<CommandHandlers>;
}
