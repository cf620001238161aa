import type { Result } from '../../contract/app-error.ts';
import { exportText, quotePosix, type Variables } from '../../core/hand-offs/exports.ts';
import { failed, succeeded } from '../../core/errors.ts';
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
  /** A folder to put in front of PATH. Default: none. */
  readonly pathFirst?: string | null;
};

/**
 * What `/bin/sh` runs inside the terminal: it sets `variables` and becomes the user's interactive
 * shell. It holds the secrets, so it goes through a FIFO and never to the disk. Fails with
 * `export-unquotable` `{variable, shell}`.
 */
export function sessionScript({ shell, login, title, directory, variables, pathFirst = null }: SessionShell): Result<string> {
  const exports = exportText('bash', variables);
  if (!exports.ok) return failed(exports.error);
  const path = pathFirst === null ? '' : `PATH=${quotePosix(pathFirst)}\${PATH:+":$PATH"}\nexport PATH\n`;
  // The braces make sh read all of it before it runs any of it.
  return succeeded(`{
unset ${staleVariables.join(' ')}
${exports.value}${path}printf '\\033]2;%s\\007' ${quotePosix(title)}
cd -- ${quotePosix(directory)}
SHELL=${quotePosix(shell)}
command -v "$SHELL" >/dev/null || SHELL=/bin/sh
export SHELL
exec "$SHELL"${login ? ' -l' : ''}
}
`);
}
