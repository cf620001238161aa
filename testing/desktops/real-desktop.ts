import type { Language } from '../desktop/private-home.ts';
import type { Selection } from '../desktop/x11/clipboard.ts';
import type { RigDesktop } from '../app/app-rig.ts';

/** A locale that is installed everywhere: foot and GNOME Terminal do not open with one that is not, or that is not UTF-8. */
export const installedLanguage: Language = { lang: 'C.UTF-8', language: 'en' };

/** What a user does and sees on a desktop, whatever draws it. */
export interface RealDesktop extends RigDesktop {
  readonly sessionBusAddress: string;
  /** The app's id of the terminal that belongs to this desktop. */
  readonly terminal: string;
  /** Takes a picture of the whole screen. */
  picture(path: string): Promise<void>;
  /** Types on the keyboard, into whichever window has the focus. */
  typeText(text: string): Promise<void>;
  /** By its X keysym, `Return`. */
  pressKey(key: string): Promise<void>;
  /** The title of the window that has the keyboard; '' for none. */
  focusedTitle(): Promise<string>;
  /** What another program would paste; '' for nothing. */
  selection(which: Selection): Promise<string>;
  /** Waits for a notification, calls `seen` and clicks it; null where nobody shows any. */
  readonly clickNotification: ((summary: string, seen: () => Promise<void>) => Promise<void>) | null;
  /** Opens the menu of the app's icon in the desktop's own panel by a click; null where a test has no pointer, or where there is no icon. */
  readonly openIconMenu: (() => Promise<void>) | null;
}
