import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { accountIdPattern, accountsMax } from '../../../contract/limits.ts';
import type { OptionName } from '../../grammar/commands.ts';
import type { Call } from './call.ts';
import type { UsageError } from '../../grammar/parse.ts';

/** The value of an option, undefined when it was not given, or why it is refused. */
export type OptionValue<T> = { readonly ok: true; readonly value: T | undefined } | { readonly ok: false; readonly error: UsageError };

/** A time in seconds between `min` and `max`. */
export function secondsOption({ invocation }: Call, name: OptionName, min: number, max: number): OptionValue<number> {
  const { command, options } = invocation;
  const value = options[name];
  if (value === undefined) return { ok: true, value };
  const option = `--${name}`;
  const seconds = parseDuration(typedAs(value));
  if (seconds === null) return { ok: false, error: { key: 'usage-duration', params: { option, value }, command } };
  if (seconds >= min && seconds <= max) return { ok: true, value: seconds };
  return { ok: false, error: { key: 'usage-duration-range', params: { option, value, seconds, min, max }, command } };
}

/** A whole number between `min` and `max`. */
export function numberOption({ invocation: { command, options } }: Call, name: OptionName, min: number, max: number): OptionValue<number> {
  const value = options[name];
  if (value === undefined) return { ok: true, value };
  const digits = typedAs(value);
  const number = /^\d{1,9}$/.test(digits) ? Number(digits) : NaN;
  if (number >= min && number <= max) return { ok: true, value: number };
  return { ok: false, error: { key: 'usage-number', params: { option: `--${name}`, value, min, max }, command } };
}

/** A past moment in ISO 8601, given as how long ago it was, such as `8h` or `7d`, or as a day such as `2026-11-23`. */
export function sinceOption({ invocation: { command, options } }: Call, now: number): OptionValue<string> {
  const { since: given } = options;
  if (given === undefined) return { ok: true, value: given };
  const value = typedAs(given);
  const days = /^(\d{1,4})d$/i.exec(value)?.[1];
  const seconds = days === undefined ? parseDuration(value) : Number(days) * 86_400;
  const time = seconds === null ? startOfDay(value) : new Date(now - seconds * 1000);
  if (time !== null) return { ok: true, value: time.toISOString() };
  return { ok: false, error: { key: 'usage-since', params: { value: given }, command } };
}

/** The beginning, on this computer, of a day such as `2026-11-23`; null for anything else. */
function startOfDay(text: string): Date | null {
  const day = /^\d{4}-\d{2}-(\d{2})$/.exec(text)?.[1];
  const time = new Date(`${text}T00:00:00`);
  // The 31st of November would be the 1st of December.
  return day !== undefined && time.getDate() === Number(day) ? time : null;
}

/** The twelve digits of an account ID, which may be written in the groups in which it is shown; null for anything else. */
export function accountIdOf(written: string): string | null {
  const text = typedAs(written);
  const digits = /^\d{4}-\d{4}-\d{4}$/.test(text) ? text.replaceAll('-', '') : text;
  return accountIdPattern.test(digits) ? digits : null;
}

export function accountOption({ invocation: { command, options } }: Call): OptionValue<string> {
  const { account: value } = options;
  if (value === undefined) return { ok: true, value };
  const accountId = accountIdOf(value);
  if (accountId !== null) return { ok: true, value: accountId };
  return { ok: false, error: { key: 'usage-account', params: { value }, command } };
}

/** The accounts of an option that may be given several times, and with several accounts at once; undefined for none. */
export function accountsOption({ invocation: { command, options } }: Call): OptionValue<readonly string[]> {
  const { account: value } = options;
  if (value === undefined) return { ok: true, value };
  const written = typedAs(value)
    .split(',')
    .map((id) => id.trim());
  const wrong = written.find((id) => accountIdOf(id) === null);
  if (wrong !== undefined) return { ok: false, error: { key: 'usage-account', params: { value: wrong }, command } };
  const accounts = written.flatMap((id) => accountIdOf(id) ?? []);
  if (accounts.length > accountsMax) return { ok: false, error: { key: 'usage-accounts', params: { max: accountsMax }, command } };
  return { ok: true, value: [...new Set(accounts)] };
}

export function choiceOption<T extends string>({ invocation }: Call, name: OptionName, choices: readonly T[]): OptionValue<T> {
  const { command, options } = invocation;
  const given = options[name];
  const value = choices.find((choice) => choice === given);
  if (given === undefined || value !== undefined) return { ok: true, value };
  return { ok: false, error: { key: 'usage-choice', params: { value: given, choices: choices.join(', ') }, command } };
}

export function directoryOption(call: Call, name: OptionName): OptionValue<string> {
  const given = call.invocation.options[name];
  return given === undefined ? { ok: true, value: given } : directoryOf(call, given);
}

/** The full path of a folder that exists. */
export function directoryOf({ invocation: { command }, world }: Call, given: string): OptionValue<string> {
  const value = resolve(world.cwd, given);
  if (isFolder(value)) return { ok: true, value };
  return { ok: false, error: { key: 'usage-directory', params: { value: given }, command } };
}

/** Not one where it cannot even be looked at, as with a name that is too long or a link to itself. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** What an input method types in full width, as the windows take it too. */
function typedAs(text: string): string {
  return text.normalize('NFKC');
}

/**
 * The seconds in `8h`, `30m`, `90s`, `1h30m` or plain seconds; null for anything else. Units come in
 * this order, each at most once.
 */
export function parseDuration(text: string): number | null {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  const match = /^(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,7})s)?$/i.exec(text);
  if (match === null || text === '') return null;
  const [, hours = 0, minutes = 0, seconds = 0] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
