import type { AccountQuestion, UiState } from '../../contract/ui-state.ts';

/** How high the question's window has to be for what it shows, in pixels: a production account also wants its name typed. */
export function questionHeight({ accountId }: Pick<AccountQuestion, 'accountId'>, accounts: UiState['accounts']): number {
  return accounts[accountId]?.production === true ? 370 : 290;
}
