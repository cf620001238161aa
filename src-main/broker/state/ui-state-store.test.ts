import { expect, it } from 'vitest';
import { sampleDesktop } from '../../../testing/samples/sample-state.ts';
import { Settings } from '../../contract/settings.ts';
import type { Profile, UiState } from '../../contract/ui-state.ts';
import { initialContent, UiStateStore } from './ui-state-store.ts';

const files = { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' };

function storeWithListener() {
  const store = new UiStateStore(initialContent({ settings: Settings.parse({}), language: 'en' }, { files, desktop: sampleDesktop }));
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

it('a change of something else leaves the profiles and accounts of the state as they were, so that nothing is made of them anew', () => {
  const { store } = storeWithListener();
  const role = {
    accountId: '111111111111',
    roleName: 'deploy',
    roleArn: 'arn:aws:iam::111111111111:role/deploy',
    sourceProfile: 'default',
    userProfile: 'default',
    durationSeconds: 3600,
  };
  const prod: Profile = { name: 'prod', region: null, mfaSerial: null, accessKey: null, foreign: null, installedAs: null, role, session: { kind: 'none' } };
  store.change({ profiles: [prod] });
  const before = store.state;
  store.change({ language: 'ja' });
  expect(store.state.profiles).toBe(before.profiles);
  expect(store.state.accounts).toBe(before.accounts);
  store.change({ profiles: [] });
  expect(store.state).toMatchObject({ profiles: [], accounts: {} });
  store.change({ profiles: [prod] });
  expect(Object.keys(store.state.accounts)).toEqual(['111111111111']);
  const { settings } = store.state;
  const marked = { name: 'example-production', alias: null, color: null, production: true };
  store.change({ settings: { ...settings, accounts: { '111111111111': marked } } });
  expect(store.state.accounts['111111111111']).toMatchObject({ name: 'example-production', production: true });
});

it('the accounts of a question about another identity are marked as the user marked them', () => {
  const { store } = storeWithListener();
  const marks = { alias: 'prod', color: 'red', production: true };
  store.change({ settings: Settings.parse({ accounts: { '222222222222': marks } }) });
  expect(store.state.accounts).toEqual({});
  const identity = (accountId: string) => ({ accountId, name: `arn:aws:iam::${accountId}:user/alice`, isRoot: false });
  const step = { kind: 'another-identity', before: identity('111111111111'), now: identity('222222222222'), answerBy: 0 } as const;
  store.change({ signInPrompt: { promptId: 'p', signInId: 's', way: 'aws-login', name: 'dev', host: null, profile: null, waiting: [], step } });
  expect(store.state.accounts['222222222222']).toMatchObject({ production: true });
});

it('a clipboard that was cleared is said in the place of what was copied, and covers nothing that was said since', () => {
  const { store } = storeWithListener();
  store.notify({ kind: 'exports-copied', profile: 'default', shell: 'bash', clearsAt: 45_000 });
  store.clipboardCleared('default');
  expect(store.state.notice).toMatchObject({ kind: 'clipboard-cleared', profile: 'default' });

  store.notify({ kind: 'sign-in-address-copied', profile: null, name: 'corp', clearsAt: 45_000 });
  store.clipboardCleared(null);
  expect(store.state.notice).toMatchObject({ kind: 'clipboard-cleared', profile: null });

  store.notify({ kind: 'signed-in', profile: null, name: 'corp' });
  store.clipboardCleared(null);
  expect(store.state.notice).toMatchObject({ kind: 'signed-in' });
});
