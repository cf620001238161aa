import type { Question } from '../../contract/question.ts';
import type { Account } from '../../contract/ui-state.ts';

/** The accounts that a question is about. */
export function accountIdsOf(question: Question): readonly string[] {
  switch (question.kind) {
    case 'action':
      return question.accountIds;
    case 'command':
      return [];
    default:
      return [question.accountId];
  }
}

/** What the user has to type before anything but a refusal is taken: the names of the production accounts among these, or without one their IDs; null where there is none. */
export function toBeTyped(accounts: readonly Account[]): string | null {
  const production = accounts.filter((account) => account.production);
  return production.length === 0 ? null : production.map(({ name, accountId }) => name ?? accountId).join(', ');
}
