import type { ApiAnswers, ApiName, ApiRequest, CallerFiles } from '../../contract/local-api.ts';
import type { Answer } from './app-connection.ts';

/** With this word the launcher asks what it has to do to become the command of `exec`. */
export const stepsWord = '__exec-steps';

/** How the app is started when it is not running. */
export type AppProgram = {
  readonly executable: string;
  /** What comes before the app's own arguments: flags of the runtime, and a checkout's folder. */
  readonly args: readonly string[];
};

/** All that a command needs from the world around it. */
export type CliWorld = {
  /** What follows the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homedir: string;
  /** Where the system makes the folder that `XDG_RUNTIME_DIR` names; null where it makes none. */
  readonly runtimeFolder: string | null;
  readonly cwd: string;
  /** The process that waits for this one. */
  readonly parentPid: number;
  readonly version: string;
  /** The app's own folder, where the command line names no other. */
  readonly dataFolder: string;
  readonly app: AppProgram;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Whether each of them ends at a terminal. */
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** Whether a person is at the terminal, and can be asked. */
  readonly interactive: boolean;
  /** Standard input up to the end of its first line. */
  readonly readLine: () => string;
  /** The app, where the command runs for a launcher in a process of the app; null where it has to connect to it. */
  readonly host: {
    readonly ask: <N extends ApiName>(name: N, fields: ApiRequest<N>, files: CallerFiles) => Promise<Answer<ApiAnswers[N]>>;
    /** Throws, for what takes a process of the command's own, such as to start a program. */
    readonly needsOwnProcess: () => never;
  } | null;
};

/** Exit codes that scripts may rely on; `exec` ends with its command's own. */
export const exitCodes = { done: 0, failed: 1, usage: 2, refusedByGuard: 3, notAnswered: 4, notExecutable: 126, notFound: 127 } as const;
