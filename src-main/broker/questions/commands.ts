import type { CommandHandlers } from '../../contract/ipc.ts';
import type { OpenQuestions } from './open-questions.ts';

/** The user's answers to what is asked in the window of questions. */
export function questionCommands({ questions }: { readonly questions: OpenQuestions }) {
  return { answerQuestion: (request) => questions.answer(request) } satisfies Partial<CommandHandlers>;
}
