import { expect, it } from 'vitest';
import { Settings } from '../../contract/settings.ts';
import { succeeded } from '../../core/errors.ts';
import { profileWith, roleProfileWith, sampleDesktop } from '../../../testing/samples/sample-state.ts';
import { settingsContent, SettingsManager } from '../state/settings-manager.ts';
import { initialContent, UiStateStore } from '../state/ui-state-store.ts';
import { accountApiHandlers } from './api-handlers.ts';

const context = { signal: new AbortController().signal };

it('an account that is marked from the command line is so for every window at once, and is listed with where it is known from', async () => {
  const read = () => Settings.parse({});
  const store = new UiStateStore(initialContent(settingsContent(read(), []), { files: { config: '', credentials: '' }, desktop: sampleDesktop }));
  const settings = new SettingsManager({ read: () => ({ settings: read(), problem: null }), write: async () => succeeded(null) }, [], store);
  const confirmations = { ask: () => Promise.reject(new Error('a person was asked')) };
  const handlers = accountApiHandlers({ store, settings, confirmations, callers: { asking: (_pid, { signal }) => ({ asker: async () => null, signal }) } });
  store.change({ profiles: [profileWith({ kind: 'none' }), roleProfileWith({ kind: 'none' }, 'deploy')] });

  const marked = { accountId: '222222222222', name: 'prod-eu', alias: null, color: 'red', production: true, profiles: ['deploy'], projects: [] };
  expect(await handlers['mark-account']({ accountId: '222222222222', name: 'prod-eu', color: 'red', production: true }, context)).toEqual(
    succeeded({ account: marked }),
  );
  expect(store.state.accounts['222222222222']).toEqual({ accountId: '222222222222', name: 'prod-eu', color: 'red', production: true });
  await handlers['mark-account']({ accountId: '444444444444', production: true }, context);
  const listed = await handlers.accounts();
  expect(listed.ok && listed.value.accounts.map(({ accountId }) => accountId)).toEqual(['222222222222', '444444444444']);
});
