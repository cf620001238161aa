import type { Result } from '../../../contract/app-error.ts';
import { succeeded } from '../../../core/errors.ts';
import { exportText, regionMark, unsetText, type Variables } from '../../../core/hand-offs/exports.ts';
import type { OutputShell } from '../../grammar/commands.ts';

/**
 * What `export` prints: the lines of `exportText`, or a JSON object. For a shell, lines that unset the
 * variables of `inTheWay` come first; an env file and JSON cannot unset anything.
 */
export function outputFor(shell: OutputShell, given: Variables, inTheWay: readonly string[]): Result<string> {
  // The mark is for hand-offs to the same shell, and an env file and JSON are for other programs.
  const variables = shell === 'json' || shell === 'dotenv' ? given.filter(([name]) => name !== regionMark) : given;
  if (shell === 'json') return succeeded(`${JSON.stringify(Object.fromEntries(variables), null, 2)}\n`);
  const text = exportText(shell === 'zsh' ? 'bash' : shell, variables);
  return text.ok ? succeeded(inTheWay.map((name) => unsetLine[shell](name)).join('') + text.value) : text;
}

// With `eval $(sts-tray export …)`, without quotes, all lines become one.
const posix = (name: string): string => ` ${unsetText([name]).trimEnd()};\n`;

const unsetLine: Readonly<Record<Exclude<OutputShell, 'json'>, (name: string) => string>> = {
  bash: posix,
  zsh: posix,
  fish: (name) => ` set -e ${name}\n`,
  powershell: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue\n`,
  cmd: (name) => `set "${name}="\r\n`,
  dotenv: () => '',
};
