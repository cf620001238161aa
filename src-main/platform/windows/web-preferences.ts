import type { WebPreferences } from 'electron';

/** What each window's page is allowed. In a package nobody opens developer tools, in which `window.stsTray` could be called. */
export function webPreferences({ preload, isPackaged }: { readonly preload: string; readonly isPackaged: boolean }): WebPreferences {
  return { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false, devTools: !isPackaged };
}
