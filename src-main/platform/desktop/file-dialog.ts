import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

/** Shows the system's dialog for opening a file, with hidden files, because `.aws` is hidden. Null when it is cancelled. */
export function askForFile(defaultPath: string): Promise<string | null> {
  return ask({ defaultPath, properties: ['openFile', 'showHiddenFiles'] });
}

/** The same for a folder. */
export function askForFolder(): Promise<string | null> {
  return ask({ properties: ['openDirectory'] });
}

/** Shows the system's dialog for saving a file, which also asks before one is replaced. Null when it is cancelled. */
export async function askWhereToSave(defaultPath: string): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (window === null ? dialog.showSaveDialog({ defaultPath }) : dialog.showSaveDialog(window, { defaultPath }));
  return canceled || filePath === '' ? null : filePath;
}

async function ask(options: OpenDialogOptions): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}
