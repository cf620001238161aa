import type { CommandHandlers } from '../../contract/ipc.ts';
import type { SourcedCodes } from './sourced-codes.ts';

/** What the prompt's window asks of the source of its code. */
export function promptCommands({ sourcedCodes }: { readonly sourcedCodes: SourcedCodes }) {
  return { askCodeSource: (request) => sourcedCodes.use(request) } satisfies Partial<CommandHandlers>;
}
