import type { Question } from '../../contract/question.ts';
import type { UiState } from '../../contract/ui-state.ts';
import { accountIdsOf } from './question-accounts.ts';

/** Of a question about one ordinary account, in pixels. */
const heights = { account: 300, action: 350, program: 350, command: 340 } as const;
/** What an installation in place says more than other actions: which files change, and where the key goes. */
const inPlaceHeight = 40;
const productionHeight = 80;
const accountHeight = 70;
/** How many accounts are in view; more than these scroll. */
const accountsShown = 3;

/** Of a command nothing is left out: it has as many lines in view as it takes, up to where it scrolls. A line breaks at words. */
const lineCharacters = 36;
const linesShown = 14;
const lineHeight = 22;

/** How high the question's window has to be for what it shows, in pixels: a production account also wants its name typed. */
export function questionHeight(question: Question, accounts: UiState['accounts']): number {
  const ids = accountIdsOf(question);
  const more = Math.max(0, Math.min(ids.length, accountsShown) - 1) * accountHeight;
  const lines = question.kind === 'command' ? Math.min(Math.ceil(question.line.length / lineCharacters), linesShown) * lineHeight : 0;
  const files = question.kind === 'action' && question.action.verb === 'install-in-place' ? inPlaceHeight : 0;
  return heights[question.kind] + files + lines + more + (ids.some((id) => accounts[id]?.production === true) ? productionHeight : 0);
}
