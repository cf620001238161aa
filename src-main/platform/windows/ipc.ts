import { app, BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { channels } from '../../contract/command-names.ts';
import type { Command, View } from '../../contract/ipc.ts';
import type { UiState } from '../../contract/ui-state.ts';
import { UiStateWriter } from '../../core/desktop/ui-state-text.ts';
import { windowCommand } from '../../core/desktop/window-command.ts';
import { isAppUrl } from './app-protocol.ts';

/**
 * The gate between the windows and the broker: requests come in, checked for their sender and
 * parsed strictly; states go out.
 */
export function openIpc(
  readState: () => UiState,
  execute: (command: Command) => void,
  /** Which window a page is in, by what the app made and not by what the page says, such as its address. */
  viewOf: (contents: WebContents) => View | null,
  /** Called when a page shows its first state. */
  onTakesKeys: (contents: WebContents) => void,
  /** Called when a page says how high its content is, in CSS pixels. */
  onContentHeight: (contents: WebContents, height: number) => void,
): {
  readonly send: (state: UiState) => void;
  readonly dispose: () => void;
} {
  const writer = new UiStateWriter();
  // Its page asks in a moment, and until then there is time: with thousands of profiles the text takes a while to write.
  const writeAhead = () => setImmediate(() => writer.textOf(readState()));
  app.on('browser-window-created', writeAhead);
  ipcMain.handle(channels.readUiState, (event) => {
    requireOwnWindow(event);
    return writer.textOf(readState());
  });
  ipcMain.handle(channels.command, (event, name: unknown, request: unknown) => {
    requireOwnWindow(event);
    const view = viewOf(event.sender);
    if (view === null) throw new Error('refused: not a window of this app');
    const sent = windowCommand(view, name, request);
    if (!sent.ok) throw new Error(sent.refusal);
    execute(sent.command);
  });
  const takesKeys = (event: IpcMainEvent) => {
    if (isOwnWindow(event)) onTakesKeys(event.sender);
  };
  ipcMain.on(channels.takesKeys, takesKeys);
  const contentHeight = (event: IpcMainEvent, height: unknown) => {
    if (isOwnWindow(event) && isHeight(height)) onContentHeight(event.sender, height);
  };
  ipcMain.on(channels.contentHeight, contentHeight);
  return {
    send: (state) => {
      const windows = BrowserWindow.getAllWindows();
      if (windows.length === 0) {
        writer.passOver(state);
        return;
      }
      const changes = writer.changesOf(state);
      for (const window of windows) window.webContents.send(channels.uiState, changes);
    },
    dispose: () => {
      app.off('browser-window-created', writeAhead);
      ipcMain.removeHandler(channels.readUiState);
      ipcMain.removeHandler(channels.command);
      ipcMain.off(channels.takesKeys, takesKeys);
      ipcMain.off(channels.contentHeight, contentHeight);
    },
  };
}

/** In CSS pixels, of what a window may show: one that is lower could hide what it asks. */
function isHeight(height: unknown): height is number {
  return typeof height === 'number' && height >= 100 && height <= 10_000;
}

function requireOwnWindow(event: IpcMainInvokeEvent): void {
  if (!isOwnWindow(event)) throw new Error('refused: not a window of this app');
}

/** A frame inside a page, or a page of another origin, has no business here (Electron, "Security", 17). */
function isOwnWindow({ senderFrame }: IpcMainInvokeEvent | IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url);
}
