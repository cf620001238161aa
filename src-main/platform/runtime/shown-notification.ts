import type { Notification } from 'electron';
import type { NotificationText, ShownNotification } from '../bus/desktop-notifications.ts';

/** How long the system may take to say whether it shows a notification, in milliseconds. macOS asks the user first, once. */
const answerMs = 5_000;

/**
 * Shows a notification by Electron's own class, which the app uses on macOS and Windows. Electron 45 has its button on
 * both; Electron 33 shows none on Windows, and there the whole of it is to be clicked. Null where the system says that it
 * does not show it, as macOS does with an app that is not signed. What is returned has to be kept, because a notification
 * that was garbage-collected does not react to clicks.
 */
export async function showByElectron(Class: typeof Notification, { title, body, action }: NotificationText): Promise<ShownNotification | null> {
  if (!Class.isSupported()) return null;
  const notification = new Class({ title, body, actions: [{ type: 'button', text: action }] });
  const ended = new Promise<'clicked' | 'closed'>((resolve) => {
    notification.on('click', () => resolve('clicked'));
    // There is one button, so its index says nothing.
    notification.on('action', () => resolve('clicked'));
    notification.on('close', () => resolve('closed'));
    notification.on('failed', () => resolve('closed'));
  });
  const isShown = new Promise<boolean>((resolve) => {
    // Who has not said anything by then may show it still.
    const patience = setTimeout(() => resolve(true), answerMs);
    const answer = (shown: boolean): void => {
      clearTimeout(patience);
      resolve(shown);
    };
    notification.once('show', () => answer(true));
    notification.once('failed', () => answer(false));
    void ended.then(() => answer(true));
  });
  notification.show();
  return (await isShown) ? { ended, close: () => notification.close() } : null;
}
