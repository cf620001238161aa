import type { Result } from '../../contract/app-error.ts';
import { exportText, quotePosix, unsetText, type Variables } from '../../core/hand-offs/exports.ts';
import { failed, succeeded } from '../../core/errors.ts';
import { bashPromptCommand, fishInitCommand, zshStartFolder } from '../../core/hand-offs/guard-first.ts';
import { bashLook, fishLook } from '../../core/hand-offs/terminal-look.ts';
import { staleVariables } from '../../core/hand-offs/stale-variables.ts';

export type SessionShell = {
  /** The user's shell, as a path or a name in PATH. */
  readonly shell: string;
  /** Terminals of macOS start login shells; those elsewhere don't. */
  readonly login: boolean;
  readonly title: string;
  /** An absolute path. */
  readonly directory: string;
  readonly variables: Variables;
  /** Variables that would contradict those, besides other credentials. Default: none. */
  readonly unset?: readonly string[];
  /** A folder to put in front of PATH, and to keep there. Default: none. */
  readonly pathFirst?: string | null;
  /** A FIFO that is held open as long as the terminal and what it started lasts. Default: none. */
  readonly runFifo?: string | null;
};

/**
 * What `/bin/sh` runs inside the terminal: it sets `variables` and becomes the user's interactive
 * shell. It holds the secrets, so it goes through a FIFO and never to the disk. Fails with
 * `export-unquotable` `{variable, shell}`.
 */
export function sessionScript({ shell, login, title, directory, variables, unset = [], pathFirst = null, runFifo = null }: SessionShell): Result<string> {
  const exports = exportText('bash', variables);
  if (!exports.ok) return failed(exports.error);
  // The braces make sh read all of it before it runs any of it.
  return succeeded(`{
${unsetText([...staleVariables, ...unset])}${exports.value}${runFifo === null ? '' : heldOpen(runFifo)}printf '\\033]2;%s\\007' ${quotePosix(title)}
cd -- ${quotePosix(directory)}
SHELL=${quotePosix(shell)}
command -v "$SHELL" >/dev/null || SHELL=/bin/sh
export SHELL
set --${login ? ' -l' : ''}
${beforePrompts(pathFirst)}exec "$SHELL" "$@"
}
`);
}

/** Nobody else uses a descriptor of this shell yet. */
function heldOpen(fifo: string): string {
  return `if [ -p ${quotePosix(fifo)} ]; then exec 9<>${quotePosix(fifo)}; fi\n`;
}

/**
 * What the user's shell does behind its start files: it looks whether the session is still in use, and puts the
 * folder, if any, in front of PATH again. zsh looks only where there is a folder, which has a start file for it.
 */
function beforePrompts(folder: string | null): string {
  const inBash = [bashLook, ...(folder === null ? [] : [bashPromptCommand(folder)])].join('; ');
  const inFish = [fishLook, ...(folder === null ? [] : [fishInitCommand(folder)])].join('; ');
  const inZsh =
    folder === null ? '' : `zsh) STS_TRAY_ZDOTDIR=\${ZDOTDIR-} ZDOTDIR=${quotePosix(`${folder}/${zshStartFolder}`)}; export STS_TRAY_ZDOTDIR ZDOTDIR ;;`;
  return `${folder === null ? '' : `PATH=${quotePosix(folder)}\${PATH:+":$PATH"}; export PATH\n`}PROMPT_COMMAND=${quotePosix(inBash)}\${PROMPT_COMMAND:+";$PROMPT_COMMAND"}
export PROMPT_COMMAND
case \${SHELL##*/} in
  ${inZsh}
  fish) set -- "$@" -C ${quotePosix(inFish)} ;;
esac
`;
}
