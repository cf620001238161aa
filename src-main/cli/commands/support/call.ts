import type { ApiAnswers, ApiName, ApiRequest } from '../../../contract/local-api.ts';
import type { Answer, Failure, HeldRun } from '../../process/app-connection.ts';
import type { CliWorld } from '../../process/cli-world.ts';
import type { notRunning } from '../../process/connect.ts';
import type { Invocation, UsageError } from '../../grammar/parse.ts';
import type { Paint } from '../../texts/colors.ts';
import type { Texts } from '../../texts/texts.ts';

/** What a command works with. */
export type Call = {
  /** What it prints is for people: a terminal obeys none of it. */
  readonly world: CliWorld;
  /** Prints what a shell or a program reads, as it is. */
  readonly printScript: (text: string) => void;
  readonly texts: Texts;
  /** Colours what is printed, where it is wanted. */
  readonly paint: { readonly stdout: Paint; readonly stderr: Paint };
  readonly invocation: Invocation;
  /** The app's own folder, where the command line names one. */
  readonly userDataDir: string | null;
  /** Whether the launcher runs the command of `exec`, from text that this process prints. */
  readonly forLauncher: boolean;
  /** Asks the app; starts it first when it is not running. `fields` is called for each try. */
  readonly ask: <N extends ApiName>(name: N, fields: () => ApiRequest<N>) => Promise<Answer<ApiAnswers[N]>>;
  /** Asks the app if it is running. */
  readonly askRunning: <N extends ApiName>(name: N, fields: ApiRequest<N>) => Promise<Answer<ApiAnswers[N]> | typeof notRunning>;
  /** Keeps a run of the relay open. */
  readonly holdRun: (run: string) => HeldRun;
  /** Each says what went wrong, and returns the exit code. */
  readonly fail: (failure: Failure) => number;
  readonly failUsage: (error: UsageError) => number;
};
