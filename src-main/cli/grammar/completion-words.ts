import { commandNames, commandSpec, completionShells, globalOptions, optionSpec, type CommandName, type OptionName } from './commands.ts';

/** What completes a word: known words, or what the shell has to look for. */
export type Completion = { readonly kind: 'words'; readonly words: readonly string[] } | { readonly kind: 'profiles' | 'directories' | 'none' };

export function wordCompletion(command: CommandName): Completion {
  switch (commandSpec(command).word) {
    case 'PROFILE':
      return { kind: 'profiles' };
    case 'SHELL':
      return { kind: 'words', words: completionShells };
    case 'COMMAND':
      return { kind: 'words', words: commandNames };
    case 'ACCOUNT':
    case 'NAME':
    case null:
      return { kind: 'none' };
  }
}

export function optionsOf(command: CommandName): readonly OptionName[] {
  const own = commandSpec(command).options.filter((name) => !optionSpec(name).hidden);
  return [...own, ...globalOptions.filter((name) => name !== 'version')];
}

/** What completes an option's value; null for an option without one. */
export function valueCompletion(name: OptionName): Completion | null {
  const { value, complete } = optionSpec(name);
  if (value === null) return null;
  if (complete === 'directories') return { kind: 'directories' };
  return complete === undefined ? { kind: 'none' } : { kind: 'words', words: complete };
}

/** Every option of any command that has a value. */
export const optionsWithValue: readonly OptionName[] = [
  ...new Set(commandNames.flatMap((command) => optionsOf(command).filter((name) => valueCompletion(name) !== null))),
];

/**
 * Prints the names of profiles, one per line, in bash and zsh: from the user's own files, even in a
 * terminal that has a private configuration. In the credentials file every section names a profile.
 */
export const profilesInPosixShell = [
  '  sed -n -e \'s/^[[:space:]]*\\[[[:space:]]*profile[[:space:]][[:space:]]*"\\(.*\\)"[[:space:]]*\\].*$/\\1/p\' \\',
  "    -e 's/^[[:space:]]*\\[[[:space:]]*profile[[:space:]][[:space:]]*\\(.*[^[:space:]]\\)[[:space:]]*\\].*$/\\1/p' \\",
  "    -e 's/^[[:space:]]*\\[[[:space:]]*default[[:space:]]*\\].*$/default/p' \\",
  '    "${STS_TRAY_AWS_CONFIG_FILE:-${AWS_CONFIG_FILE:-$HOME/.aws/config}}" 2>/dev/null',
  "  sed -n 's/^[[:space:]]*\\[[[:space:]]*\\([^]]*[^][:space:]]\\)[[:space:]]*\\].*$/\\1/p' \\",
  '    "${STS_TRAY_AWS_SHARED_CREDENTIALS_FILE:-${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}}" 2>/dev/null',
].join('\n');
