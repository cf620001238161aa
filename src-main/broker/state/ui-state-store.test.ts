import { expect, it } from 'vitest';
import { Settings } from '../../contract/settings.ts';
import type { UiState } from '../../contract/ui-state.ts';
import { initialContent, UiStateStore } from './ui-state-store.ts';

const files = { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' };
const desktop = { platform: 'linux', tray: 'shown', dataFolder: '/home/alice/.config/STS Tray', home: '/home/alice', unofficialRuntime: null } as const;

function storeWithListener() {
  const store = new UiStateStore(initialContent({ settings: Settings.parse({}), language: 'en' }, { files, desktop }));
  const heard: UiState[] = [];
  const stop = store.subscribe((state) => void heard.push(state));
  return { store, heard, stop };
}

it('what one event changes is heard as one state, which holds all of it', async () => {
  const { store, heard } = storeWithListener();
  store.change({ terminals: [] });
  store.notify({ kind: 'session-ended', profile: 'default' });
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual([store.state]);
  expect(heard[0]?.notice).toMatchObject({ kind: 'session-ended', profile: 'default' });
});

it('what comes after a wait is heard as a state of its own, with a later revision', async () => {
  const { store, heard } = storeWithListener();
  store.change({ language: 'ja' });
  await Promise.resolve();
  store.change({ language: 'en' });
  await Promise.resolve();
  expect(heard.map(({ language }) => language)).toEqual(['ja', 'en']);
  expect(heard[1]?.revision).toBeGreaterThan(heard[0]?.revision ?? Infinity);
});

it('the state is new for everybody who reads it right after a change', () => {
  const { store } = storeWithListener();
  const { revision } = store.state;
  store.change({ language: 'ja' });
  expect(store.state).toMatchObject({ language: 'ja', revision: revision + 1 });
  expect(store.state).toBe(store.state);
});

it('a change that a listener makes is heard after the one that it heard', async () => {
  const { store, heard } = storeWithListener();
  const stop = store.subscribe(() => {
    stop();
    store.change({ language: 'ja' });
  });
  store.change({ terminals: [] });
  await Promise.resolve();
  await Promise.resolve();
  expect(heard.map(({ language }) => language)).toEqual(['en', 'ja']);
});

it('nobody hears anything after unsubscribing', async () => {
  const { store, heard, stop } = storeWithListener();
  store.change({ language: 'ja' });
  stop();
  await Promise.resolve();
  expect(heard).toEqual([]);
});
