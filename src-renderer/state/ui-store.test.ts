import { describe, expect, it, vi } from 'vitest';
import type { UiStateText } from '../../src-main/contract/ipc.ts';
import type { UiState } from '../../src-main/contract/ui-state.ts';
import { UiStateWriter } from '../../src-main/core/desktop/ui-state-text.ts';
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
  const writer = new UiStateWriter();
  let resolve: (state: UiStateText) => void = () => undefined;
  const answer = new Promise<UiStateText>((resolved) => {
    resolve = resolved;
  });
  const callbacks = new Set<(state: UiStateText) => void>();
  return {
    answer: async (state: UiState) => {
      resolve(writer.textOf(state));
      await answer;
    },
    emit: (state: UiState) => callbacks.forEach((callback) => callback(writer.textOf(state))),
    readUiState: () => answer,
    onUiState: (callback: (state: UiStateText) => void) => {
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

  it('the state of a window is the one of the main process, in every part of it', () => {
    const main = source();
    const store = createUiStore(main);
    for (const [index, { state }] of states.entries()) {
      const sent = { ...state, revision: index + 1 };
      main.emit(sent);
      expect(store.read()).toEqual(sent);
    }
  });

  it('the state of a window keeps what did not change as the values that they were, so that nothing is made of them anew', () => {
    const main = source();
    const store = createUiStore(main);
    main.emit(stateOf(1));
    const before = store.read();
    main.emit({ ...stateOf(2), language: 'ja' });
    const after = store.read();
    expect(after?.language).toBe('ja');
    expect(after?.profiles).toBe(before?.profiles);
    expect(after?.settings).toBe(before?.settings);
    main.emit({ ...stateOf(3), profiles: [] });
    expect(store.read()?.profiles).toEqual([]);
  });
});
