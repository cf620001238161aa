import type { BrowserWindowConstructorOptions } from 'electron';
import type { View } from '../../contract/ipc.ts';

const onlyAsked: BrowserWindowConstructorOptions = {
  useContentSize: true,
  resizable: false,
  maximizable: false,
  minimizable: false,
  fullscreenable: false,
  alwaysOnTop: true,
};

/** What each window is like, in pixels without zoom. */
export const shapes: Readonly<Record<View, BrowserWindowConstructorOptions>> = {
  panel: { width: 400, height: 560, useContentSize: true, minWidth: 340, minHeight: 360, fullscreenable: false },
  mfa: { ...onlyAsked, width: 360, height: 320 },
  'sign-in': { ...onlyAsked, width: 420, height: 320 },
  question: { ...onlyAsked, width: 440, height: 340 },
  settings: { width: 640, height: 720, useContentSize: true, minWidth: 400, minHeight: 400, fullscreenable: false },
};

/**
 * What the panel is like where a click on the tray's icon shows it. It is not transparent, so that it can be resized:
 * its corners are those that the system gives to windows.
 */
export const popoverShape: BrowserWindowConstructorOptions = { ...shapes.panel, frame: false, skipTaskbar: true, minimizable: false, maximizable: false };

/** Room for a window's title bar and borders, in pixels. Their size is not known before the window is shown. */
export const frame = 48;
