import { quotePosix, type Variables } from './exports.ts';
import { staleVariables } from './stale-variables.ts';

// Start files run after a terminal got its session, and may set a profile, or unset the files that bring the session:
// then its title names one identity, and the programs in it use another. So the first prompt looks.

/** Holds a script for `/bin/sh`. Not a word of it becomes an argument of a program, since it knows the relay's address. */
const lookVariable = 'STS_TRAY_LOOK';

/** Of what a terminal is given, that which says whose session it is, and where its calls go. A secret is known by its key's ID. */
const telling = ['AWS_PROFILE', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_ACCESS_KEY_ID', 'AWS_ENDPOINT_URL_STS'];

/** Runs the look once, in bash before a prompt. */
export const bashLook = `[ -z "\${${lookVariable}-}" ] || { sh -c 'eval "$${lookVariable}"'; unset ${lookVariable}; }`;

/** The same in zsh. */
export const zshLook = `[[ -z \${${lookVariable}-} ]] || { sh -c 'eval "$${lookVariable}"'; unset ${lookVariable} }`;

/** The same for fish, as a part of its `--init-command`. */
export const fishLook = `function __sts_tray_look --on-event fish_prompt; if set -q ${lookVariable}; sh -c 'eval "$${lookVariable}"'; set -e ${lookVariable}; end; end`;

/** What a terminal with these variables is told to look for; `warning` makes a sentence of the names of those that changed. */
export function lookVariables(variables: Variables, warning: (names: string) => string): Variables {
  const given = new Map(variables);
  const names = [...telling.filter((name) => given.has(name)), ...staleVariables.filter((name) => !given.has(name))];
  const [before = '', after = ''] = warning('\0').split('\0');
  const looks = names.map((name) => `[ "\${${name}-}" = ${quotePosix(given.get(name) ?? '')} ] || c="$c, ${name}"`);
  const script = ['c=', ...looks, `[ -z "$c" ] || printf '%s%s%s\\n' ${quotePosix(`sts-tray: ${before}`)} "\${c#, }" ${quotePosix(after)} >&2`];
  return [[lookVariable, script.join('\n')]];
}
