import { mergeHandlers } from '../core/merge-handlers.ts';
import { accessKeyCommands } from './access-keys/commands.ts';
import { portalCommands } from './access-portals/commands.ts';
import { activityCommands } from './activity/commands.ts';
import { handOffCommands } from './hand-offs/commands.ts';
import { ledgerCommands } from './ledger/commands.ts';
import { otherToolCommands } from './other-tools/commands.ts';
import type { BrokerParts } from './parts.ts';
import { profileCommands } from './profiles/commands.ts';
import { withCurrentFiles } from './profiles/current-files.ts';
import { projectCommands } from './projects/commands.ts';
import { promptCommands } from './prompts/commands.ts';
import { questionCommands } from './questions/commands.ts';
import { revocationCommands } from './revocation/commands.ts';
import { sessionCommands } from './sessions/commands.ts';
import { signInCommands } from './sign-in/commands.ts';
import { stateCommands } from './state/commands.ts';

/** The window commands that take no more than the broker; those with dialogs and windows are the app's. */
export function brokerCommands(parts: BrokerParts, refreshFor: (profile: string | null) => Promise<void>) {
  const { requestSession, submitMfa, ...ofSessions } = sessionCommands(parts);
  return mergeHandlers(
    stateCommands(parts),
    withCurrentFiles({ requestSession, submitMfa }, refreshFor),
    ofSessions,
    promptCommands(parts),
    withCurrentFiles(handOffCommands(parts), refreshFor),
    profileCommands(parts),
    otherToolCommands(parts),
    signInCommands(parts),
    portalCommands(parts),
    projectCommands(parts),
    ledgerCommands(parts),
    activityCommands(parts),
    questionCommands(parts),
    revocationCommands(parts),
    accessKeyCommands(parts),
  );
}
