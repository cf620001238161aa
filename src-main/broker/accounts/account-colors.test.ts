import { expect, it } from 'vitest';
import { Settings } from '../../contract/settings.ts';
import { failed, succeeded, appError } from '../../core/errors.ts';
import { held, profileWith, roleProfileWith, sampleDesktop } from '../../../testing/samples/sample-state.ts';
import { settingsContent, SettingsManager } from '../state/settings-manager.ts';
import { initialContent, UiStateStore } from '../state/ui-state-store.ts';
import { keepAccountColors } from './account-colors.ts';

function rig(start: Settings, isWritable = true) {
  const written: Settings[] = [];
  const store = new UiStateStore(initialContent(settingsContent(start, []), { files: { config: '', credentials: '' }, desktop: sampleDesktop }));
  const write = async (settings: Settings) => {
    written.push(settings);
    return isWritable ? succeeded(null) : failed(appError('settings-unwritable', { reason: 'ENOSPC' }));
  };
  keepAccountColors({ store, settings: new SettingsManager({ read: () => ({ settings: start, problem: null }), write }, [], store) });
  return { store, written };
}

const profiles = [profileWith({ kind: 'active', ...held }), roleProfileWith({ kind: 'none' }, 'deploy')];

it('the colour that an account is first shown in is kept, and is the same at the next start, whatever other accounts come', async () => {
  const first = rig(Settings.parse({}));
  first.store.change({ profiles });
  await Promise.resolve();
  const shown = first.store.state.accounts;
  expect(first.written).toHaveLength(1);
  expect(first.written[0]?.accountColors).toEqual({ '111111111111': 'blue', '222222222222': 'orange' });
  first.store.change({ notice: null });
  await Promise.resolve();
  expect(first.written).toHaveLength(1);

  const next = rig(Settings.parse(first.written[0]));
  next.store.change({ profiles: profiles.toReversed() });
  await Promise.resolve();
  expect(next.store.state.accounts).toEqual(shown);
  expect(next.written).toEqual([]);
});

it('colours that cannot be kept are shown all the same, without a word about something that nobody did', async () => {
  const { store, written } = rig(Settings.parse({}), false);
  store.change({ profiles });
  await Promise.resolve();
  await Promise.resolve();
  expect(store.state.accounts['222222222222']?.color).toBe('orange');
  expect([written.length, store.state.notice]).toEqual([1, null]);
});
