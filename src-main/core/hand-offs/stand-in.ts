/**
 * What reads the scripts. Bash passes on variables whose names no shell can hold, such as `TF_VAR_db-name`; `sh` often
 * drops them, and the program behind a script would get another environment than its caller's. As POSIX has it, so
 * that no start file is read.
 */
const interpreters = { bash: '/bin/bash --posix', sh: '/bin/sh' } as const;

export type Interpreter = keyof typeof interpreters;

/**
 * A shell script that stands before the program of its own name in PATH. `body` may end with becoming
 * `$sts_program`, which is the program behind it; otherwise the script becomes that at its end.
 *
 * That is the first one behind the script's own folder, so that the scripts of two apps in one PATH do not
 * become each other for ever.
 */
export function standIn(interpreter: Interpreter, purpose: string, body: string): string {
  return `#!${interpreters[interpreter]}
# Written by STS Tray: ${purpose}
set -euf
sts_name=\${0##*/}
sts_program='' sts_separators=$IFS
IFS=:
for sts_folder in $PATH; do
  sts_found=\${sts_folder:-.}/$sts_name
  if [ "$sts_found" -ef "$0" ]; then
    sts_program=''
  elif [ -z "$sts_program" ] && [ -f "$sts_found" ] && [ -x "$sts_found" ]; then
    sts_program=$sts_found
  fi
done
IFS=$sts_separators
if [ -z "$sts_program" ]; then
  echo "$sts_name: command not found" >&2
  exit 127
fi
${body}exec "$sts_program" "$@"
`;
}
