import type { UiStateText } from '../../src-main/contract/ipc.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';

/** Reads states one after the other. A part whose text is that of the state before stays the same value, so what was made of it stays too. */
export function uiStateReader(): (text: UiStateText) => UiState {
  const known = new Map<string, { readonly text: string; readonly value: unknown }>();
  const valueOf = (name: string, text: string): unknown => {
    const before = known.get(name);
    if (before?.text === text) return before.value;
    const value: unknown = JSON.parse(text);
    known.set(name, { text, value });
    return value;
  };
  return (parts) => Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, valueOf(name, text)])) as UiState;
}
