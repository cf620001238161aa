import { beforeEach, describe, expect, it } from 'vitest';
import { sampleDesktop } from '../../../testing/samples/sample-state.ts';
import type { Result } from '../../contract/app-error.ts';
import { Settings } from '../../contract/settings.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { LoginChoice } from './login-choice.ts';
import { settingsContent, SettingsManager } from './settings-manager.ts';
import { initialContent, UiStateStore } from './ui-state-store.ts';

const files = { config: '/home/alice/.aws/config', credentials: '/home/alice/.aws/credentials' };

/** What the system has, and every write to it. */
let system: { isSet: boolean; readonly written: boolean[]; answer: Result<null> };
let store: UiStateStore;
let settings: SettingsManager;

beforeEach(() => {
  system = { isSet: false, written: [], answer: succeeded(null) };
});

function choice({ startAtLogin }: { readonly startAtLogin: boolean }): LoginChoice {
  const start = Settings.parse({ startAtLogin });
  store = new UiStateStore(initialContent(settingsContent(start, []), { files, desktop: sampleDesktop }));
  settings = new SettingsManager({ read: () => ({ settings: start, problem: null }), write: async () => succeeded(null) }, [], store);
  const set = async (starts: boolean): Promise<Result<null>> => {
    system.written.push(starts);
    if (system.answer.ok) system.isSet = starts;
    return system.answer;
  };
  return new LoginChoice({ store, settings, item: { isSet: async () => system.isSet, set } });
}

const wanted = () => store.content.settings.startAtLogin;

describe('starting at login', () => {
  it('starting at login is no longer wanted when somebody took the entry away, and nothing is written again', async () => {
    await choice({ startAtLogin: true }).sync();
    expect(wanted()).toBe(false);
    expect(system.written).toEqual([]);
  });

  it('starting at login is wanted when somebody turned it on outside of the app', async () => {
    system.isSet = true;
    await choice({ startAtLogin: false }).sync();
    expect(wanted()).toBe(true);
    expect(system.written).toEqual([]);
  });

  it('starting at login is written anew at each start, since the app may have moved', async () => {
    system.isSet = true;
    await choice({ startAtLogin: true }).sync();
    expect(system.written).toEqual([true]);
  });

  it('a start at login that the system refuses is not shown as set, and the refusal is told', async () => {
    system.answer = failed(appError('login-item-unwritable', { file: '/autostart', reason: 'EACCES' }));
    const kept = choice({ startAtLogin: false });
    settings.change({ startAtLogin: true });
    expect(wanted()).toBe(true);
    await kept.sync();
    expect(wanted()).toBe(false);
    expect(store.content.notice).toMatchObject({ kind: 'failed', error: { code: 'login-item-unwritable' } });
  });

  it('that was chosen right before the end of the app is still written, and nothing afterwards', async () => {
    const kept = choice({ startAtLogin: false });
    settings.change({ startAtLogin: true });
    await kept.dispose();
    expect(system.written).toEqual([true]);
    settings.change({ startAtLogin: false });
    await Promise.resolve();
    expect(system.written).toEqual([true]);
  });
});
