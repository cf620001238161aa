import { resolve } from 'node:path';

/** What the command that started the app said. */
export type LaunchOptions = {
  /** `--user-data-dir=DIR`: where all of the app's own files go. */
  readonly userDataDir: string | null;
  /** `--hidden`: start in the tray without opening the panel, as at login. */
  readonly hidden: boolean;
  readonly env: NodeJS.ProcessEnv;
};

export function readLaunchOptions(argv: readonly string[], env: NodeJS.ProcessEnv): LaunchOptions {
  const flag = '--user-data-dir=';
  const userDataDir = argv.find((argument) => argument.startsWith(flag))?.slice(flag.length);
  return { userDataDir: userDataDir ? resolve(userDataDir) : null, hidden: argv.includes('--hidden'), env };
}
