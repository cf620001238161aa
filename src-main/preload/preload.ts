import { contextBridge, ipcRenderer } from 'electron';
import { apiFrom, channels, commandNames } from '../contract/command-names.ts';
import type { StsTrayApi, UiStateChanges } from '../contract/ipc.ts';
import { earlyState } from './early-state.ts';

const state = earlyState({
  readUiState: () => ipcRenderer.invoke(channels.readUiState),
  onUiState: (callback) => {
    const listener = (_event: unknown, changes: UiStateChanges) => callback(changes);
    ipcRenderer.on(channels.uiState, listener);
    return () => ipcRenderer.removeListener(channels.uiState, listener);
  },
});

const api: StsTrayApi = {
  ...state,
  takesKeys: () => ipcRenderer.send(channels.takesKeys),
  contentHeight: (height) => ipcRenderer.send(channels.contentHeight, height),
  ...apiFrom(commandNames, (name, request): Promise<void> => ipcRenderer.invoke(channels.command, name, request)),
};

contextBridge.exposeInMainWorld('stsTray', api);
