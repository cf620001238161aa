import type { UiStateChanges } from '../../src-main/contract/ipc.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';

/** Reads the first state as a whole, and those after it by what changed. A part that did not change stays the same value, so what was made of it stays too. */
export function uiStateReader(): (parts: UiStateChanges) => UiState {
  let state: Partial<UiState> = {};
  return (parts) => {
    const read = Object.entries(parts).map(([name, text]) => [name, JSON.parse(text)] as const);
    state = { ...state, ...Object.fromEntries(read) };
    return state as UiState;
  };
}
