import { commandNames, commandSpec, globalOptions, optionSpec, type OptionName } from './commands.ts';
import { optionsOf, optionsWithValue, valueCompletion, wordCompletion, type Completion } from './completion-words.ts';
import type { Texts } from '../texts/texts.ts';

export function fishCompletion(t: Texts['t']): string {
  const commands = commandNames.flatMap((command) => {
    const spec = commandSpec(command);
    const word = wordCompletion(command);
    return [
      `complete -c sts-tray -n "__sts_tray_words 0" -a ${command} -d ${quoteFish(t(spec.summary))}`,
      ...(word.kind === 'none' ? [] : [`complete -c sts-tray -n "__sts_tray_words 1 ${command}" ${candidates(word)}`]),
      ...(spec.directory ? [`complete -c sts-tray -n "__sts_tray_words 2 ${command}" ${candidates({ kind: 'directories' })}`] : []),
      ...optionsOf(command)
        .filter((name) => !globalOptions.includes(name))
        .map((name) => option(`-n "__sts_tray_words 1 ${command}; or __sts_tray_words 2 ${command}"`, name, t)),
    ];
  });
  return String.raw`# Completions of sts-tray for fish: sts-tray completion fish | source

function __sts_tray_profiles
    set -l config ~/.aws/config
    set -q AWS_CONFIG_FILE; and set config $AWS_CONFIG_FILE
    set -q STS_TRAY_AWS_CONFIG_FILE; and set config $STS_TRAY_AWS_CONFIG_FILE
    set -l credentials ~/.aws/credentials
    set -q AWS_SHARED_CREDENTIALS_FILE; and set credentials $AWS_SHARED_CREDENTIALS_FILE
    set -q STS_TRAY_AWS_SHARED_CREDENTIALS_FILE; and set credentials $STS_TRAY_AWS_SHARED_CREDENTIALS_FILE
    test -r $config; and string replace -rf '^\s*\[\s*(?:profile\s+"?(.*?)"?|(default))\s*\].*$' '$1$2' <$config
    test -r $credentials; and string replace -rf '^\s*\[\s*(.*?)\s*\].*$' '$1' <$credentials
end

# Whether so many words stand before the cursor, the first of them being this command.
function __sts_tray_words --argument-names count command
    set -l words
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case --
                return 1
            case ${optionsWithValue.map((name) => `--${name}`).join(' ')}
                set skip 1
            case '-*'
            case '*'
                set -a words $word
        end
    end
    test (count $words) = $count; and test -z "$command" -o "$words[1]" = "$command"
end

function __sts_tray_command_follows
    contains -- -- (commandline -opc)
end

function __sts_tray_command
    set -l tokens (commandline -opc) (commandline -ct)
    set -l dashes (contains -i -- -- $tokens)
    complete -C (string join ' ' -- (string escape -- $tokens[(math $dashes + 1)..-2]) $tokens[-1])
end

complete -c sts-tray -f
complete -c sts-tray -n __sts_tray_command_follows -a "(__sts_tray_command)"
${globalOptions.map((name) => option(name === 'version' ? '-n "__sts_tray_words 0"' : '-n "not __sts_tray_command_follows"', name, t)).join('\n')}
${commands.join('\n')}
`;
}

function option(condition: string, name: OptionName, t: Texts['t']): string {
  const value = valueCompletion(name);
  const short = name === 'help' ? '-s h ' : '';
  return `complete -c sts-tray ${condition} ${short}-l ${name} -d ${quoteFish(t(optionSpec(name).summary))}${value === null ? '' : ` ${candidates(value)}`}`;
}

function candidates(completion: Completion): string {
  switch (completion.kind) {
    case 'words':
      return `-xa "${completion.words.join(' ')}"`;
    case 'profiles':
      return '-xa "(__sts_tray_profiles)"';
    case 'directories':
      return '-xa "(__fish_complete_directories)"';
    case 'none':
      return '-x';
  }
}

function quoteFish(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
