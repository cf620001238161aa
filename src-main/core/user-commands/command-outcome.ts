import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../errors.ts';
import { withoutCodes, withoutSecrets } from '../log/redaction.ts';
import { oneLine, shortened } from '../printable.ts';
import { programOf, type CommandWords } from './command-words.ts';

/** How long a command may take, and how much it may print. */
export type CommandLimits = {
  /** In milliseconds. */
  readonly timeMs: number;
  /** In bytes. */
  readonly outputMax: number;
};

/**
 * How a command ended. `lastLine` is the last line of its standard error as it came, for a sentence and never for the
 * log; empty where it said nothing. `said` is the end of all that it said there, at most 4 KiB, to be searched and not shown.
 */
export type CommandOutcome =
  /** `status` is null where a signal ended it. `output` may be a secret. */
  | { readonly kind: 'exited'; readonly status: number | null; readonly output: string; readonly lastLine: string; readonly said: string }
  /** There is no such program in the user's PATH. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-started'; readonly reason: string }
  | { readonly kind: 'timed-out' | 'too-much'; readonly lastLine: string; readonly said: string }
  | { readonly kind: 'cancelled' };

/** How much of what a command said a sentence has room for, in characters. */
const lineMax = 200;

/**
 * What a program said, as it may stand in a sentence: on one line, without what would turn that round, without what has
 * the form of a secret or of a code, and not longer than it can be read.
 */
export function saidLine(lastLine: string): string {
  // Shortened at last: half of a secret would not have its form any more.
  return shortened(withoutCodes(withoutSecrets(oneLine(lastLine).trim())), lineMax);
}

/**
 * Why a command brought nothing, for what is the same whatever it was asked for; null where it ended by itself with
 * status 0. Errors: `user-command-not-found` `{program}`, `user-command-not-started` `{program, reason}`,
 * `user-command-timed-out` `{program, seconds}`, `user-command-too-much` `{program, bytes}`, `user-command-cancelled`
 * `{program}`, and `user-command-failed` `{program, status}` or `user-command-failed-saying` `{program, status, line}`.
 */
export function commandFailure(words: CommandWords, outcome: CommandOutcome, { timeMs, outputMax }: CommandLimits): AppError | null {
  const program = programOf(words);
  switch (outcome.kind) {
    case 'not-found':
      return appError('user-command-not-found', { program });
    case 'not-started':
      return appError('user-command-not-started', { program, reason: outcome.reason });
    case 'timed-out':
      return appError('user-command-timed-out', { program, seconds: Math.round(timeMs / 1000) });
    case 'too-much':
      return appError('user-command-too-much', { program, bytes: outputMax });
    case 'cancelled':
      return appError('user-command-cancelled', { program });
    case 'exited': {
      if (outcome.status === 0) return null;
      const status = outcome.status ?? 'signal';
      const line = saidLine(outcome.lastLine);
      return line === '' ? appError('user-command-failed', { program, status }) : appError('user-command-failed-saying', { program, status, line });
    }
  }
}
