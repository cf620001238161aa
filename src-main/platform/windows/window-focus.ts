import { app, type BrowserWindow } from 'electron';
import type { View } from '../../contract/ipc.ts';

/** Keeps the window above all others, even those in full screen, and in every workspace. */
export function keepAbove(window: BrowserWindow): void {
  const isMac = process.platform === 'darwin';
  window.setAlwaysOnTop(true, isMac ? 'screen-saver' : 'floating');
  window.setVisibleOnAllWorkspaces(true, isMac ? { visibleOnFullScreen: true } : {});
}

/** Whether programs wait for what the user does in the window. */
export function isWaitedFor(view: View): boolean {
  return view === 'mfa' || view === 'sign-in' || view === 'question';
}

/** Shows the window. One that programs wait for takes the keyboard from the program in use, because the user waits too. */
export function takeFocus(window: BrowserWindow, view: View): void {
  window.show();
  if (isWaitedFor(view)) {
    if (process.platform === 'darwin') app.focus({ steal: true });
    window.moveTop();
  }
  window.focus();
  // Windows does not always let a program in the background take the keyboard. If not, the taskbar button flashes.
  if (isWaitedFor(view) && process.platform === 'win32' && !window.isFocused()) {
    window.once('focus', () => window.flashFrame(false));
    window.flashFrame(true);
  }
}
