import { quotePosix } from './exports.ts';
import { zshLook } from './terminal-look.ts';

// Login shells put PATH in an order of their own: /etc/profile of Debian sets it anew, path_helper of macOS
// puts the system's folders first. These put a folder first again, before each prompt.

/** bash runs this before each prompt, and hands it on to the shells that are started in it (Bash Reference Manual, `PROMPT_COMMAND`). */
export function bashPromptCommand(folder: string): string {
  return `case $PATH in ${quotePosix(`${folder}:`)}*) ;; *) PATH=${quotePosix(`${folder}:`)}$PATH ;; esac`;
}

/** For fish, as its `--init-command`. */
export function fishInitCommand(folder: string): string {
  const quoted = `'${folder.replaceAll(/[\\']/g, '\\$&')}'`;
  return `function __sts_tray_guard_first --on-event fish_prompt; test "$PATH[1]" = ${quoted}; or set -gx PATH ${quoted} $PATH; end`;
}

/**
 * The `.zshenv` of a folder that zsh is given as its ZDOTDIR, with the user's own in `STS_TRAY_ZDOTDIR`: zsh
 * has neither a variable nor an option for a command before the prompt. From then on all is the user's own.
 */
export function zshStartFile(folder: string): string {
  return `# Written by STS Tray: puts its guarded programs in front of PATH before each prompt, and looks once whether the session is still in use.
if [[ -n \${STS_TRAY_ZDOTDIR-} ]]; then export ZDOTDIR=$STS_TRAY_ZDOTDIR; else unset ZDOTDIR; fi
unset STS_TRAY_ZDOTDIR
sts_tray_guard_first() { [[ $PATH == ${quotePosix(`${folder}:`)}* ]] || PATH=${quotePosix(`${folder}:`)}$PATH }
sts_tray_look() { ${zshLook} }
typeset -ga precmd_functions
precmd_functions+=(sts_tray_guard_first sts_tray_look)
if [[ -r \${ZDOTDIR:-$HOME}/.zshenv ]]; then source \${ZDOTDIR:-$HOME}/.zshenv; fi
`;
}

/** The name of that folder, within the one that holds the guarded programs. */
export const zshStartFolder = 'zsh-start';
