import type { CommandHandlers } from '../../contract/ipc.ts';
import type { RevocationSheet } from './revocation-sheet.ts';

/** What the panel asks of a revocation, and of the policy that it leaves. */
export function revocationCommands({ revocation }: { readonly revocation: RevocationSheet }) {
  return {
    previewRevocation: (request) => revocation.show(request),
    revoke: (request) => revocation.revoke(request),
    removeRevocation: (request) => revocation.remove(request),
    forgetRevocation: (request) => revocation.forget(request),
  } satisfies Partial<CommandHandlers>;
}
