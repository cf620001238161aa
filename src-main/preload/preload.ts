import { contextBridge, ipcRenderer } from 'electron';
import type { channels as contractChannels, CommandName, StsTrayApi } from '../contract/ipc.ts';
import type { UiState } from '../contract/ui-state.ts';

// Repeated here, because a sandboxed preload is one small file, and importing the contract would bring its schemas along.
const channels = { command: 'command', uiState: 'ui-state', readUiState: 'read-ui-state' } satisfies typeof contractChannels;

const command =
  (name: CommandName) =>
  (request: unknown): Promise<void> =>
    ipcRenderer.invoke(channels.command, name, request);

const api: StsTrayApi = {
  readUiState: () => ipcRenderer.invoke(channels.readUiState),
  onUiState: (callback) => {
    const listener = (_event: unknown, state: UiState) => callback(state);
    ipcRenderer.on(channels.uiState, listener);
    return () => ipcRenderer.removeListener(channels.uiState, listener);
  },
  requestSession: command('requestSession'),
  submitMfa: command('submitMfa'),
  chooseMfaDevice: command('chooseMfaDevice'),
  cancelPrompt: command('cancelPrompt'),
  endSession: command('endSession'),
  copyExports: command('copyExports'),
  openTerminal: command('openTerminal'),
  installProfile: command('installProfile'),
  uninstallProfile: command('uninstallProfile'),
  moveAccessKey: command('moveAccessKey'),
  addAccessKey: command('addAccessKey'),
  chooseAwsFile: command('chooseAwsFile'),
  resetAwsFiles: command('resetAwsFiles'),
  addProject: command('addProject'),
  removeProject: command('removeProject'),
  checkProject: command('checkProject'),
  bindProject: command('bindProject'),
  remindOfProject: command('remindOfProject'),
  forgetDeployment: command('forgetDeployment'),
  showHistory: command('showHistory'),
  showActivity: command('showActivity'),
  previewRevocation: command('previewRevocation'),
  showAccessKeys: command('showAccessKeys'),
  showMore: command('showMore'),
  closeSheet: command('closeSheet'),
  revoke: command('revoke'),
  removeRevocation: command('removeRevocation'),
  forgetRevocation: command('forgetRevocation'),
  rotateAccessKey: command('rotateAccessKey'),
  deleteOldAccessKey: command('deleteOldAccessKey'),
  openConsole: command('openConsole'),
  openLink: command('openLink'),
  setFavourite: command('setFavourite'),
  setAccount: command('setAccount'),
  dismissNotice: command('dismissNotice'),
  changeSettings: command('changeSettings'),
  openPanel: command('openPanel'),
  openSettings: command('openSettings'),
  openConfigFile: command('openConfigFile'),
  quit: command('quit'),
};

contextBridge.exposeInMainWorld('stsTray', api);
