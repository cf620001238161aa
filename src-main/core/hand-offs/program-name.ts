import { printable } from '../printable.ts';

/** How a process was started. `name` is what the system calls it, when `argv[0]` says something else. */
export type Called = { readonly argv: readonly string[]; readonly name?: string };

/** In characters. */
export const commandLengthMax = 60;

/** The name and at most one more word, of at most 60 characters. */
export function commandOf(called: Called): string {
  const { name, rest } = programOf(called);
  const word = firstPlainWord(rest);
  // Half of a character may be left at the end.
  return printable(printable(word === null ? name : `${name} ${word}`).slice(0, commandLengthMax));
}

export function onlyPassesOn(called: Called): boolean {
  const { name, rest } = programOf(called);
  const lower = name.toLowerCase();
  if (/^sts[- ]tray$/.test(lower) || lower.startsWith('terraform-provider-')) return true;
  if (/^(ba|da|z|k|mk|a|fi)?sh$/.test(lower)) return leadingFlags(rest).some((flag) => /^-[A-Za-z]*c[A-Za-z]*$/.test(flag));
  if (lower === 'cmd') return rest.some((argument) => /^\/c/i.test(argument));
  return /^(powershell|pwsh)$/.test(lower) && rest.some((argument) => /^[-/]c(ommand)?$/i.test(argument));
}

/** A login's first process starts everything and asks for nothing. */
export function startsSessions(called: Called): boolean {
  return /^(systemd|init|launchd|explorer)$/i.test(programOf(called).name);
}

type Program = { readonly name: string; readonly rest: readonly string[] };

/** The names of programs that run what a file says. */
export const interpreters = /^(python|pypy|ruby|perl)[\d.]*$|^node(js)?$|^(ba|da|z|k|mk|a|fi)?sh$/;

/** `python3 /usr/bin/aws s3` is the program `aws` with the argument `s3`. */
function programOf(called: Called): Program {
  const { name, rest } = ownProgram(called);
  const [script, ...ofScript] = rest;
  if (!interpreters.test(name) || script === undefined) return { name, rest };
  const scriptName = baseName(script);
  return /^[A-Za-z][\w-]*$/.test(scriptName) && !script.startsWith('-') ? { name: scriptName, rest: ofScript } : { name, rest };
}

function ownProgram({ argv, name }: Called): Program {
  const [first = '', ...rest] = argv;
  const own = baseName(first);
  // Programs such as npm and nginx overwrite their arguments with a title: one string with spaces.
  const isTitle = rest.length === 0 && first.includes(' ') && name !== undefined && !(first.startsWith('/') && own.slice(0, 15) === name);
  const [titleFirst = '', ...titleRest] = isTitle ? first.split(/ +/) : [own, ...rest];
  const called = baseName(titleFirst);
  return { name: (/^[\w.+@ -]+$/.test(called) ? called : (name ?? called)).replace(/\.exe$/i, ''), rest: titleRest };
}

/** Login shells have a `-` before their name. */
function baseName(path: string): string {
  return (/[^\\/]*$/.exec(path)?.[0] ?? '').replace(/^-/, '');
}

/** The value of a flag without `=` may be the next word, so no word after such a flag is plain. */
function firstPlainWord(rest: readonly string[]): string | null {
  const word = rest.find((argument) => !/^--?[\w-]+=/.test(argument)) ?? '';
  if (!/^([A-Za-z]:)?[\w.~\\/-]+$/.test(word) || /^(-|\/[^/]*$)/.test(word)) return null;
  const last = baseName(word);
  // Keys and passwords have capitals and digits mixed in; subcommands and targets do not.
  return /^[a-z][a-z0-9_-]{0,23}$/.test(last) || /^[\w-]{1,40}(\.[\w-]{1,20})?\.[A-Za-z][A-Za-z0-9]{0,3}$/.test(last) ? last : null;
}

function leadingFlags(rest: readonly string[]): readonly string[] {
  const end = rest.findIndex((argument, index) => !argument.startsWith('-') && !/^[-+][A-Za-z]*o$/.test(rest[index - 1] ?? ''));
  return end === -1 ? rest : rest.slice(0, end);
}
