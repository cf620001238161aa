import type { Variables } from '../../core/hand-offs/exports.ts';
import { childOutcome, withinLimit } from './child-outcome.ts';
import { terminalEnvironment } from './environment.ts';
import type { TerminalCommand } from './terminal-entry.ts';
import type { TerminalWorld } from './terminal-world.ts';

type Handed = { readonly directory: string; readonly variables: Variables };

/**
 * Starts a terminal with the variables in its environment block (Windows), and resolves when it
 * has been started: null, or a few words on why not.
 */
export async function handOverByEnvironment(command: TerminalCommand, { directory, variables }: Handed, world: TerminalWorld): Promise<string | null> {
  const child = world.spawn(command.file, command.args, {
    cwd: directory,
    env: { ...terminalEnvironment(world.env, world.platform), ...Object.fromEntries(variables) },
    stdio: 'ignore',
    windowsVerbatimArguments: command.verbatim ?? false,
  });
  child.unref();
  return withinLimit(childOutcome(child), world);
}
