import type { AwsFiles, ChosenFiles } from '../aws/files/environment.ts';
import type { Result } from '../contract/app-error.ts';
import type { ProjectReading } from '../contract/terraform-project.ts';
import type { Desktop } from '../contract/desktop/desktop.ts';
import type { Language } from '../contract/ui-state.ts';
import type { Cipher } from '../core/cipher.ts';
import type { Translate } from '../core/texts/translate.ts';
import type { BrowserReturn } from '../core/sign-in/browser-return.ts';
import type { CommandLimits, CommandOutcome } from '../core/user-commands/command-outcome.ts';
import type { CommandWords } from '../core/user-commands/command-words.ts';
import type { HandOffTargets } from './hand-offs/hand-offs.ts';
import type { CallingProgram } from './local-api/callers.ts';
import type { PromptWindow } from './prompts/mfa-prompts.ts';
import type { SettingsKeeper } from './state/settings-manager.ts';

/** What the broker needs of the world around it. */
export type BrokerWorld = {
  /** Where the AWS files are, asked at each read with what the settings say by then. */
  readonly awsFiles: (chosen: () => ChosenFiles) => AwsFiles;
  /** The app's own folder. */
  readonly dataFolder: string;
  /** The user's. */
  readonly home: string;
  readonly platform: Desktop['platform'];
  /** As in `Desktop`. */
  readonly unofficialRuntime: string | null;
  readonly versions: Desktop['versions'];
  /** The app's environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly settings: SettingsKeeper;
  readonly systemLanguages: readonly string[];
  readonly cipher: Cipher;
  /** What the app says, in each language. */
  readonly texts: Readonly<Record<Language, Translate>>;
  /** How a `credential_process` line starts this app's command line. */
  readonly commandLine: readonly string[];
  readonly targets: HandOffTargets;
  /** Who a process is, as a person knows it. */
  readonly callingProgram: (pid: number) => Promise<CallingProgram | null>;
  /** The processes at the other end of the socket with this inode; empty where that cannot be told. */
  readonly connectedProcesses: (inode: number) => Promise<readonly number[]>;
  /** Whether a process is this ancestor, or was started by it, directly or not. */
  readonly descendsFrom: (pid: number, ancestor: number) => Promise<boolean>;
  /** The file that a process runs; null where that cannot be told. */
  readonly executableOf: (pid: number) => Promise<string | null>;
  /** What the Terraform project in a folder says. */
  readonly readProject: (folder: string) => Promise<Result<ProjectReading>>;
  /** Makes a FIFO by which the end of a run is seen; null where there can be none. `onEnd` gets null for a run that never began. */
  readonly watchRun: (onEnd: (seconds: number | null) => void) => Promise<string | null>;
  /** The same for a terminal, which outlives the app: with a FIFO from before the app's start it goes on with that. Null also for one that nobody holds any more. */
  readonly watchTerminal: (known: string | null, onEnd: () => void) => Promise<string | null>;
  /** Runs a command that the user's files or settings name, with no shell and no terminal; resolves also when it cannot be started. `onStart` gets its process. */
  readonly runCommand: (words: CommandWords, limits: CommandLimits, signal: AbortSignal, onStart?: (pid: number) => void) => Promise<CommandOutcome>;
  /** Gets what is not supposed to happen. */
  readonly onBug: (error: unknown) => void;
  readonly promptWindow: PromptWindow;
  /** Brings the window of a sign-in with the browser to the front. */
  readonly raiseSignIn: () => void;
  /** Listens for the browser that comes back from a sign-in, to which it then says so in this language. */
  readonly openBrowserReturn: (language: Language) => Promise<Result<BrowserReturn>>;
  /** Brings the window with a question to the front. */
  readonly raiseQuestion: () => void;
  readonly now: () => number;
};
