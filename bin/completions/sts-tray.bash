# Completions of sts-tray for bash: source <(sts-tray completion bash)

_sts_tray_profiles() {
  sed -n -e 's/^[[:space:]]*\[[[:space:]]*profile[[:space:]][[:space:]]*"\(.*\)"[[:space:]]*\].*$/\1/p' \
    -e 's/^[[:space:]]*\[[[:space:]]*profile[[:space:]][[:space:]]*\(.*[^[:space:]]\)[[:space:]]*\].*$/\1/p' \
    -e 's/^[[:space:]]*\[[[:space:]]*default[[:space:]]*\].*$/default/p' \
    "${STS_TRAY_AWS_CONFIG_FILE:-${AWS_CONFIG_FILE:-$HOME/.aws/config}}" 2>/dev/null
  sed -n 's/^[[:space:]]*\[[[:space:]]*\([^]]*[^][:space:]]\)[[:space:]]*\].*$/\1/p' \
    "${STS_TRAY_AWS_SHARED_CREDENTIALS_FILE:-${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}}" 2>/dev/null
}

# Names may hold spaces, so they are compared line by line and quoted.
_sts_tray_reply() {
  local name
  while IFS= read -r name; do
    if [[ $name == "$current"* ]]; then
      name=$(printf %q "$name")
      COMPREPLY+=("${name#"$colons"}")
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
    word=${COMP_WORDS[index]}
    if ((index > 1)) && [[ $word == :* || ${COMP_WORDS[index - 1]} == *: ]]; then typed[at - 1]+=$word; else starts[at]=$index typed[at++]=$word; fi
  done
  local last=$((at - 1))
  local current=${typed[last]} previous=${typed[last - 1]}
  if [[ $COMP_WORDBREAKS == *:* && $current == *:* ]]; then colons=${current%"${current##*:}"}; fi
  for ((index = 1; index < last; index++)); do
    word=${typed[index]}
    case $word in
      --)
        # Behind the dashes is another command, with completions of its own.
        if [[ $command == exec ]]; then
          if type _comp_command_offset >/dev/null 2>&1; then _comp_command_offset ${starts[index + 1]}
          elif type _command_offset >/dev/null 2>&1; then _command_offset ${starts[index + 1]}
          elif ((index + 1 == last)); then COMPREPLY=($(compgen -c -- "$current"))
          else compopt -o default 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")); fi
        fi
        return ;;
      --user-data-dir | --code-from | --duration | --policy | --shell | --account | --min-left | --name | --colour | --dir | --service | --access-key-id | --region | --limit | --program | --since) ((index++)) ;;
      -*) ;;
      *) if [[ -z $command ]]; then command=$word; else ((words++)); fi ;;
    esac
  done
  case $previous in
    --user-data-dir) _sts_tray_directories; return ;;
    --code-from) :; return ;;
    --duration) :; return ;;
    --policy) COMPREPLY=($(compgen -W 'read-only' -- "$current")); return ;;
    --shell) COMPREPLY=($(compgen -W 'bash zsh fish powershell cmd dotenv json' -- "$current")); return ;;
    --account) :; return ;;
    --min-left) :; return ;;
    --name) :; return ;;
    --colour) COMPREPLY=($(compgen -W 'blue orange purple green teal brown olive gray red pink automatic' -- "$current")); return ;;
    --dir) _sts_tray_directories; return ;;
    --service) :; return ;;
    --access-key-id) :; return ;;
    --region) :; return ;;
    --limit) :; return ;;
    --program) :; return ;;
    --since) :; return ;;
  esac
  case $command in
    '') if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--user-data-dir --help --version' -- "$current")); else COMPREPLY=($(compgen -W 'status login logout sign-ins roles sign-out export credential-process exec check account terminal console revoke activity keys rotate history install uninstall report completion help' -- "$current")); fi ;;
    status) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--json --user-data-dir --help' -- "$current")); elif ((words == 0)); then :; fi ;;
    login) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--code-stdin --code-from --device --duration --policy --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    logout) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--all --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    sign-ins) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--json --user-data-dir --help' -- "$current")); elif ((words == 0)); then :; fi ;;
    roles) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--json --user-data-dir --help' -- "$current")); elif ((words == 0)); then :; fi ;;
    sign-out) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--user-data-dir --help' -- "$current")); elif ((words == 0)); then :; fi ;;
    export) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--shell --policy --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    credential-process) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    exec) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--account --policy --min-left --only --static --no-guard --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    check) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--account --only --json --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; elif ((words == 1)); then _sts_tray_directories; fi ;;
    account) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--name --colour --production --no-production --json --user-data-dir --help' -- "$current")); elif ((words == 0)); then :; fi ;;
    terminal) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--dir --policy --only --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    console) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--service --url --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    revoke) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--dry-run --remove --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    activity) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--access-key-id --region --limit --json --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    keys) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--json --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    rotate) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--delete-old --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    history) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--account --program --since --limit --json --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    install) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--in-place --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    uninstall) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--all --user-data-dir --help' -- "$current")); elif ((words == 0)); then _sts_tray_reply _sts_tray_profiles; fi ;;
    report) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--show-accounts --user-data-dir --help' -- "$current")); elif ((words == 0)); then :; fi ;;
    completion) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--user-data-dir --help' -- "$current")); elif ((words == 0)); then COMPREPLY=($(compgen -W 'bash zsh fish powershell' -- "$current")); fi ;;
    help) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '--user-data-dir --help' -- "$current")); elif ((words == 0)); then COMPREPLY=($(compgen -W 'status login logout sign-ins roles sign-out export credential-process exec check account terminal console revoke activity keys rotate history install uninstall report completion help' -- "$current")); fi ;;
  esac
}

complete -F _sts_tray sts-tray
