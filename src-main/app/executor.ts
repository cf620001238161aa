import type { Command, CommandHandlers, CommandRequest } from '../contract/ipc.ts';
import type { CommandName } from '../contract/command-names.ts';
import { logEvent } from '../platform/desktop/log.ts';

/** Carries out what windows, tray and notifications ask for. Nobody waits for the end of it. */
export function executor(commands: CommandHandlers, openPanel: () => void): (command: Command) => void {
  const carryOut = <N extends CommandName>({ name, request }: { readonly name: N; readonly request: CommandRequest<N> }): void => void commands[name](request);
  return (command) => {
    logEvent({ event: 'command', name: command.name });
    // The tray and notifications offer it too, while there is no panel to show it.
    if (command.name === 'showHistory') openPanel();
    carryOut(command);
  };
}
