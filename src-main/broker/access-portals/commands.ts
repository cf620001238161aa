import type { CommandHandlers } from '../../contract/ipc.ts';
import type { PortalAccountsSheet } from './portal-accounts-sheet.ts';

/** What the windows ask of the accounts and roles of access portals. */
export function portalCommands({ portalSheet }: { readonly portalSheet: PortalAccountsSheet }) {
  return {
    showPortalAccounts: ({ signInId }) => portalSheet.show(signInId),
    refreshPortalAccounts: () => portalSheet.refresh(),
    previewProfiles: ({ chosen }) => portalSheet.preview(chosen),
    writeProfiles: () => portalSheet.write(),
  } satisfies Partial<CommandHandlers>;
}
