import { guardedSubcommands } from '../terraform/runs/subcommands.ts';
import { quotePosix } from './exports.ts';

/** The programs that are guarded in a terminal. Terragrunt starts these, and so finds the guarded ones. */
export const guardedPrograms = ['terraform', 'tofu'] as const;

/** The variables that a guarded program reads. */
export const guardVariables = {
  /** The profile whose session the terminal has; empty, or not set, for no guard. */
  profile: 'STS_TRAY_GUARD',
  /** The access key ID that the terminal was opened with, if it has the credentials themselves. */
  accessKeyId: 'STS_TRAY_GUARD_KEY',
  /** The accounts that every provider has to reach one of, with commas between them. */
  account: 'STS_TRAY_GUARD_ACCOUNT',
} as const;

/**
 * A shell script that stands before the real program in PATH. It has the account guard check what reaches
 * AWS as a deployment does, and then becomes the real program. `command` starts this app's command line.
 */
export function guardedProgram(command: readonly string[]): string {
  const { profile, account } = guardVariables;
  return `#!/bin/sh
# Written by STS Tray: stands before the real program in its terminals, and has the account guard look first.
set -euf
sts_name=\${0##*/}
sts_program='' sts_separators=$IFS
IFS=:
for sts_folder in $PATH; do
  sts_found=\${sts_folder:-.}/$sts_name
  if [ -f "$sts_found" ] && [ -x "$sts_found" ] && ! [ "$sts_found" -ef "$0" ]; then
    sts_program=$sts_found
    break
  fi
done
IFS=$sts_separators
if [ -z "$sts_program" ]; then
  echo "$sts_name: command not found" >&2
  exit 127
fi
sts_subcommand=''
for sts_word do
  case $sts_word in
    -*) ;;
    *) sts_subcommand=$sts_word; break ;;
  esac
done
case $sts_subcommand in
  ${guardedSubcommands.join(' | ')})
    if [ "\${${profile}-}" ]; then
      exec ${command.map(quotePosix).join(' ')} exec "$${profile}" --from-terminal \${${account}:+--account "$${account}"} -- "$sts_program" "$@"
    fi
    ;;
esac
exec "$sts_program" "$@"
`;
}
