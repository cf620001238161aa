import { BrowserWindow, dialog } from 'electron';

/** The system's dialog for opening a file, hidden ones included, as `.aws` is; null when it is cancelled. */
export async function askForFile(defaultPath: string): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow();
  const options = { defaultPath, properties: ['openFile', 'showHiddenFiles'] } satisfies Electron.OpenDialogOptions;
  const { canceled, filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}
