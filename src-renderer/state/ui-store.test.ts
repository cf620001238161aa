import { describe, expect, it, vi } from 'vitest';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { galleryStates } from '../gallery/states/gallery-states.ts';
import { createUiStore } from './ui-store.ts';

const states = Object.values(galleryStates(0));

function stateOf(revision: number): UiState {
  const state = states[0]?.state;
  if (state === undefined) throw new Error('the gallery is empty');
  return { ...state, revision };
}

/** A main process that answers the first question only when told to. */
function source() {
  let resolve: (state: UiState) => void = () => undefined;
  const answer = new Promise<UiState>((resolved) => {
    resolve = resolved;
  });
  const callbacks = new Set<(state: UiState) => void>();
  return {
    answer: async (state: UiState) => {
      resolve(state);
      await answer;
    },
    emit: (state: UiState) => callbacks.forEach((callback) => callback(state)),
    readUiState: () => answer,
    onUiState: (callback: (state: UiState) => void) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
}

describe('the state of a window', () => {
  it('the state of a window is nothing until the main process has answered', async () => {
    const main = source();
    const store = createUiStore(main);
    expect(store.read()).toBeNull();
    await main.answer(stateOf(3));
    expect(store.read()?.revision).toBe(3);
  });

  it('the state of a window follows every newer state and tells who listens', async () => {
    const main = source();
    const store = createUiStore(main);
    const changed = vi.fn<() => void>();
    const stop = store.subscribe(changed);
    await main.answer(stateOf(1));
    main.emit(stateOf(2));
    stop();
    main.emit(stateOf(3));
    expect(changed).toHaveBeenCalledTimes(2);
    expect(store.read()?.revision).toBe(3);
  });

  it('the state of a window ignores an answer that a newer state has overtaken', async () => {
    const main = source();
    const store = createUiStore(main);
    main.emit(stateOf(5));
    await main.answer(stateOf(4));
    main.emit(stateOf(2));
    expect(store.read()?.revision).toBe(5);
  });
});
