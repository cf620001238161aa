import type { CommandHandlers } from '../../contract/ipc.ts';
import type { HistorySheet } from './history-sheet.ts';

/** What the panel asks of the ledger. */
export function ledgerCommands({ history }: { readonly history: HistorySheet }) {
  return {
    showHistory: () => history.show(),
  } satisfies Partial<CommandHandlers>;
}
