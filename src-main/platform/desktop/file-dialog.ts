import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

/**
 * Shows the system's dialog for opening a file, with hidden files, because `.aws` is hidden; on Linux Electron 45 leaves
 * that to the user's own setting. Null when it is cancelled.
 */
export function askForFile(defaultPath: string): Promise<string | null> {
  return ask({ defaultPath, properties: ['openFile', 'showHiddenFiles'] });
}

/** The same for a folder, in `defaultPath` at first. */
export function askForFolder(defaultPath: string): Promise<string | null> {
  return ask({ defaultPath, properties: ['openDirectory'] });
}

/** Shows the system's dialog for saving a file, which also asks before one is replaced. Null when it is cancelled. */
export async function askWhereToSave(defaultPath: string): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await whileOpen(window === null ? dialog.showSaveDialog({ defaultPath }) : dialog.showSaveDialog(window, { defaultPath }));
  return canceled || filePath === '' ? null : filePath;
}

let open = 0;

/** Whether one of these dialogs waits for the user, who is not in a window of the app then. */
export function isFileDialogOpen(): boolean {
  return open > 0;
}

async function whileOpen<T>(answer: Promise<T>): Promise<T> {
  open += 1;
  try {
    return await answer;
  } finally {
    open -= 1;
  }
}

async function ask(options: OpenDialogOptions): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePaths } = await whileOpen(window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}
