import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../errors.ts';
import type { Variables } from './exports.ts';

// What `bin/sts-tray` has to do before it becomes the command of `exec`, in lines of a word and what it is about.
// The launcher knows no other words, and no variables but those of a hand-off.

/** How a shell becomes the command of `exec`. */
export type Steps = {
  readonly set: Variables;
  readonly unset: readonly string[];
  /** A FIFO that the command holds open until it ends; null for none. */
  readonly hold: string | null;
  /** How many words of the command line stand before the command. */
  readonly become: number;
  /** Whether the command's environment has names that a shell may have dropped. */
  readonly lost: boolean;
};

/** Whether every shell holds a variable of this name, and hands it on. */
export function isShellName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** Fails with `export-unquotable` `{variable, shell}` where a value, or the path of the FIFO, has more than one line. */
export function stepLines({ set, unset, hold, become, lost }: Steps): Result<string> {
  const values = hold === null ? set : [...set, [hold, hold] as const];
  const broken = values.find(([, value]) => !isOneLine(value));
  if (broken !== undefined) return failed(appError('export-unquotable', { variable: broken[0], shell: 'sh' }));
  return succeeded(
    lines([
      ...unset.map((name) => `unset ${name}`),
      ...set.map(([name, value]) => `set ${name}=${value}`),
      ...(hold === null ? [] : [`hold ${hold}`]),
      ...(lost ? ['lost'] : []),
      `become ${become}`,
    ]),
  );
}

/** Prints text on standard output or, to `say`, on standard error. */
export function textLines(word: 'print' | 'say', text: string): string {
  return lines(
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `${word} ${line}`),
  );
}

/** Ends the launcher without a command. */
export function exitLine(status: number): string {
  return lines([`exit ${status}`]);
}

function isOneLine(value: string): boolean {
  return !/[\n\0]/.test(value);
}

function lines(each: readonly string[]): string {
  return each.map((line) => `${line}\n`).join('');
}
