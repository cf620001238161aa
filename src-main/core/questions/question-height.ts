import type { Question } from '../../contract/question.ts';
import type { UiState } from '../../contract/ui-state.ts';
import { accountIdsOf } from './question-accounts.ts';

/** Of a question about one ordinary account, in pixels. */
const heights = { account: 300, action: 350, program: 350, command: 380 } as const;
const productionHeight = 80;
const accountHeight = 70;
/** How many accounts are in view; more than these scroll. */
const accountsShown = 3;

/** How high the question's window has to be for what it shows, in pixels: a production account also wants its name typed. */
export function questionHeight(question: Question, accounts: UiState['accounts']): number {
  const ids = accountIdsOf(question);
  const more = Math.max(0, Math.min(ids.length, accountsShown) - 1) * accountHeight;
  return heights[question.kind] + more + (ids.some((id) => accounts[id]?.production === true) ? productionHeight : 0);
}
