import { quotePosix } from '../../core/hand-offs/exports.ts';
import { commandNames, commandSpec, globalOptions, optionSpec, type CommandName, type OptionName } from './commands.ts';
import { optionsOf, profilesInPosixShell, valueCompletion, wordCompletion, type Completion } from './completion-words.ts';
import type { Texts } from '../texts/texts.ts';

/** To be sourced, or kept as `_sts-tray` in a folder of `fpath`. */
export function zshCompletion(t: Texts['t']): string {
  const commands = commandNames.map((name) => `    ${quotePosix(`${name}:${plain(t(commandSpec(name).summary))}`)}`);
  const cases = commandNames.map((name) => `        ${name}) _arguments -s ${argumentsOf(name, t).join(' ')} ;;`);
  return `#compdef sts-tray
# Completions of sts-tray for zsh: source <(sts-tray completion zsh)

_sts_tray_profile_names() {
${profilesInPosixShell}
}

_sts_tray_profiles() {
  local -aU profiles
  profiles=("\${(@f)$(_sts_tray_profile_names)}")
  compadd -- $profiles
}

_sts_tray() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
${commands.join('\n')}
  )
  _arguments -C ${globalOptions.map((name) => optionArgument(name, t)).join(' ')} '1: :->command' '*:: :->arguments'
  case $state in
    command) _describe command commands ;;
    arguments)
      # Behind the dashes of exec is another command, with completions of its own.
      local -i dashes=\${words[(i)--]}
      if [[ $words[1] == exec ]] && ((dashes < CURRENT)); then
        shift $dashes words
        ((CURRENT -= dashes))
        _normal
        return
      fi
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}

if [[ $funcstack[1] == _sts[-_]tray ]]; then _sts_tray "$@"; else compdef _sts_tray sts-tray; fi
`;
}

function argumentsOf(command: CommandName, t: Texts['t']): readonly string[] {
  const { word, directory } = commandSpec(command);
  return [
    ...optionsOf(command).map((name) => optionArgument(name, t)),
    ...(word === null ? [] : [quotePosix(`1:${word.toLowerCase()}:${action(wordCompletion(command))}`)]),
    ...(directory ? [quotePosix(`2:dir:${action({ kind: 'directories' })}`)] : []),
  ];
}

function optionArgument(name: OptionName, t: Texts['t']): string {
  const value = valueCompletion(name);
  const summary = plain(t(optionSpec(name).summary));
  return quotePosix(`--${name}[${summary}]${value === null ? '' : `:${name}:${action(value)}`}`);
}

function action(completion: Completion): string {
  switch (completion.kind) {
    case 'words':
      return `(${completion.words.join(' ')})`;
    case 'profiles':
      return '_sts_tray_profiles';
    case 'directories':
      return '_directories';
    case 'none':
      return ' ';
  }
}

/** Escapes the characters that have a meaning for `_arguments` and `_describe`. */
function plain(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, '\\$&');
}
