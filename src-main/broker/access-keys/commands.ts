import type { CommandHandlers } from '../../contract/ipc.ts';
import type { AccessKeySheet } from './access-key-sheet.ts';

/** What the panel asks of a profile's access keys. */
export function accessKeyCommands({ accessKeys }: { readonly accessKeys: AccessKeySheet }) {
  return {
    showAccessKeys: (request) => accessKeys.show(request),
    rotateAccessKey: (request) => accessKeys.rotate(request),
    deleteOldAccessKey: (request) => accessKeys.deleteOld(request),
  } satisfies Partial<CommandHandlers>;
}
