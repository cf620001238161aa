import type { Result } from '../../contract/app-error.ts';
import type { Terminal } from '../../contract/ui-state.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { Variables } from '../../core/hand-offs/exports.ts';
import { findTerminals, terminalCommand } from './find-terminals.ts';
import { handOverByEnvironment } from './environment-hand-over.ts';
import { handOverByFifo } from './fifo-hand-over.ts';
import { sessionScript } from './session-script.ts';
import { windowTitle } from './terminal-entry.ts';
import type { TerminalWorld } from './terminal-world.ts';

export type TerminalRequest = {
  /** Shown by the window; control characters are removed. */
  readonly title: string;
  /** The absolute path of the folder in which the shell starts. */
  readonly directory: string;
  /** These go to the shell inside, and to no other process. */
  readonly variables: Variables;
  /** Of the environment that they go into. Default: none. */
  readonly unset?: readonly string[];
  /** A folder to put in front of PATH. Default: none. */
  readonly pathFirst?: string | null;
  /** A FIFO that the terminal holds open; not on Windows. Default: none. */
  readonly runFifo?: string | null;
  /** A path or a name in PATH. Default: `SHELL` of the environment, else `/bin/sh`; not on Windows. */
  readonly shell?: string;
};

/**
 * Opens a window of terminal `id`; `auto` stands for the first one found. Resolves as soon as the shell
 * in it has the variables. The terminal outlives the app. Fails with
 * `terminal-none`, `terminal-failed` `{terminal, reason}` or `export-unquotable` `{variable, shell}`.
 */
export async function openTerminal(id: string, request: TerminalRequest, world: TerminalWorld): Promise<Result<{ readonly terminal: Terminal }>> {
  const found = await findTerminals(world);
  const terminal = id === 'auto' ? found[0] : found.find((one) => one.id === id);
  if (terminal === undefined) return failed(id === 'auto' ? appError('terminal-none') : notStarted(id, 'ENOENT'));
  const outcome = await handOver(terminal.id, { ...request, title: windowTitle(request.title) }, world);
  if (!outcome.ok) return failed(outcome.error);
  return outcome.value === null ? succeeded({ terminal }) : failed(notStarted(terminal.label, outcome.value));
}

/** Why the terminal does not have the session, or null when it has. */
async function handOver(id: string, request: TerminalRequest, world: TerminalWorld): Promise<Result<string | null>> {
  const commandFor = (launcher: readonly string[]) => {
    const command = terminalCommand(id, { ...request, launcher });
    if (command === null) throw new Error(`findTerminals found ${id}, which is not in the table`);
    return command;
  };
  if (world.platform === 'win32') return succeeded(await handOverByEnvironment(commandFor([]), request, world));
  const shell = request.shell ?? (world.env['SHELL'] || '/bin/sh');
  const script = sessionScript({ ...request, shell, login: world.platform === 'darwin' });
  if (!script.ok) return failed(script.error);
  return succeeded(await handOverByFifo((fifo) => commandFor(['/bin/sh', fifo]), script.value, world));
}

function notStarted(terminal: string, reason: string) {
  return appError('terminal-failed', { terminal, reason });
}
