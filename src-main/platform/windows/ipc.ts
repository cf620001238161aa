import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { channels, type CommandName } from '../../contract/command-names.ts';
import { commandSchemas, type Command } from '../../contract/ipc.ts';
import type { UiState } from '../../contract/ui-state.ts';
import { isAppUrl } from './app-protocol.ts';

/**
 * The gate between the windows and the broker: requests come in, checked for their sender and
 * parsed strictly; states go out.
 */
export function openIpc(
  readState: () => UiState,
  execute: (command: Command) => void,
): {
  readonly send: (state: UiState) => void;
  readonly dispose: () => void;
} {
  ipcMain.handle(channels.readUiState, (event) => {
    requireOwnWindow(event);
    return readState();
  });
  ipcMain.handle(channels.command, (event, name: unknown, request: unknown) => {
    requireOwnWindow(event);
    execute(parseCommand(name, request));
  });
  return {
    send: (state) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channels.uiState, state);
    },
    dispose: () => {
      ipcMain.removeHandler(channels.readUiState);
      ipcMain.removeHandler(channels.command);
    },
  };
}

function requireOwnWindow({ senderFrame }: IpcMainInvokeEvent): void {
  // A frame inside a page, or a page of another origin, has no business here (Electron, "Security", 17).
  if (senderFrame === null || senderFrame.parent !== null || !isAppUrl(senderFrame.url)) throw new Error('refused: not a window of this app');
}

function parseCommand(name: unknown, request: unknown): Command {
  if (typeof name !== 'string' || !isCommandName(name)) throw new Error('refused: no such command');
  const parsed = commandSchemas[name].safeParse(request);
  // The error does not say what was wrong, because the request may carry an MFA code.
  if (!parsed.success) throw new Error(`refused: not a request that ${name} takes`);
  return { name, request: parsed.data } as Command;
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commandSchemas, name);
}
