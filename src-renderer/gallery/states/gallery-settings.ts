import type { KnownAccount } from '../../../src-main/contract/settings.ts';
import type { SessionState, UiState } from '../../../src-main/contract/ui-state.ts';
import { alice, deployRole, deployer, longRole, networkRole, noKeychain, serial } from './gallery-samples.ts';
import { newVersion, profile, roleProfile, settings, uiState, updates, type Shown, type ShownStates } from './gallery-windows.ts';

const unnamed: KnownAccount = { name: null, alias: null, color: null, production: false };

/** How the user marked the accounts, so that names of their own, aliases and none are shown. */
const accounts: UiState['settings']['accounts'] = {
  [alice.accountId]: { ...unnamed, alias: alice.accountAlias },
  [deployRole.accountId]: { ...unnamed, name: 'prod-eu', alias: deployRole.accountAlias, color: 'red', production: true },
  [networkRole.accountId]: { ...unnamed, color: 'purple' },
  [deployer.accountId]: { ...unnamed, name: 'staging', color: 'teal' },
};

/** The settings of somebody with a session, and what is different for others. */
export function settingsStates(at: number, active: SessionState, assumed: SessionState): ShownStates {
  const profiles = [
    { ...profile('default', active), mfaSerial: serial },
    profile('staging', { kind: 'none' }),
    roleProfile('prod', assumed),
    roleProfile('network-operations', { kind: 'none' }, longRole),
  ];
  const marked = { ...settings, accounts, profileAccounts: { staging: deployer.accountId } };
  const shown = (changes: Partial<UiState> = {}): Shown => ({ view: 'settings', state: uiState({ profiles, settings: marked, ...changes }) });
  const { desktop } = shown().state;
  const manyAccounts = Array.from({ length: 40 }, (_, index) => [String(300_000_000_000 + index), { ...unnamed, name: `team-${index + 1}` }] as const);
  return {
    settings: shown(),
    'settings-mac': shown({
      desktop: { ...desktop, platform: 'darwin', dataFolder: '/Users/alice/Library/Application Support/STS Tray', home: '/Users/alice' },
      settings: {
        ...marked,
        globalShortcut: 'Control+Alt+S',
        notifyMinutes: [],
        proxy: 'http://proxy.example:3128',
        theme: 'dark',
        awsFiles: { config: '/Users/alice/company/config', credentials: null },
      },
    }),
    'settings-first': shown({ desktop: { ...desktop, isWayland: true }, profiles: [], settings, keychain: { kind: 'unasked' } }),
    'settings-no-keychain': shown({
      keychain: noKeychain,
      desktop: { ...desktop, unofficialRuntime: '33.2.1', versions: { app: '0.1.0', electron: '33.2.1' } },
    }),
    'settings-key-kept': shown({ profiles: [{ ...profile('default', active), accessKey: 'keychain' }, profile('staging', { kind: 'none' })] }),
    'settings-many-accounts': shown({ settings: { ...settings, accounts: { ...accounts, ...Object.fromEntries(manyAccounts) } } }),
    // The first account.
    'settings-account': { ...shown(), pressed: ['section:nth-of-type(3) button'] },
    'settings-update': shown({ settings: { ...marked, tellUpdates: true }, updates: { ...updates, newer: newVersion } }),
    'settings-update-checking': shown({ updates: { ...updates, step: { kind: 'checking' } } }),
    'settings-update-current': shown({ settings: { ...marked, updates: { ...settings.updates, answeredAt: at } } }),
    'settings-update-failed': shown({
      updates: { ...updates, step: { kind: 'failed', error: { code: 'update-not-reached', params: { host: 'example.com', reason: 'ENOTFOUND' } } } },
    }),
    'settings-update-cannot': shown({ updates: { ...updates, page: null, canCheck: false } }),
    'settings-custom': shown({
      settings: {
        ...marked,
        sessionSeconds: 5400,
        terminal: 'kitty',
        codeSources: { [serial]: { from: 'command', line: 'ykman oath accounts code -s aws', touch: true } },
      },
      notice: {
        noticeId: 1,
        profile: null,
        kind: 'failed',
        error: { code: 'settings-unwritable', params: { reason: 'EACCES', file: '/home/alice/.config/sts-tray/settings.json' } },
      },
    }),
  };
}
