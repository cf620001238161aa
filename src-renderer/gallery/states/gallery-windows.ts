import type { View } from '../../../src-main/contract/ipc.ts';
import { notifyMinutes } from '../../../src-main/contract/limits.ts';
import type { Profile, SessionState, UiState } from '../../../src-main/contract/ui-state.ts';
import { accounts, files, shortRole } from './gallery-samples.ts';

// How the states of the gallery are put together.

/** A window in a state, after these controls of it were pressed, which CSS selectors name. */
export type Shown = { readonly view: View; readonly state: UiState; readonly pressed?: readonly string[] };

/** Windows in their states, by name. */
export type ShownStates = Readonly<Record<string, Shown>>;

/** What a build with the key of its project knows at first. */
export const updates: UiState['updates'] = { page: 'https://example.com/owner/sts-tray', canCheck: true, step: { kind: 'idle' }, newer: null };

export const newVersion: UiState['updates']['newer'] = {
  version: '1.1.0',
  date: '2026-12-24',
  notes: 'https://example.com/owner/sts-tray/releases/tag/v1.1.0',
};

export const settings: UiState['settings'] = {
  language: 'system',
  sessionSeconds: 28_800,
  exportShell: 'bash',
  terminal: 'auto',
  terminalCredentials: 'renewable',
  clipboardSeconds: 45,
  notifyMinutes: [...notifyMinutes],
  theme: 'system',
  startAtLogin: false,
  globalShortcut: '',
  guardTerminals: true,
  relayRuns: true,
  askPrograms: false,
  onlyProfile: false,
  menuBarTime: false,
  proxy: '',
  panelPinned: false,
  windowPlaces: { panel: null, popover: null, settings: null },
  lastFolder: null,
  awsFiles: { config: null, credentials: null },
  favourites: [],
  recents: [],
  readyClosed: true,
  projects: {},
  accounts: {},
  accountColors: {},
  portalUsers: {},
  productionSaid: [],
  profileAccounts: {},
  mfaSerials: {},
  accessKeyWarnDays: 90,
  accessKeyDates: {},
  knownPrograms: [],
  codeSources: {},
  codeSourcesInProduction: false,
  confirmedCommands: { 'mfa-code': [], credentials: [] },
  revocations: {},
  rotations: {},
  tellUpdates: false,
  updates: { askedAt: null, answeredAt: null, signedAt: 0, newest: null, closed: null },
};

export function profile(name: string, session: SessionState): Profile {
  return { name, region: null, mfaSerial: null, accessKey: 'files', foreign: null, role: null, installedAs: null, session };
}

export function roleProfile(name: string, session: SessionState, role = shortRole): Profile {
  return { name, region: null, mfaSerial: null, accessKey: null, foreign: null, role, installedAs: null, session };
}

export function uiState(changes: Partial<UiState>): UiState {
  return {
    revision: 1,
    language: 'en',
    profiles: [],
    limited: [],
    problems: [],
    otherTools: [],
    signIns: [],
    signInPrompt: null,
    prompt: null,
    question: null,
    notice: null,
    settings,
    terminals: [
      { id: 'gnome-terminal', label: 'GNOME Terminal' },
      { id: 'xterm', label: 'xterm' },
    ],
    files,
    checks: {},
    sheet: null,
    keychain: { kind: 'available' },
    accounts,
    desktop: {
      platform: 'linux',
      tray: 'shown',
      dataFolder: '/home/alice/.config/STS Tray',
      home: '/home/alice',
      unofficialRuntime: null,
      versions: { app: '0.1.0', electron: '45.4.1' },
      isWayland: false,
    },
    updates,
    ...changes,
  };
}

export function panel(changes: Partial<UiState>): Shown {
  return { view: 'panel', state: uiState(changes) };
}
