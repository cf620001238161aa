import { join } from 'node:path';
import { loadAwsConfig } from '../aws/files/profiles.ts';
import { PortalAccounts } from './access-portals/portal-accounts.ts';
import { PortalRoles } from './access-portals/portal-roles.ts';
import { AccessKeyAges } from './access-keys/access-key-ages.ts';
import type { Foundation } from './foundation.ts';
import { AccountChanges } from './foreign/account-changes.ts';
import { ForeignSessions, type RunForeignCommand } from './foreign/foreign-sessions.ts';
import { CodeExchange } from './issuing/code-exchange.ts';
import { RoleSessions } from './issuing/role-sessions.ts';
import { CurrentFiles } from './profiles/current-files.ts';
import { CodeSources } from './prompts/code-sources.ts';
import { MfaPrompts } from './prompts/mfa-prompts.ts';
import type { OpenQuestions } from './questions/open-questions.ts';
import { SourcedCodes } from './prompts/sourced-codes.ts';
import { ChosenSessions } from './sessions/chosen-sessions.ts';
import { CredentialSource } from './sessions/credential-source.ts';
import { HeldSessions } from './sessions/held-sessions.ts';
import { LimitedSessions } from './sessions/limited-sessions.ts';
import { NewSessions } from './sessions/new-sessions.ts';
import { SessionManager } from './sessions/session-manager.ts';
import { ProfileIndex } from './state/profile-index.ts';
import { lookForTools } from './other-tools/found-tools.ts';
import { openSignIns } from './sign-in/open-sign-ins.ts';
import { SignedInIdentities } from './sign-in/identities/signed-in-identities.ts';
import type { ConfirmedCommands } from './user-commands/confirmed-commands.ts';
import type { BrokerWorld } from './world.ts';

type Parts = {
  readonly questions: OpenQuestions;
  readonly confirmedCommands: ConfirmedCommands;
  /** Runs the command that a profile gets its credentials from. */
  readonly runForeign: RunForeignCommand;
};

/** The sessions, the prompt that starts them, and the AWS files that say whose they can be. */
export function openSessions(
  world: BrokerWorld,
  { store, settings, ledger, vaults, keyOf, isNamed, inPlace, installer, aws, files, settingsProblem, now }: Foundation,
  { questions, confirmedCommands, runForeign }: Parts,
) {
  const { cipher, dataFolder, home, promptWindow, runCommand, descendsFrom } = world;
  const roles = new RoleSessions(aws);
  const held = new HeldSessions({ store, vault: vaults.sessions, ledger, keychain: () => cipher.state(), now });
  const keyAges = new AccessKeyAges({ store, settings, held, keyOf, aws });
  const newSessions = new NewSessions({
    store,
    held,
    aws,
    rememberUse: (profile, identity) => settings.rememberUse(profile, identity),
    onStarted: (profile) => void keyAges.refresh(profile),
  });
  const prompts = new MfaPrompts(store, {
    aws,
    codes: new CodeExchange({ aws, roles, now }),
    expectSession: (profile) => newSessions.expect(profile, 'code'),
    rememberSerial: (profile, serial) => settings.rememberMfaSerial(profile, serial),
    window: promptWindow,
    files,
    now,
  });
  const sourcedCodes = new SourcedCodes({ store, prompts, sources: new CodeSources({ store, confirmedCommands, runCommand, aws }), now });
  const changes = new AccountChanges({ store, questions, now });
  const { signIns, heldSignIns, newSignIns, places } = openSignIns(world, { store, vault: vaults.signIns, files, isNamed });
  const portalAccounts = new PortalAccounts({ signIns, held: heldSignIns, now });
  const portalRoles = new PortalRoles({ store, places, gives: (place, role) => portalAccounts.gives(place, role), now });
  const profiles = new ProfileIndex({ store, files, portalRoles });
  const identities = new SignedInIdentities({ store, settings, held: heldSignIns, questions, now });
  const foreign = new ForeignSessions({ aws, files, store, changes, runCommand: runForeign, signIns, identities, descendsFrom, now });
  const source = new CredentialSource({ store, profiles, held, prompts, roles, foreign, newSessions, now });
  const sessions = new SessionManager({ store, profiles, held, prompts, sourcedCodes, roles, foreign, signIns, source });
  // A profile that was just made is there to start a session with.
  newSignIns.onMade((profile) => sessions.requestSession({ profile }));
  signIns.onSignedOut((names) => sessions.signedOut(names));
  // What it gives from now on may count as issued before the revocation, when the person signed in.
  held.onEnded(({ profile, how }) => {
    if (how === 'revoked') signIns.revoked(profile);
  });
  // An AWS sign-in gives what lasts for minutes only: what it gave before would end while nobody asks for it.
  heldSignIns.onRenewed((signInId) => {
    const signIn = store.content.signIns.find((one) => one.signInId === signInId);
    if (signIn?.way !== 'aws-login') return;
    for (const name of signIn.profiles) if (held.find(name) !== null) void sessions.keepAlive(name);
  });
  const limited = new LimitedSessions({ store, held, source, roles, profiles, ledger, now });
  const chosen = new ChosenSessions({ sessions, limited, folder: join(dataFolder, 'limits') });
  const read = async () => {
    const config = await loadAwsConfig(files, vaults.accessKeys.profiles(), await inPlace.settings(), portalRoles.entries());
    sessions.configLoaded(settingsProblem === null ? config : { ...config, problems: [settingsProblem, ...config.problems] });
    limited.configLoaded();
    await lookForTools(config.entries, { store, vault: vaults.accessKeys, home });
    if (config.aliases.size > 0) void installer.follow();
  };
  const currentFiles = new CurrentFiles({ files, read, now });
  newSignIns.readsBy(() => currentFiles.load());
  return {
    prompts,
    sourcedCodes,
    signIns,
    heldSignIns,
    places,
    portalAccounts,
    asked: { dispose: () => [changes, identities].forEach((each) => each.dispose()) },
    held,
    limited,
    chosen,
    keyAges,
    sessions,
    currentFiles,
    /** Looks at the AWS files, and has a profile for the role of an access portal where one is asked for by its name. */
    refreshFor: async (profile: string | null) => {
      await currentFiles.refresh();
      if (profile !== null && portalRoles.take(profile)) await currentFiles.load();
    },
  };
}
