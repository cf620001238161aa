/** The computer that the app runs on, as far as the windows show or offer something by it, and the app itself. */
export type Desktop = {
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** `missing`: nothing shows the icon, so the panel is an ordinary window. `unknown` until that is found out. */
  readonly tray: 'unknown' | 'shown' | 'missing';
  /** The app's own folder, as a full path. */
  readonly dataFolder: string;
  /** The user's home, as a full path. */
  readonly home: string;
  /** The version of the Electron that runs the app, where it is not the official one; else null. */
  readonly unofficialRuntime: string | null;
  /** Of the app, and of the Electron that runs it. */
  readonly versions: { readonly app: string; readonly electron: string };
  /** Whether the desktop runs on Wayland, which gives programs neither the places of windows nor keys that are theirs everywhere. */
  readonly isWayland: boolean;
};
