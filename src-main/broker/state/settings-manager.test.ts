import { beforeEach, describe, expect, it } from 'vitest';
import { sampleDesktop } from '../../../testing/samples/sample-state.ts';
import { Settings } from '../../contract/settings.ts';
import { succeeded } from '../../core/errors.ts';
import { settingsContent, SettingsManager } from './settings-manager.ts';
import { initialContent, UiStateStore } from './ui-state-store.ts';

const files = { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' };
const account = '111111111111';

let written: Settings[];
let store: UiStateStore;
let settings: SettingsManager;

beforeEach(() => {
  written = [];
  const start = Settings.parse({});
  store = new UiStateStore(initialContent(settingsContent(start, []), { files, desktop: sampleDesktop }));
  const keeper = {
    read: () => ({ settings: start, problem: null }),
    write: async (next: Settings) => {
      written.push(next);
      return succeeded(null);
    },
  };
  settings = new SettingsManager(keeper, [], store);
});

const kept = () => store.content.settings;

describe('what is remembered of a use', () => {
  it('what is remembered of a use is the profile, the latest first and each once, and its account', () => {
    for (const profile of ['a', 'b', 'c', 'd', 'e', 'f', 'c']) settings.rememberUse(profile, { accountId: account, accountAlias: null });
    expect(kept().recents).toEqual(['c', 'f', 'e', 'd', 'b']);
    expect(kept().profileAccounts['a']).toBe(account);
  });

  it('an account’s alias is remembered when AWS later refuses to tell it', () => {
    settings.rememberUse('a', { accountId: account, accountAlias: 'example-dev' });
    settings.rememberUse('a', { accountId: account, accountAlias: null });
    expect(kept().accounts[account]?.alias).toBe('example-dev');
  });

  it('what is remembered of a use is not written again when nothing is new', () => {
    settings.rememberUse('a', { accountId: account, accountAlias: null });
    settings.rememberUse('a', { accountId: account, accountAlias: null });
    expect(written).toHaveLength(1);
  });
});

describe('an account', () => {
  it('an account is marked without losing its alias, and keeps its mark when it is used again', () => {
    settings.rememberUse('a', { accountId: account, accountAlias: 'example-dev' });
    settings.setAccount({ accountId: account, color: 'red', production: true });
    settings.rememberUse('b', { accountId: account, accountAlias: 'example-dev' });
    expect(kept().accounts[account]).toEqual({ name: null, alias: 'example-dev', color: 'red', production: true });
  });

  it('an account that no session was for is named and marked, one thing at a time', () => {
    settings.setAccount({ accountId: '222222222222', name: 'prod-eu' });
    settings.setAccount({ accountId: '222222222222', production: true });
    settings.setAccount({ accountId: '222222222222', color: 'red', name: undefined });
    expect(kept().accounts['222222222222']).toEqual({ name: 'prod-eu', alias: null, color: 'red', production: true });
    settings.setAccount({ accountId: '222222222222', name: null, color: null });
    expect(kept().accounts['222222222222']).toEqual({ name: null, alias: null, color: null, production: true });
  });
});

describe('what somebody said of an account', () => {
  it('what somebody said of an account is kept, also that it is no production, so that nobody is asked again', () => {
    settings.setAccount({ accountId: '222222222222', name: 'prod-eu' });
    expect(kept().productionSaid).toEqual([]);
    settings.setAccount({ accountId: '222222222222', production: false });
    settings.setAccount({ accountId: '222222222222', production: true });
    expect(kept().productionSaid).toEqual(['222222222222']);
  });
});

describe('a favourite', () => {
  it('a favourite is added once, at the end, and taken away', () => {
    for (const profile of ['a', 'b', 'a']) settings.setFavourite({ profile, favourite: true });
    expect(kept().favourites).toEqual(['b', 'a']);
    settings.setFavourite({ profile: 'b', favourite: false });
    expect(kept().favourites).toEqual(['a']);
  });
});

describe('a change of the settings', () => {
  it('a change of where one device’s codes come from leaves those of other devices, also for two at once', () => {
    const source = (line: string) => ({ from: 'command', line, touch: false }) as const;
    settings.change({ codeSources: { 'arn:1': source('a') } });
    settings.change({ codeSources: { 'arn:2': source('b') } });
    settings.change({ codeSources: { 'arn:1': source('c') } });
    settings.change({ theme: 'dark' });
    expect(kept().codeSources).toEqual({ 'arn:1': source('c'), 'arn:2': source('b') });
  });
});
