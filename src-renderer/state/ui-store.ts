import type { StsTrayApi, UiStateText } from '../../src-main/contract/ipc.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { uiStateReader } from './ui-state-reader.ts';

/** The newest state that this window has heard of, in the form that `useSyncExternalStore` takes. */
export type UiStore = {
  /** Null until the first state is there. */
  readonly read: () => UiState | null;
  readonly subscribe: (changed: () => void) => () => void;
};

type StateSource = Pick<StsTrayApi, 'readUiState' | 'onUiState'>;

/** Listens before it reads, so that no state is missed in between. An answer that a newer state has overtaken is recognised by its revision. */
export function createUiStore(source: StateSource): UiStore {
  const listeners = new Set<() => void>();
  const read = uiStateReader();
  let current: UiState | null = null;

  const accept = (text: UiStateText) => {
    if (current !== null && Number(text.revision) <= current.revision) return;
    current = read(text);
    for (const changed of listeners) changed();
  };

  source.onUiState(accept);
  void source.readUiState().then(accept);

  return {
    read: () => current,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
