import type { StsTrayApi, UiStateChanges } from '../../src-main/contract/ipc.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { uiStateReader } from './ui-state-reader.ts';

/** The newest state that this window has heard of, in the form that `useSyncExternalStore` takes. */
export type UiStore = {
  /** Null until the first state is there. */
  readonly read: () => UiState | null;
  readonly subscribe: (changed: () => void) => () => void;
};

type StateSource = Pick<StsTrayApi, 'readUiState' | 'onUiState'>;

/** Listens before it reads, so that no change is missed in between. One that the answer has already is recognised by its revision. */
export function createUiStore(source: StateSource): UiStore {
  const listeners = new Set<() => void>();
  const read = uiStateReader();
  let current: UiState | null = null;
  /** Changes of a state that is not there yet. */
  const early: UiStateChanges[] = [];

  const accept = (parts: UiStateChanges) => {
    if (current !== null && Number(parts.revision) <= current.revision) return;
    current = read(parts);
    for (const changed of listeners) changed();
  };

  source.onUiState((changes) => (current === null ? early.push(changes) : accept(changes)));
  void source.readUiState().then((whole) => [whole, ...early.splice(0)].forEach(accept));

  return {
    read: () => current,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
