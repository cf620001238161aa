import type { CommandHandlers } from '../../contract/ipc.ts';
import type { ConsoleSignIns } from './console-sign-ins.ts';
import type { HandOffs } from './hand-offs.ts';

/** The hand-offs that a window can ask for. */
export function handOffCommands({ handOffs, consoles }: { readonly handOffs: HandOffs; readonly consoles: ConsoleSignIns }) {
  return {
    copyExports: (request) => handOffs.copyExports(request),
    openTerminal: (request) => handOffs.openTerminal(request),
    openConsole: (request) => consoles.openFromPanel(request),
  } satisfies Partial<CommandHandlers>;
}
