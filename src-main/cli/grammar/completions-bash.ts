import { commandNames, commandSpec, globalOptions } from './commands.ts';
import { optionsOf, optionsWithValue, profilesInPosixShell, valueCompletion, wordCompletion, type Completion } from './completion-words.ts';

/** Also works in bash 3.2, which macOS has. */
export function bashCompletion(): string {
  const values = optionsWithValue.map((name) => `    --${name}) ${reply(valueCompletion(name))}; return ;;`);
  const commands = commandNames.map((command) => {
    const directory = commandSpec(command).directory ? ` elif ((words == 1)); then ${reply({ kind: 'directories' })};` : '';
    const options = optionsOf(command)
      .map((name) => `--${name}`)
      .join(' ');
    return `    ${command}) if [[ $current == -* ]]; then ${offer(options)}; elif ((words == 0)); then ${reply(wordCompletion(command))};${directory} fi ;;`;
  });
  return `# Completions of sts-tray for bash: source <(sts-tray completion bash)

_sts_tray_profiles() {
${profilesInPosixShell}
}

# Names may hold spaces, so they are compared line by line and quoted.
_sts_tray_reply() {
  local name
  while IFS= read -r name; do
    if [[ $name == "$current"* ]]; then
      name=$(printf %q "$name")
      COMPREPLY+=("\${name#"$colons"}")
    fi
  done < <("$@" | sort -u)
}

_sts_tray_directories() {
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -d -- "$current"))
}

_sts_tray() {
  local typed=() starts=() at=0 command='' words=0 index word colons=''
  COMPREPLY=()
  # To bash a colon is a word of its own, and only what follows the last one is replaced.
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if ((index > 1)) && [[ $word == :* || \${COMP_WORDS[index - 1]} == *: ]]; then typed[at - 1]+=$word; else starts[at]=$index typed[at++]=$word; fi
  done
  local last=$((at - 1))
  local current=\${typed[last]} previous=\${typed[last - 1]}
  if [[ $COMP_WORDBREAKS == *:* && $current == *:* ]]; then colons=\${current%"\${current##*:}"}; fi
  for ((index = 1; index < last; index++)); do
    word=\${typed[index]}
    case $word in
      --)
        # Behind the dashes is another command, with completions of its own.
        if [[ $command == exec ]]; then
          if type _comp_command_offset >/dev/null 2>&1; then _comp_command_offset \${starts[index + 1]}
          elif type _command_offset >/dev/null 2>&1; then _command_offset \${starts[index + 1]}
          elif ((index + 1 == last)); then COMPREPLY=($(compgen -c -- "$current"))
          else compopt -o default 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")); fi
        fi
        return ;;
      ${optionsWithValue.map((name) => `--${name}`).join(' | ')}) ((index++)) ;;
      -*) ;;
      *) if [[ -z $command ]]; then command=$word; else ((words++)); fi ;;
    esac
  done
  case $previous in
${values.join('\n')}
  esac
  case $command in
    '') if [[ $current == -* ]]; then ${offer(globalOptions.map((name) => `--${name}`).join(' '))}; else ${offer(commandNames.join(' '))}; fi ;;
${commands.join('\n')}
  esac
}

complete -F _sts_tray sts-tray
`;
}

function reply(completion: Completion | null): string {
  switch (completion?.kind) {
    case 'words':
      return offer(completion.words.join(' '));
    case 'profiles':
      return '_sts_tray_reply _sts_tray_profiles';
    case 'directories':
      return '_sts_tray_directories';
    default:
      return ':';
  }
}

function offer(words: string): string {
  return `COMPREPLY=($(compgen -W '${words}' -- "$current"))`;
}
