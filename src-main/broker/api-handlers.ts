import { mergeHandlers } from '../core/merge-handlers.ts';
import { accessKeyApiHandlers } from './access-keys/api-handlers.ts';
import { portalApiHandlers } from './access-portals/api-handlers.ts';
import { accountApiHandlers } from './accounts/api-handlers.ts';
import { activityApiHandlers } from './activity/api-handlers.ts';
import { consoleApiHandlers } from './hand-offs/console-api-handlers.ts';
import { handOffApiHandlers } from './hand-offs/api-handlers.ts';
import { terminalApiHandlers } from './hand-offs/terminal-api-handlers.ts';
import { ledgerApiHandlers } from './ledger/api-handlers.ts';
import type { Callers } from './local-api/callers.ts';
import type { ApiHandlers } from './local-api/server.ts';
import type { BrokerParts } from './parts.ts';
import { withCurrentFiles } from './profiles/current-files.ts';
import { profileApiHandlers } from './profiles/api-handlers.ts';
import { ofSameFiles } from './profiles/same-files.ts';
import { projectApiHandlers } from './projects/api-handlers.ts';
import { relayApiHandlers } from './relay/api-handlers.ts';
import { revocationApiHandlers } from './revocation/api-handlers.ts';
import { sessionApiHandlers } from './sessions/api-handlers.ts';
import { signInApiHandlers } from './sign-in/api-handlers.ts';
import type { BrokerWorld } from './world.ts';

type World = Pick<BrokerWorld, 'watchRun' | 'now' | 'env' | 'dataFolder'> & { readonly refreshFor: (profile: string | null) => Promise<void> };

/** What the app answers itself. */
export type AppAnswered = 'panel' | 'report' | 'exec';

/** What the local API answers: the commands of the command line, on the one broker. */
export function brokerApiHandlers(
  brokerParts: BrokerParts,
  callers: Callers,
  { watchRun, now, env, dataFolder, refreshFor }: World,
): Omit<ApiHandlers, AppAnswered> {
  const parts = { ...brokerParts, callers, now };
  const handlers = mergeHandlers(
    accountApiHandlers(parts),
    sessionApiHandlers(parts),
    signInApiHandlers(parts),
    portalApiHandlers(parts),
    handOffApiHandlers({
      ...parts,
      watchRun,
      recordRun: (run, profile, seen) => void parts.projects.recordRun(run, profile, seen),
    }),
    terminalApiHandlers(parts),
    consoleApiHandlers(parts),
    profileApiHandlers(parts),
    projectApiHandlers(parts),
    relayApiHandlers(parts),
    ledgerApiHandlers(parts),
    activityApiHandlers(parts),
    revocationApiHandlers(parts),
    accessKeyApiHandlers(parts),
  );
  return ofSameFiles(withCurrentFiles(handlers, refreshFor), { files: parts.files, env, dataFolder });
}
