import type { CommandHandlers } from '../../contract/ipc.ts';
import type { OtherTools } from './other-tools.ts';

/** What the windows ask of the tools that the user had before. */
export function otherToolCommands({ otherTools }: { readonly otherTools: OtherTools }) {
  return { bringKeysOver: (request) => otherTools.bringKeysOver(request) } satisfies Partial<CommandHandlers>;
}
