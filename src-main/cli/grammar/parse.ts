import { parseArgs } from 'node:util';
import { commandSpec, completionShells, globalOptions, isCommandName, optionSpec, optionSpecs, type CommandName, type OptionName } from './commands.ts';
import type { CliKey } from '../texts/texts.ts';

/** A command line, understood. */
export type Invocation = {
  readonly command: CommandName;
  /** The word after the command; empty when it is optional and was left out. */
  readonly word: string;
  /** The folder after that word; null when it was left out. */
  readonly directory: string | null;
  readonly options: Options;
  /** What follows after `--`: the command of `exec`, the arguments of `check`. */
  readonly program: readonly string[];
  /** How many arguments come before `program`, counted from the first one given. */
  readonly programAt: number;
};

/** Values as they were written; an option without a value has an empty text. */
export type Options = Readonly<Partial<Record<OptionName, string>>>;

/** A mistake in the command line, as the message that describes it. */
export type UsageError = {
  readonly key: CliKey;
  readonly params: Readonly<Record<string, string | number>>;
  /** The command whose help says more. */
  readonly command: CommandName | null;
};

export type Parsed =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage'; readonly error: UsageError };

/** Reads what follows the program's name. */
export function parseCommandLine(args: readonly string[]): Parsed {
  const { tokens } = parseArgs({ args: [...args], options: parseArgsOptions, strict: false, allowPositionals: true, tokens: true });
  const terminator = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? args.length;
  const words = tokens.flatMap((token) => (token.kind === 'positional' && token.index < terminator ? [token.value] : []));
  const behind = args.slice(terminator + 1);

  const [first] = words;
  const command = first !== undefined && isCommandName(first) ? first : null;
  const options = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  // As whole words: terraform's -chdir is not -c -h -d -i -r.
  if (args.slice(0, terminator).some((word) => word === '--help' || word === '-h')) return { kind: 'help', command };
  if (options.some(({ name }) => name === 'version')) return { kind: 'version' };
  if (first === undefined) return { kind: 'help', command: null };
  if (command === null) return usage('usage-command', { word: first }, null);
  const takes = commandSpec(command).behind;
  // Checked before the options: when the `--` is missing, the options of the command look like ours.
  if (takes === 'command' && behind.length === 0) return usage('usage-exec', {}, command);

  const values: Partial<Record<OptionName, string>> = {};
  for (const { name, rawName, value, inlineValue } of options) {
    const takesValue = optionOf(command, name);
    if (takesValue === null) return usage('usage-option', { command, option: rawName }, command);
    if (!takesValue.value && inlineValue) return usage('usage-no-value', { option: rawName }, command);
    if (takesValue.value && (value === undefined || (value === '' && !takesValue.mayBeEmpty) || (!inlineValue && value.startsWith('-')))) {
      return usage('usage-value', { option: rawName }, command);
    }
    const before = values[takesValue.name];
    values[takesValue.name] = takesValue.repeatable !== null && before !== undefined ? `${before}${takesValue.repeatable}${value ?? ''}` : (value ?? '');
  }
  return checkWords(command, [...words.slice(1), ...(takes === undefined ? behind : [])], values, behind, terminator + 1);
}

function checkWords(command: CommandName, words: readonly string[], options: Options, behind: readonly string[], programAt: number): Parsed {
  const spec = commandSpec(command);
  const { word, wordOptional } = spec;
  const [given = '', second, third] = words;
  const surplus = spec.directory ? third : second;
  if (surplus !== undefined) return usage('usage-surplus', { word: surplus }, command);
  if (word === null && words.length > 0) return usage('usage-surplus', { word: given }, command);
  if ((command === 'logout' || command === 'uninstall') && words.length > 0 === (options.all !== undefined)) return usage('usage-either', { command }, command);
  if (word !== null && !wordOptional && words.length === 0) return usage('usage-missing', { command, word }, command);
  if (word === 'PROFILE' && words.length > 0 && (given === '' || given.length > 512)) return usage('usage-profile', {}, command);
  if (word === 'SHELL' && !completionShells.some((shell) => shell === given)) {
    return usage('usage-choice', { value: given, choices: completionShells.join(', ') }, command);
  }
  if (command === 'help') {
    if (given === '') return { kind: 'help', command: null };
    return isCommandName(given) ? { kind: 'help', command: given } : usage('usage-command', { word: given }, null);
  }
  return {
    kind: 'invocation',
    invocation: { command, word: given, directory: second ?? null, options, program: spec.behind === undefined ? [] : behind, programAt },
  };
}

function usage(key: CliKey, params: UsageError['params'], command: CommandName | null): Parsed {
  return { kind: 'usage', error: { key, params, command } };
}

function optionOf(
  command: CommandName,
  name: string,
): { readonly name: OptionName; readonly value: boolean; readonly repeatable: string | null; readonly mayBeEmpty: boolean } | null {
  const known = [...commandSpec(command).options, ...globalOptions].find((option) => option === name);
  if (known === undefined) return null;
  const { value, repeatable = null, mayBeEmpty = false } = optionSpec(known);
  return { name: known, value: value !== null, repeatable, mayBeEmpty };
}

const parseArgsOptions = Object.fromEntries(
  Object.entries(optionSpecs).map(([name, { value }]) => [
    name,
    { type: value === null ? ('boolean' as const) : ('string' as const), ...(name === 'help' ? { short: 'h' } : {}) },
  ]),
);
