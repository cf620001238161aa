import { localResources } from '../terraform/local-state.ts';
import { KeyRotations } from './access-keys/key-rotations.ts';
import { KeysToConfirm } from './access-keys/keys-to-confirm.ts';
import { AccessKeySheet } from './access-keys/access-key-sheet.ts';
import { Activities } from './activity/activities.ts';
import { brokerApiHandlers, type AppAnswered } from './api-handlers.ts';
import { brokerCommands } from './commands.ts';
import { openFoundation } from './foundation.ts';
import { ForeignCommands } from './foreign/foreign-commands.ts';
import type { RunForeignCommand } from './foreign/foreign-sessions.ts';
import { openHandOffs } from './hand-offs/open-hand-offs.ts';
import { HistorySheet } from './ledger/history-sheet.ts';
import { Callers } from './local-api/callers.ts';
import type { ApiHandlers } from './local-api/server.ts';
import type { BrokerParts } from './parts.ts';
import { Installations } from './profiles/installations.ts';
import { ProfileChanges } from './profiles/profile-changes.ts';
import { AccountGuard } from './projects/account-guard.ts';
import { accountsBoundTo } from './projects/known-project.ts';
import { Projects } from './projects/projects.ts';
import { Confirmations } from './questions/confirmations.ts';
import { OpenQuestions } from './questions/open-questions.ts';
import { openRelay } from './relay/open-relay.ts';
import { OtherTools } from './other-tools/other-tools.ts';
import type { FolderBinding } from './relay/relayed-hand-offs.ts';
import { PortalAccountsSheet } from './access-portals/portal-accounts-sheet.ts';
import { RevocationSheet } from './revocation/revocation-sheet.ts';
import { Revocations } from './revocation/revocations.ts';
import { TerminalRuns } from './terminal-runs/terminal-runs.ts';
import { ConfirmedCommands } from './user-commands/confirmed-commands.ts';
import type { BrokerWorld } from './world.ts';
import { openSessions } from './open-sessions.ts';

export type Broker = BrokerParts & {
  readonly commands: ReturnType<typeof brokerCommands>;
  readonly apiHandlers: Omit<ApiHandlers, AppAnswered>;
  /** Whether the kernel says that a request comes from the process that it names. */
  readonly isCaller: Callers['isVerified'];
  /** Reads the AWS files. */
  readonly loadConfig: () => Promise<void>;
  /** Reads them where they changed since, of which no watch may have told. */
  readonly refreshConfig: () => Promise<void>;
  /** Ends what waits, and resolves when all that has to be kept is written. */
  readonly dispose: () => Promise<void>;
};

/** Puts the broker's parts together: what all features stand on, then sessions, then one feature after the other. */
export function createBroker(world: BrokerWorld): Broker {
  const foundation = openFoundation(world);
  const questions = new OpenQuestions(foundation.store, world.raiseQuestion);
  const confirmedCommands = new ConfirmedCommands({ ...foundation, questions });
  const foreignCommands = new ForeignCommands({ ...world, ...foundation, confirmed: confirmedCommands });
  const runForeign: RunForeignCommand = (profile, line, run) => foreignCommands.run(profile, line, run);
  const opened = openSessions(world, foundation, { questions, confirmedCommands, runForeign });
  const { signIns, heldSignIns, portalAccounts, places, held, asked, limited, chosen, keyAges, prompts, sourcedCodes, sessions, currentFiles, refreshFor } =
    opened;
  const loadConfig = () => currentFiles.load();
  const refreshConfig = () => currentFiles.refresh();
  const { store, settings, sheets, ledger, files, vaults, installer, now } = foundation;
  const shared = { ...foundation, held, chosen, sessions, loadConfig, vault: vaults.accessKeys };

  const guard = new AccountGuard({ ...shared, commandLine: world.commandLine });
  const projects = new Projects({ store, settings, guard, read: world.readProject, localResources, now });
  const binding: FolderBinding = {
    boundTo: (project) => accountsBoundTo(store.content.settings, project),
    bind: (request) => projects.bind(request),
  };
  const relay = openRelay({ ...world, ...foundation, ...binding, questions });
  const terminalRuns = new TerminalRuns({ ...world, ...binding, store, held, runs: relay.relayRuns });
  const otherTools = new OtherTools({ ...world, ...shared });
  const callers = new Callers(world);
  const confirmations = new Confirmations({ questions, now });
  const installations = new Installations({ ...shared, installer, confirmations, keychain: () => world.cipher.state() });
  const parts: BrokerParts = {
    store,
    files,
    aws: foundation.aws,
    settings,
    sheets,
    ledger,
    history: new HistorySheet(sheets, ledger),
    held,
    limited,
    chosen,
    sessions,
    sourcedCodes,
    installations,
    profileChanges: new ProfileChanges({ ...shared, installations }),
    ...openHandOffs({ ...world, ...shared, questions, terminalRuns, seen: () => currentFiles.seen }),
    guard,
    projects,
    ...relay,
    terminalRuns,
    questions,
    confirmations,
    confirmedCommands,
    otherTools,
    signIns,
    heldSignIns,
    places,
    portalAccounts,
    portalSheet: new PortalAccountsSheet({ ...shared, places, portalAccounts }),
    ...openSheets({ ...shared, newKeys: vaults.newAccessKeys }),
    keyAges,
  };
  return {
    ...parts,
    commands: brokerCommands(parts, refreshFor),
    apiHandlers: brokerApiHandlers(parts, callers, { ...world, refreshFor }),
    isCaller: (request, context) => callers.isVerified(request, context),
    loadConfig,
    refreshConfig,
    dispose: async () => {
      sourcedCodes.dispose();
      confirmedCommands.dispose();
      otherTools.dispose();
      asked.dispose();
      prompts.dispose();
      await signIns.dispose();
      await vaults.signIns.dispose();
      await parts.relay.dispose();
      await vaults.sessions.settled();
      await ledger.settled();
      vaults.sessions.dispose();
    },
  };
}

type SheetParts = ConstructorParameters<typeof Revocations>[0] &
  ConstructorParameters<typeof KeyRotations>[0] &
  ConstructorParameters<typeof Activities>[0] &
  ConstructorParameters<typeof KeysToConfirm>[0];

/** What the sheets show, and what is done from them at AWS. */
function openSheets(shared: SheetParts & Pick<BrokerParts, 'store' | 'sheets'>) {
  const revocations = new Revocations(shared);
  const keyRotations = new KeyRotations(shared);
  return {
    activities: new Activities(shared),
    revocations,
    revocation: new RevocationSheet({ ...shared, revocations }),
    keyRotations,
    keysToConfirm: new KeysToConfirm(shared),
    accessKeys: new AccessKeySheet({ ...shared, keyRotations }),
  };
}
