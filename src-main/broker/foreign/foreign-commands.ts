import type { AppError, Result } from '../../contract/app-error.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { fileSaying, parsedFiles } from '../../aws/files/parsed-files.ts';
import type { GivenCredentials } from '../../aws/files/temporary-key.ts';
import { appError, failed } from '../../core/errors.ts';
import { signInWith, wantsTerminal } from '../../core/foreign/foreign-tools.ts';
import { processCredentials } from '../../core/foreign/process-credentials.ts';
import { commandFailure, saidLine, type CommandLimits, type CommandOutcome } from '../../core/user-commands/command-outcome.ts';
import { commandWords, programOf, type CommandWords } from '../../core/user-commands/command-words.ts';
import type { ConfirmedCommands } from '../user-commands/confirmed-commands.ts';
import type { RunForeignCommand } from './foreign-sessions.ts';

/** SAML tools that open a browser without a window take their time; the JSON itself is short. */
const limits: CommandLimits = { timeMs: 60_000, outputMax: 64 * 1024 };

type Parts = {
  readonly files: AwsFiles;
  readonly confirmed: Pick<ConfirmedCommands, 'confirm'>;
  readonly runCommand: (words: CommandWords, limits: CommandLimits, signal: AbortSignal, onStart: (pid: number) => void) => Promise<CommandOutcome>;
  readonly platform: string;
  readonly now: () => number;
};

/** Runs the `credential_process` of another tool, once a person has confirmed it. */
export class ForeignCommands {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Fails as `commandWords`, `ConfirmedCommands.confirm`, `commandFailure` and `processCredentials` do, and with
   * `foreign-command-asks` `{program, profile, line, login}` where the command wanted to ask on a terminal.
   */
  async run(profile: string, line: string, { signal, onStart }: Parameters<RunForeignCommand>[2]): Promise<Result<GivenCredentials>> {
    const { files, confirmed, runCommand, platform, now } = this.#parts;
    const words = commandWords(line, platform);
    if (!words.ok) return words;
    const command = {
      purpose: 'credentials',
      words: words.value,
      profile,
      file: fileSaying('credential_process', profile, await parsedFiles(files, null), files),
    } as const;
    const allowed = await confirmed.confirm(command, { signal });
    if (!allowed.ok) return allowed;
    const outcome = await runCommand(words.value, limits, signal, onStart);
    const failure = this.#failure(words.value, profile, outcome);
    if (failure !== null || outcome.kind !== 'exited') return failed(failure ?? appError('user-command-cancelled', { program: programOf(words.value) }));
    const program = programOf(words.value);
    return processCredentials(outcome.output, { program, profile, login: signInWith(program) }, now());
  }

  #failure(words: CommandWords, profile: string, outcome: CommandOutcome): AppError | null {
    const failure = commandFailure(words, outcome, limits);
    if (failure === null || outcome.kind !== 'exited' || !wantsTerminal(outcome.lastLine)) return failure;
    const program = programOf(words);
    return appError('foreign-command-asks', { program, profile, line: saidLine(outcome.lastLine), login: signInWith(program) });
  }
}
