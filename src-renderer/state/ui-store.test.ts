import { describe, expect, it, vi } from 'vitest';
import type { UiStateChanges, UiStateText } from '../../src-main/contract/ipc.ts';
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
  writer.passOver(stateOf(0));
  let resolve: (state: UiStateText) => void = () => undefined;
  const answer = new Promise<UiStateText>((resolved) => {
    resolve = resolved;
  });
  const callbacks = new Set<(changes: UiStateChanges) => void>();
  return {
    answer: async (state: UiState) => {
      resolve(writer.textOf(state));
      await answer;
    },
    emit: (state: UiState) => {
      const changes = writer.changesOf(state);
      callbacks.forEach((callback) => callback(changes));
    },
    readUiState: () => answer,
    onUiState: (callback: (changes: UiStateChanges) => void) => {
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

  it('the state of a window takes changes that came before the answer, but for those that the answer has', async () => {
    const main = source();
    const store = createUiStore(main);
    main.emit({ ...stateOf(3), language: 'ja' });
    main.emit({ ...stateOf(5), profiles: [] });
    await main.answer(stateOf(4));
    expect(store.read()).toEqual({ ...stateOf(5), profiles: [] });
  });

  it('the state of a window is the one of the main process, in every part of it', async () => {
    const main = source();
    const store = createUiStore(main);
    await main.answer(stateOf(1));
    for (const [index, { state }] of states.entries()) {
      const sent = { ...state, revision: index + 2 };
      main.emit(sent);
      expect(store.read()).toEqual(sent);
    }
  });

  it('the state of a window keeps what did not change as the values that they were, so that nothing is made of them anew', async () => {
    const main = source();
    const store = createUiStore(main);
    await main.answer(stateOf(1));
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
