import type { Result } from '../../contract/app-error.ts';
import { exportText, quotePosix, unsetText, type Variables } from '../../core/hand-offs/exports.ts';
import { failed, succeeded } from '../../core/errors.ts';
import { bashPromptCommand, fishInitCommand, zshStartFolder } from '../../core/hand-offs/guard-first.ts';
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
${pathFirst === null ? '' : inFront(pathFirst)}exec "$SHELL" "$@"
}
`);
}

/** Nobody else uses a descriptor of this shell yet. */
function heldOpen(fifo: string): string {
  return `if [ -p ${quotePosix(fifo)} ]; then exec 9<>${quotePosix(fifo)}; fi\n`;
}

/** Puts a folder in front of PATH, and has the user's shell put it there again behind its start files. */
function inFront(folder: string): string {
  return `PATH=${quotePosix(folder)}\${PATH:+":$PATH"}
PROMPT_COMMAND=${quotePosix(bashPromptCommand(folder))}\${PROMPT_COMMAND:+";$PROMPT_COMMAND"}
export PATH PROMPT_COMMAND
case \${SHELL##*/} in
  zsh) STS_TRAY_ZDOTDIR=\${ZDOTDIR-} ZDOTDIR=${quotePosix(`${folder}/${zshStartFolder}`)}; export STS_TRAY_ZDOTDIR ZDOTDIR ;;
  fish) set -- "$@" -C ${quotePosix(fishInitCommand(folder))} ;;
esac
`;
}
