import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { printable } from '../printable.ts';

/** A command as it is started: the program, then its arguments. */
export type CommandWords = readonly [program: string, ...args: string[]];

type Rules = {
  /** Whether a backslash takes the special meaning of the character after it; where paths have backslashes, it stands for itself. */
  readonly escapes: boolean;
  /** Whether text between single quotes is taken as it is. */
  readonly singleQuotes: boolean;
  /** What only a shell understands: anywhere, between double quotes too, and at the beginning of a word. */
  readonly shellSigns: RegExp;
  readonly quotedShellSigns: RegExp;
  readonly firstShellSigns: RegExp;
};

const posix: Rules = { escapes: true, singleQuotes: true, shellSigns: /[|&;<>()$`*?[\n\r]/, quotedShellSigns: /[$`]/, firstShellSigns: /[~#]/ };
const windows: Rules = { escapes: false, singleQuotes: false, shellSigns: /[|&<>^%\n\r]/, quotedShellSigns: /%/, firstShellSigns: /(?!)/ };

/**
 * The words of a command line that the user's files or settings have. It is started without a shell, so this is the
 * whole rule: words are apart by spaces and tabs; quotes are those of a POSIX shell (on Windows, double quotes
 * alone, and a backslash stands for itself). What only a shell could do, such as a pipe, `$NAME`, `~` or
 * `*`, is refused, and never taken for a plain character: the line would do something else than it says.
 *
 * Fails with `user-command-empty`, `user-command-quote-open`, `user-command-needs-shell` `{sign}`, or
 * `user-command-unprintable` where a character is not seen, so that no person could confirm what is run.
 */
export function commandWords(line: string, platform: string): Result<CommandWords> {
  const rules = platform === 'win32' ? windows : posix;
  // Some characters take up room, or none, and show nothing.
  if (/[\p{Default_Ignorable_Code_Point}\u2800]/u.test(line) || printable(line) !== line.replaceAll(/[\t\n\r]/g, ''))
    return failed(appError('user-command-unprintable'));
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (/[ \t]/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === '"' || (rules.singleQuotes && character === "'")) {
      const end = endOfQuote(line, at, rules);
      if (end === null) return failed(appError('user-command-quote-open'));
      const quoted = line.slice(at + 1, end);
      const sign = character === '"' ? signBetweenQuotes(quoted, rules) : null;
      if (sign !== null) return needsShell(sign);
      word = (word ?? '') + (character === '"' && rules.escapes ? quoted.replaceAll(/\\(["\\$`])/g, '$1') : quoted);
      at = end;
    } else if (rules.escapes && character === '\\') {
      const next = line.charAt(at + 1);
      // A line that goes on below is put together by a shell.
      if (next === '' || next === '\n' || next === '\r') return needsShell('\\');
      word = (word ?? '') + next;
      at += 1;
    } else if (rules.shellSigns.test(character) || (word === null && rules.firstShellSigns.test(character))) {
      return needsShell(character);
    } else word = (word ?? '') + character;
  }
  if (word !== null) words.push(word);
  const [program, ...args] = words;
  if (program === undefined || program === '') return failed(appError('user-command-empty'));
  // `NAME=value program` sets a variable in a shell.
  return /^[A-Za-z_]\w*=/.test(program) ? needsShell('=') : succeeded([program, ...args]);
}

/** The line that `commandWords` reads as these words, by the rule of POSIX. It is what a person is shown: each argument can be told from the next. */
export function commandLineOf(words: CommandWords): string {
  return words.map((word) => (word === '' || /[^\w@:,./=+-]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : word)).join(' ');
}

/** How sentences name a command: by its program without the folder. An argument may hold a secret. */
export function programOf([program]: CommandWords): string {
  return program.split(/[/\\]/).at(-1) || program;
}

/** Where the quote that begins at `start` ends; null where it is left open. */
function endOfQuote(line: string, start: number, { escapes }: Rules): number | null {
  const quote = line.charAt(start);
  for (let at = start + 1; at < line.length; at += 1) {
    if (line.charAt(at) === quote) return at;
    if (escapes && quote === '"' && line.charAt(at) === '\\') at += 1;
  }
  return null;
}

function signBetweenQuotes(quoted: string, { escapes, quotedShellSigns }: Rules): string | null {
  const plain = escapes ? quoted.replaceAll(/\\[^]/g, '') : quoted;
  return quotedShellSigns.exec(plain)?.[0] ?? null;
}

function needsShell(sign: string): Result<never> {
  return failed(appError('user-command-needs-shell', { sign: sign.trim() === '' ? '⏎' : sign }));
}
