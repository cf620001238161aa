import { homedir, userInfo } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { commandEnvironment } from '../../core/user-commands/command-environment.ts';
import type { CommandLimits, CommandOutcome } from '../../core/user-commands/command-outcome.ts';
import type { CommandWords } from '../../core/user-commands/command-words.ts';
import { isRecent } from '../../core/recent.ts';
import { absoluteFolders, loginPath, loginPathQuery } from '../../core/user-commands/login-path.ts';
import type { TerminalWorld } from '../terminals/terminal-world.ts';
import { runChild } from './command-child.ts';

/** What starting a user's shell may take and print; what it says at its start counts too. */
const shellLimits: CommandLimits = { timeMs: 5_000, outputMax: 256 * 1024 };

type Parts = Pick<TerminalWorld, 'platform' | 'env' | 'spawn' | 'isExecutable'> & {
  /** Aborts when the app quits: what still runs is ended with it. */
  readonly signal: AbortSignal;
  readonly now: () => number;
};

/** For how long a shell that did not tell its PATH is not asked again, in milliseconds: a busy computer may answer later. */
const askAgainMs = 60_000;

/** Runs commands that the user's files or settings name, each without a shell; see `docs/decisions/2026-11-30-commands-of-aws-files.md`. */
export class UserCommands {
  readonly #parts: Parts;
  #path: Promise<string> | null = null;
  /** When the shell gave no answer. */
  #unansweredAt: number | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Never rejects. The output is read as UTF-8. `onStart` gets the process. */
  async run(words: CommandWords, limits: CommandLimits, signal: AbortSignal, onStart: (pid: number) => void = () => {}): Promise<CommandOutcome> {
    const [program, ...args] = words;
    if (this.#unansweredAt !== null && !isRecent(this.#unansweredAt, askAgainMs, this.#parts.now())) this.#path = null;
    const path = await (this.#path ??= this.#askForPath());
    const file = await this.#find(program, path);
    if (signal.aborted) return { kind: 'cancelled' };
    return file === null ? { kind: 'not-found' } : this.#runChild([file, ...args], limits, path, { signal, onStart });
  }

  async #runChild(
    words: readonly [string, ...string[]],
    limits: CommandLimits,
    path: string,
    run: { readonly signal: AbortSignal; readonly onStart?: (pid: number) => void },
  ): Promise<CommandOutcome> {
    const { platform, env, spawn, signal: quit } = this.#parts;
    const world = { spawn, platform, env: commandEnvironment(env, { platform, path }), folder: homedir() };
    try {
      return await runChild(words, limits, world, { ...run, quit });
    } catch {
      // Arguments that no program can be given, such as one with a null character.
      return { kind: 'not-started', reason: 'EINVAL' };
    }
  }

  /** Programs that were started from a desktop often lack what `.profile` and the like add. */
  async #askForPath(): Promise<string> {
    const { platform, env } = this.#parts;
    const own = env['PATH'] ?? env['Path'] ?? '';
    const query = platform === 'win32' ? null : loginPathQuery(env['SHELL'] || shellOfUser());
    if (query === null) return own;
    this.#unansweredAt = null;
    const outcome = await this.#runChild(query, shellLimits, own, { signal: new AbortController().signal });
    const path = outcome.kind === 'exited' ? loginPath(outcome.output, own) : null;
    if (path === null) this.#unansweredAt = this.#parts.now();
    return path ?? absoluteFolders(own);
  }

  async #find(program: string, path: string): Promise<string | null> {
    const { platform, isExecutable } = this.#parts;
    const endings = platform === 'win32' && !/\.(exe|com)$/i.test(program) ? ['.exe', '.com'] : [''];
    const folders = isAbsolute(program) ? [''] : /[/\\]/.test(program) ? [] : path.split(delimiter);
    for (const folder of folders) {
      for (const ending of endings) {
        const file = join(folder, `${program}${ending}`);
        if (await isExecutable(file)) return file;
      }
    }
    return null;
  }
}

function shellOfUser(): string {
  try {
    return userInfo().shell ?? '';
  } catch {
    // There is no entry for this user.
    return '';
  }
}
