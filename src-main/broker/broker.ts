import { join } from 'node:path';
import type { Result } from '../contract/app-error.ts';
import type { ProjectReading } from '../contract/terraform-project.ts';
import type { Desktop, WaitingProgram } from '../contract/ui-state.ts';
import { awsCalls } from '../aws/requests/calls.ts';
import type { AwsFiles } from '../aws/files/environment.ts';
import { callerIdentity } from '../aws/requests/identity.ts';
import { hasProfile, loadAwsConfig, profileSettings, readAccessKey } from '../aws/files/profiles.ts';
import { credentialProcessLine } from '../core/profiles/credential-process-line.ts';
import type { AccessKey } from '../core/credentials.ts';
import { succeeded } from '../core/errors.ts';
import { Turns } from '../core/turns.ts';
import { localResources } from '../terraform/local-state.ts';
import { AccessKeyVault } from '../vault/access-key-vault.ts';
import type { Cipher } from '../core/cipher.ts';
import { LedgerFile } from './ledger/ledger-file.ts';
import { SessionVault } from '../vault/session-vault.ts';
import { AccessKeyCare } from './access-keys/access-key-care.ts';
import { AccessKeySheet } from './access-keys/access-key-sheet.ts';
import { AccountGuard } from './projects/account-guard.ts';
import { Activities } from './activity/activities.ts';
import { CodeExchange } from './issuing/code-exchange.ts';
import { ConsoleSignIns } from './hand-offs/console-sign-ins.ts';
import { GuardedPath } from './hand-offs/guarded-path.ts';
import { HandOffs, type HandOffTargets } from './hand-offs/hand-offs.ts';
import { HeldSessions } from './sessions/held-sessions.ts';
import { HistorySheet } from './ledger/history-sheet.ts';
import { Ledger } from './ledger/ledger.ts';
import { apiHandlers } from './local-api/handlers.ts';
import type { ApiHandlers } from './local-api/server.ts';
import { MfaPrompts } from './prompts/mfa-prompts.ts';
import { ProfileChanges } from './profiles/profile-changes.ts';
import { ProfileInstaller } from './profiles/profile-installer.ts';
import { Projects } from './projects/projects.ts';
import { RenewableConfiguration } from './hand-offs/renewable-configuration.ts';
import { RevocationSheet } from './revocation/revocation-sheet.ts';
import { Revocations } from './revocation/revocations.ts';
import { RoleSessions } from './issuing/role-sessions.ts';
import { SessionManager } from './sessions/session-manager.ts';
import { settingsContent, SettingsManager, type SettingsKeeper } from './state/settings-manager.ts';
import { Sheets } from './state/sheets.ts';
import { initialContent, UiStateStore } from './state/ui-state-store.ts';

/** What the broker needs of the world around it. */
export type BrokerWorld = {
  readonly files: AwsFiles;
  /** The app's own folder. */
  readonly dataFolder: string;
  /** The user's. */
  readonly home: string;
  readonly platform: Desktop['platform'];
  /** The app's environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly settings: SettingsKeeper;
  readonly systemLanguages: readonly string[];
  readonly cipher: Cipher;
  /** How a `credential_process` line starts this app's command line. */
  readonly commandLine: readonly string[];
  readonly targets: HandOffTargets;
  readonly callingProgram: (pid: number) => Promise<Omit<WaitingProgram, 'profile'> | null>;
  /** What the Terraform project in a folder says. */
  readonly readProject: (folder: string) => Promise<Result<ProjectReading>>;
  /** Makes a FIFO by which the end of a run is seen; null where there can be none. */
  readonly watchRun: (onEnd: (seconds: number) => void) => Promise<string | null>;
  readonly raisePrompt: () => void;
  readonly openPanel: () => void;
  readonly now: () => number;
};

export type Broker = {
  readonly store: UiStateStore;
  readonly settings: SettingsManager;
  readonly held: HeldSessions;
  readonly sessions: SessionManager;
  readonly handOffs: HandOffs;
  readonly profileChanges: ProfileChanges;
  readonly projects: Projects;
  readonly sheets: Sheets;
  readonly history: HistorySheet;
  readonly activities: Activities;
  readonly revocation: RevocationSheet;
  readonly keyCare: AccessKeyCare;
  readonly accessKeys: AccessKeySheet;
  readonly consoles: ConsoleSignIns;
  readonly apiHandlers: ApiHandlers;
  /** Reads the AWS files. One reading after the other, so that an older one never replaces a newer one. */
  readonly loadConfig: () => Promise<void>;
  /** Ends what waits, and resolves when all that has to be kept is written. */
  readonly dispose: () => Promise<void>;
};

/** Puts the broker's parts together. */
export function createBroker(world: BrokerWorld): Broker {
  const { files, cipher, now } = world;
  const store = new UiStateStore(
    initialContent(settingsContent(world.settings.read(), world.systemLanguages), {
      files: { config: files.config, credentials: files.credentials },
      desktop: { platform: world.platform, tray: 'unknown', dataFolder: world.dataFolder, home: world.home },
    }),
  );
  const settings = new SettingsManager(world.settings, world.systemLanguages, store);
  const sessionVault = new SessionVault({ cipher, file: join(world.dataFolder, 'vault', 'sessions'), now });
  const keyVault = new AccessKeyVault({ cipher, file: join(world.dataFolder, 'vault', 'access-keys') });
  const proxy = () => store.content.settings.proxy;
  const keyOf = (profile: string) => accessKeyOf(files, keyVault, profile);
  const aws = awsCalls(files, keyOf, proxy);
  const line = (profile: string) => credentialProcessLine(world.commandLine, profile);

  const roles = new RoleSessions(aws);
  const prompts = new MfaPrompts(store, {
    aws,
    codes: new CodeExchange({ aws, roles, now }),
    rememberSerial: (profile, serial) => settings.rememberMfaSerial(profile, serial),
    raise: world.raisePrompt,
    get configFile() {
      return files.config;
    },
    now,
  });
  const ledger = new Ledger({ store, file: new LedgerFile({ file: join(world.dataFolder, 'ledger.jsonl') }), now });
  const held = new HeldSessions({ store, vault: sessionVault, ledger, keychain: () => cipher.state(), now });
  const sessions = new SessionManager({
    store,
    held,
    prompts,
    roles,
    aws,
    get configFile() {
      return files.config;
    },
    rememberUse: (profile, identity) => settings.rememberUse(profile, identity),
    onStarted: (profile) => void keyCare.lookAtAge(profile),
    now,
  });
  const settingsOf = (profile: string) => profileSettings(files, profile);
  const renewable = new RenewableConfiguration({ folder: join(world.dataFolder, 'terminals'), line, settingsOf, env: world.env });
  const guardedPath = new GuardedPath({ folder: join(world.dataFolder, 'terminals', 'bin'), command: world.commandLine, platform: world.platform });
  const handOffs = new HandOffs({ store, held, ledger, renewable, guardedPath, targets: world.targets, now });
  const installer = new ProfileInstaller({
    get configFile() {
      return files.config;
    },
    command: world.commandLine,
    settingsOf: async (profile) => (await settingsOf(profile)).body,
  });

  const guard: AccountGuard = new AccountGuard({ store, sessions, held, aws, boundTo: (reading) => projects.boundTo(reading) });
  const projects = new Projects({ store, settings, guard, read: world.readProject, localResources, now });

  const readings = new Turns();
  const loadConfig = (): Promise<void> => readings.take(async () => sessions.configLoaded(await loadAwsConfig(files, keyVault.profiles())));
  const proves = async (profile: string, key: AccessKey, region: string | null = null): Promise<Result<null>> => {
    const caller = await callerIdentity({ profile, files, region: region ?? store.profile(profile)?.region ?? null, credentials: key, proxy: proxy() });
    return caller.ok ? succeeded(null) : caller;
  };

  const sheets = new Sheets(store);
  const revocations = new Revocations({ store, held, sessions, settings, ledger, aws });
  const activities = new Activities({ sessions, held, ledger, aws, sheets });
  const keyCare: AccessKeyCare = new AccessKeyCare({
    store,
    files,
    vault: keyVault,
    newKeys: new AccessKeyVault({ cipher, file: join(world.dataFolder, 'vault', 'new-access-keys') }),
    keyOf,
    proves,
    held,
    sessions,
    settings,
    ledger,
    aws,
    loadConfig,
    now,
  });
  const consoles = new ConsoleSignIns({ store, sessions, held, ledger, aws, openSignIn: world.targets.openSignIn, now });

  return {
    store,
    settings,
    held,
    sessions,
    handOffs,
    profileChanges: new ProfileChanges({
      store,
      files,
      installer,
      vault: keyVault,
      proves,
      isNamed: (profile) => isNamed(files, keyVault, profile),
      loadConfig,
    }),
    projects,
    sheets,
    history: new HistorySheet(sheets, ledger),
    activities,
    revocation: new RevocationSheet({ store, sheets, revocations }),
    keyCare,
    accessKeys: new AccessKeySheet({ store, sheets, care: keyCare }),
    consoles,
    apiHandlers: apiHandlers({
      store,
      sessions,
      held,
      handOffs,
      ledger,
      guard,
      projects,
      guardedPath,
      activities,
      revocations,
      keyCare,
      consoles,
      watchRun: world.watchRun,
      installer,
      callingProgram: world.callingProgram,
      openPanel: world.openPanel,
      now,
    }),
    loadConfig,
    dispose: async () => {
      prompts.dispose();
      await sessionVault.settled();
      await ledger.settled();
      sessionVault.dispose();
    },
  };
}

async function isNamed(files: AwsFiles, vault: AccessKeyVault, profile: string): Promise<boolean> {
  return vault.profiles().has(profile) || (await hasProfile(files, profile));
}

/** The files win: a key there is newer than the one in the keychain, or the same. */
async function accessKeyOf(files: AwsFiles, vault: AccessKeyVault, profile: string): Promise<Result<AccessKey>> {
  const inFiles = await readAccessKey(files, profile);
  return inFiles.ok || !vault.profiles().has(profile) ? inFiles : vault.read(profile);
}
