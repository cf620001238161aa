import { expect, it } from 'vitest';
import type { UiStateChanges, UiStateText } from '../contract/ipc.ts';
import { earlyState } from './early-state.ts';

const revision = (text: string): UiStateChanges => ({ revision: text });

/** A source that counts its readings, each of which answers with its number as the revision. */
function source() {
  const listeners = new Set<(changes: UiStateChanges) => void>();
  let readings = 0;
  return {
    read: () => readings,
    change: (text: string) => listeners.forEach((listener) => listener(revision(text))),
    parts: {
      readUiState: () => Promise.resolve(revision(String(++readings)) as UiStateText),
      onUiState: (callback: (changes: UiStateChanges) => void) => {
        listeners.add(callback);
        return () => void listeners.delete(callback);
      },
    },
  };
}

it('the first state is asked for before a page reads it, and a later reading is a new one', async () => {
  const { parts, read } = source();
  const early = earlyState(parts);
  expect(read()).toBe(1);
  expect(await early.readUiState()).toEqual(revision('1'));
  expect(read()).toBe(1);
  expect(await early.readUiState()).toEqual(revision('2'));
});

it('changes from before a page listens reach it in their order as soon as it does, and each only once', () => {
  const { parts, change } = source();
  const early = earlyState(parts);
  change('2');
  change('3');
  const heard: unknown[] = [];
  early.onUiState((changes) => heard.push(changes.revision));
  change('4');
  expect(heard).toEqual(['2', '3', '4']);
});

it('a page that no longer listens hears of no more changes', () => {
  const { parts, change } = source();
  const heard: unknown[] = [];
  const stop = earlyState(parts).onUiState((changes) => heard.push(changes.revision));
  stop();
  change('2');
  expect(heard).toEqual([]);
});

it('a refusal of the first state reaches whoever reads it, and nobody else', async () => {
  const early = earlyState({ readUiState: () => Promise.reject(new Error('refused')), onUiState: () => () => undefined });
  await expect(early.readUiState()).rejects.toThrow('refused');
});
