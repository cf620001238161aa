import type { StsTrayApi } from '../../src-main/contract/ipc.ts';

const nothing = () => Promise.resolve();

/** Of a window that nobody answers. */
export const silentApi: StsTrayApi = {
  readUiState: () => new Promise(() => undefined),
  onUiState: () => () => undefined,
  requestSession: nothing,
  submitMfa: nothing,
  chooseMfaDevice: nothing,
  cancelPrompt: nothing,
  endSession: nothing,
  copyExports: nothing,
  openTerminal: nothing,
  installProfile: nothing,
  uninstallProfile: nothing,
  moveAccessKey: nothing,
  addAccessKey: nothing,
  chooseAwsFile: nothing,
  resetAwsFiles: nothing,
  addProject: nothing,
  removeProject: nothing,
  checkProject: nothing,
  bindProject: nothing,
  setFavourite: nothing,
  setAccount: nothing,
  dismissNotice: nothing,
  changeSettings: nothing,
  openPanel: nothing,
  openSettings: nothing,
  openConfigFile: nothing,
  quit: nothing,
};
