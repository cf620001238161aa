import type { Terminal } from '../../contract/ui-state.ts';

/** The window to open. */
export type TerminalWindow = {
  /** One line without control characters; see `windowTitle`. */
  readonly title: string;
  /** An absolute path. */
  readonly directory: string;
  /** The command that runs inside, as an argument list. On Windows the entry brings its own shell. */
  readonly launcher: readonly string[];
};

/** What to start for a window: no shell is in between, unless `args` names one. */
export type TerminalCommand = {
  readonly file: string;
  readonly args: readonly string[];
  /** Windows only: `args` are quoted already and go into the command line as they are. */
  readonly verbatim?: true;
};

/** A terminal that the app knows. */
export type TerminalEntry = Terminal & {
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Absolute paths, or names looked up in PATH: one that is there is enough. */
  readonly programs: readonly string[];
  /** The environment variable of the display server that it needs. */
  readonly display?: 'DISPLAY' | 'WAYLAND_DISPLAY';
  readonly command: (window: TerminalWindow) => TerminalCommand;
};

/** Text as one line for a window title: control characters could end the title or type a command. */
export function windowTitle(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
