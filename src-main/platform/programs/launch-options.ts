import { resolve } from 'node:path';
import { runMarks } from '../../core/hand-offs/run-marks.ts';
import { runtimeVariables } from '../../core/runtime-variables.ts';
import { appEnvironment } from '../../core/relay/app-environment.ts';

/** The options of the command that started the app. */
export type LaunchOptions = {
  /** `--user-data-dir=DIR`: where all of the app's own files go. */
  readonly userDataDir: string | null;
  /** `--hidden`: start in the tray without opening the panel, as at login. */
  readonly hidden: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** The AppImage that the app runs from; null elsewhere. Its files are mounted at a new path at each start. */
  readonly appImage: string | null;
};

export function readLaunchOptions(argv: readonly string[], env: NodeJS.ProcessEnv, appImage: string | null = null): LaunchOptions {
  const index = argv.findIndex((argument) => argument === dataFolder || argument.startsWith(`${dataFolder}=`));
  const argument = argv[index];
  const userDataDir = argument === dataFolder ? argv[index + 1] : argument?.slice(dataFolder.length + 1);
  return { userDataDir: userDataDir ? resolve(userDataDir) : null, hidden: argv.includes('--hidden'), env, appImage };
}

/** Takes what a hand-off brought out of an environment, where the app is started from a terminal or a run of its own, and what is meant for other programs on Node. */
export function leaveHandOff(env: NodeJS.ProcessEnv): void {
  // Some of them are read at each use, such as the one by which any certificate would be trusted.
  for (const name of runtimeVariables) delete env[name];
  if (env['STS_TRAY_PROFILE'] === undefined && env[runMarks.run] === undefined) return;
  const own = appEnvironment(env);
  for (const name of Object.keys(env)) if (own[name] === undefined) delete env[name];
  Object.assign(env, own);
}

/** The words of a start: the runtime's own, and the user's. */
export type StartWords = {
  /** Flags of Electron and Chromium, and the app's folder where there is one. */
  readonly runtime: readonly string[];
  /** The command line of `sts-tray`; null when the app itself is to start. */
  readonly commandLine: readonly string[] | null;
};

/**
 * Decides between a command and a start of the app. `argv` is `process.argv`; `appFolder` is the folder
 * that Electron runs, null in a package. The command begins at the first word that is not a flag. The
 * flags before it are Chromium's, except for the few that the command line also has.
 */
export function readStart(argv: readonly string[], appFolder: string | null): StartWords {
  const folderAt = appFolder === null ? 0 : argv.findIndex((word, index) => index > 0 && !word.startsWith('-') && resolve(word) === appFolder);
  const begin = Math.max(folderAt, 0) + 1;
  const runtime = argv.slice(1, begin);
  const own: string[] = [];
  for (let index = begin; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === dataFolder) own.push(word, ...argv.slice(++index, index + 1));
    else if (word.startsWith(`${dataFolder}=`)) own.push(word);
    else if (!word.startsWith('-') || asksTheCommandLine.has(word)) return { runtime, commandLine: [...own, ...argv.slice(index)] };
  }
  return { runtime, commandLine: null };
}

const dataFolder = '--user-data-dir';
const asksTheCommandLine: ReadonlySet<string> = new Set(['--help', '-h', '--version']);
