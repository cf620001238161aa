import type { AppError, Result } from '../../contract/app-error.ts';
import { mfaCodeLength } from '../../contract/limits.ts';
import type { CodeSource } from '../../contract/settings.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { commandFailure, saidLine, type CommandLimits, type CommandOutcome } from '../user-commands/command-outcome.ts';
import { commandWords, programOf, type CommandWords } from '../user-commands/command-words.ts';

/** How long a source may take for a code, and how much it may print. */
export const codeLimits: CommandLimits = { timeMs: 30_000, outputMax: 64 };

/** After how long without a code the user is told that the source may wait for a touch, in milliseconds. */
export const slowAfterMs = 700;

/** What a profile says about the source of its codes. */
export type ProfileSource = { readonly profile: string; readonly line: string };

/** A command that gives codes. `foundIn` is the profile that names it, for which a person has to confirm it; null where the user typed it into the settings. */
export type FoundSource = { readonly words: CommandWords; readonly program: string; readonly touch: boolean; readonly foundIn: string | null };

/** Whether a program reads a key that many set up to be touched: what it waits for is then said so. It is no promise that it takes a touch. */
export function isKeyReader(program: string): boolean {
  return /^ykman(\.exe)?$/i.test(program);
}

/** Where the codes of a device come from; null where they are typed. Errors: those of `commandWords`. */
export function sourceOf(chosen: CodeSource | undefined, profile: ProfileSource | null, platform: string): Result<FoundSource> | null {
  const { from, touch, line } = chosen ?? { from: 'profile', touch: false, line: '' };
  if (from === 'typing' || (from === 'profile' && profile === null)) return null;
  const words = commandWords(from === 'command' ? line : (profile?.line ?? ''), platform);
  if (!words.ok) return words;
  return succeeded({ words: words.value, program: programOf(words.value), touch, foundIn: from === 'command' ? null : (profile?.profile ?? null) });
}

/**
 * The code that a source printed: six digits, and nothing else. Errors: `code-source-length` `{program, digits}`,
 * `code-source-garbage`, `code-source-late` `{program, seconds}`, `code-source-several`, `code-source-device`, `code-source-locked` and `code-source-terminal`, each
 * with `{program, line}`, and what `commandFailure` says.
 */
export function codeOf(words: CommandWords, outcome: CommandOutcome): Result<string> {
  const program = programOf(words);
  if (outcome.kind === 'timed-out') return failed(appError('code-source-late', { program, seconds: codeLimits.timeMs / 1000 }));
  const failure = commandFailure(words, outcome, codeLimits);
  if (failure !== null) return failed(('said' in outcome ? complaintOf(program, outcome.said, saidLine(outcome.lastLine)) : null) ?? failure);
  const printed = outcome.kind === 'exited' ? outcome.output.trim() : '';
  if (/^\d+$/.test(printed))
    return printed.length === mfaCodeLength ? succeeded(printed) : failed(appError('code-source-length', { program, digits: printed.length }));
  return failed(appError('code-source-garbage', { program }));
}

/** What the known sources say, in their own words, where the user can do something about it. The first that fits counts. */
const complaints = [
  { code: 'code-source-several', says: /multiple matches|more than one (item|match|entry)|multiple (entries|items|results)/i },
  {
    code: 'code-source-device',
    says: /no yubikey|no device|not detected|failed (connecting|to connect) to (the )?yubikey|could not (connect|find)[^\n]*yubikey/i,
  },
  { code: 'code-source-terminal', says: /\/dev\/tty|not a (tty|terminal)|inappropriate ioctl|no tty|end of file|\bEOF\b|no such device or address/i },
  { code: 'code-source-locked', says: /locked|password(?! store)|passphrase|authenticat|sign(ed)? in|log(ged)? in|decryption failed|no secret key|pinentry/i },
] as const;

function complaintOf(program: string, said: string, line: string): AppError | null {
  const found = complaints.find(({ says }) => says.test(said));
  return found === undefined ? null : appError(found.code, { program, line });
}
