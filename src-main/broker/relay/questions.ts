import type { AccountQuestion, AnswerTo } from '../../contract/question.ts';

/** What a person is asked: may this run go into that account? `role` is the one that was asked for first. */
export type RelayQuestion = Omit<AccountQuestion, 'questionId' | 'kind'> & { readonly run: string };

export type RelayPermission = AnswerTo<'account'>;

/** Puts the question to a person. `signal` aborts when no call waits for the answer any more, which is answered with null. */
export type AskPerson = (question: RelayQuestion, signal: AbortSignal) => Promise<RelayPermission | null>;
