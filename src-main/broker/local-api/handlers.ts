import type { Result } from '../../contract/app-error.ts';
import type { GuardReport } from '../../contract/guard.ts';
import { mfaWaitSeconds, type ApiAnswers, type ApiRequest, type ProcessCredentials, type RunKind, type SessionStatus } from '../../contract/local-api.ts';
import type { Profile, WaitingProgram } from '../../contract/ui-state.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import { isRunwayShort } from '../../core/terraform/runs/runway.ts';
import { isLive, remaining } from '../../core/sessions/session.ts';
import { staleVariables } from '../../core/hand-offs/stale-variables.ts';
import type { AccessKeyCare } from '../access-keys/access-key-care.ts';
import type { AccountGuard } from '../projects/account-guard.ts';
import type { Activities } from '../activity/activities.ts';
import type { ConsoleSignIns } from '../hand-offs/console-sign-ins.ts';
import type { GuardedPath } from '../hand-offs/guarded-path.ts';
import type { HandOffs } from '../hand-offs/hand-offs.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApiContext, ApiHandlers } from './server.ts';
import { isFolder } from '../hand-offs/is-folder.ts';
import type { ProfileInstaller } from '../profiles/profile-installer.ts';
import type { Projects } from '../projects/projects.ts';
import type { Revocations } from '../revocation/revocations.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { Asker } from '../prompts/waiting-programs.ts';

/** How long `login`, which a person started, waits for the code, in milliseconds. */
const loginWaitMs = 10 * 60_000;

type Parts = {
  readonly store: UiStateStore;
  readonly sessions: SessionManager;
  readonly held: HeldSessions;
  readonly handOffs: HandOffs;
  readonly ledger: Pick<Ledger, 'handedOff' | 'history'>;
  readonly guard: Pick<AccountGuard, 'look'>;
  readonly projects: Projects;
  readonly guardedPath: GuardedPath;
  readonly activities: Pick<Activities, 'read'>;
  readonly revocations: Pick<Revocations, 'preview' | 'revoke' | 'remove' | 'principalFor'>;
  readonly keyCare: Pick<AccessKeyCare, 'list' | 'rotate' | 'deleteOld'>;
  readonly consoles: Pick<ConsoleSignIns, 'url' | 'open'>;
  /** Makes a FIFO by which the end of a run is seen; null where there can be none. */
  readonly watchRun: (onEnd: (seconds: number) => void) => Promise<string | null>;
  readonly installer: ProfileInstaller;
  /** Who a process is, as a person knows it; see `platform/calling-program.ts`. */
  readonly callingProgram: (pid: number) => Promise<Omit<WaitingProgram, 'profile'> | null>;
  readonly openPanel: () => void;
  readonly now: () => number;
};

type Request = { readonly profile: string; readonly pid?: number | undefined };

/** What the local API answers: the commands of the command line, on the one broker. */
export function apiHandlers(parts: Parts): ApiHandlers {
  const {
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
    watchRun,
    installer,
    callingProgram,
    openPanel,
    now,
  } = parts;
  const asker = ({ profile, pid }: Request, { signal }: ApiContext, waitMs = mfaWaitSeconds * 1000): Asker => {
    const program = async (): Promise<WaitingProgram | null> => {
      const caller = pid === undefined ? null : await callingProgram(pid);
      return caller === null ? null : { ...caller, profile };
    };
    return { by: 'program', program, signal, waitMs };
  };
  /** For the ledger. On Windows a look takes half a second of PowerShell, which is too much for each of a plan's dozens of calls. */
  const programOf = async ({ pid }: { readonly pid?: number | undefined }) =>
    pid === undefined || store.content.desktop.platform === 'win32' ? null : callingProgram(pid);
  const handedTo = async ({ pid, program }: ApiRequest<'hand-off'>) => (program === undefined || pid === undefined ? programOf({ pid }) : { pid, ...program });
  const credentials = (request: Request & { readonly minLeftSeconds?: number | undefined }, context: ApiContext, waitMs?: number) =>
    sessions.credentials(request.profile, { minLeftMs: (request.minLeftSeconds ?? 0) * 1000, asker: asker(request, context, waitMs) });

  /** A role session is renewed silently, so what counts is the session that it comes from. */
  const shortRunway = ({ folder, profile: name }: GuardReport, run: RunKind): ApiAnswers['check']['shortRunway'] => {
    const longestRunSeconds = projects.longestRun(folder, run);
    const session = held.find(name);
    const source = session?.session.origin === 'session' ? held.find(session.profile.role?.userProfile ?? name) : session;
    if (source === null || longestRunSeconds === null) return null;
    const leftSeconds = remaining(source.session, now()) / 1000;
    const newSeconds = source.profile.role?.durationSeconds ?? store.content.settings.sessionSeconds;
    if (!isRunwayShort({ longestSeconds: longestRunSeconds, leftSeconds, newSeconds })) return null;
    return { profile: source.profile.name, leftSeconds, longestRunSeconds };
  };

  return {
    status: async () => succeeded({ sessions: store.content.profiles.flatMap((profile) => statusOf(profile, now())) }),
    login: async (request, context) => {
      const started = await sessions.login(request.profile, { minLeftMs: 0, asker: asker(request, context, loginWaitMs) }, request);
      return answered(started, ({ profile }) => {
        const [status] = statusOf(held.find(profile.name)?.profile ?? profile, now());
        return status === undefined ? failed(appError('session-none', { profile: profile.name })) : succeeded(status);
      });
    },
    logout: async (request) => logOut(request, sessions, store),
    'credential-process': async (request, context) => {
      const program = programOf(request);
      const found = await credentials(request, context, (request.waitSeconds ?? mfaWaitSeconds) * 1000);
      // A caller may end with the answer. Linux tells within a millisecond; elsewhere the look takes other programs, and longer than a plan has.
      if (store.content.desktop.platform === 'linux') await program;
      if (found.ok) void ledger.handedOff(found.value, { way: 'credential-process', credentials: 'static', program });
      return answered(found, (live) => succeeded(processCredentials(live)));
    },
    'hand-off': async (request, context) => {
      const found = await credentials(request, context, loginWaitMs);
      if (!found.ok) return found;
      const variables = await handOffs.variables(found.value, request.credentials);
      if (!variables.ok) return variables;
      const { session } = found.value;
      const { run, guards = false } = request;
      const guardFolder = guards ? await guardedPath.folder() : succeeded(null);
      if (!guardFolder.ok) return guardFolder;
      void ledger.handedOff(found.value, {
        way: request.program === undefined ? 'export' : 'exec',
        credentials: request.credentials,
        program: handedTo(request),
      });
      return succeeded({
        accountId: session.identity.accountId,
        set: variables.value,
        unset: staleVariables,
        expiration: isoSeconds(session.expiresAt),
        guardFolder: guardFolder.value,
        runFifo: run === undefined ? null : await watchRun((seconds) => void projects.ran(run, found.value.profile.name, seconds)),
      });
    },
    check: async (request, context) => {
      const { profile, reading, account = null, run } = request;
      const report = await guard.look(reading, { profile, account, asker: asker(request, context, loginWaitMs) });
      if (!report.ok) return report;
      projects.checked(report.value);
      return succeeded({ report: report.value, shortRunway: run === undefined ? null : shortRunway(report.value, run) });
    },
    bind: async (request) => {
      projects.bind(request);
      return succeeded({});
    },
    terminal: async (request, context) => {
      const { directory } = request;
      if (!(await isFolder(directory))) return failed(appError('terminal-folder-missing', { directory }));
      const found = await credentials(request, context, loginWaitMs);
      if (!found.ok) return found;
      const opened = await handOffs.launchTerminal(found.value, { credentials: undefined, directory });
      return answered(opened, ({ label }) => succeeded({ terminal: label }));
    },
    install: ({ profile }) => withProfile(sessions.find(profile), ({ name }) => installer.install(name)),
    // Its entry can be taken away after the profile itself has gone.
    uninstall: ({ profile }) => installer.uninstall(profile),
    history: async ({ since, ...filter }) => {
      const records = await ledger.history({ ...filter, since: since === undefined ? undefined : Date.parse(since) });
      return answered(records, (value) => succeeded({ records: value }));
    },
    activity: (request, context) => activities.read(request.profile, request, asker(request, context, loginWaitMs)),
    revocation: ({ profile }) => revocations.preview(profile),
    revoke: (request, context) => revocations.revoke(request.profile, asker(request, context, loginWaitMs)),
    'kept-revocation': async ({ profile }) => {
      const arn = revocations.principalFor(profile);
      const kept = store.content.settings.revocations[arn ?? ''];
      return arn === null || kept === undefined
        ? failed(appError('revocation-none', { profile }))
        : succeeded({ arn, neededUntil: isoSeconds(kept.neededUntil) });
    },
    'remove-revocation': async (request, context) => {
      const arn = revocations.principalFor(request.profile);
      if (arn === null) return failed(appError('revocation-none', { profile: request.profile }));
      return answered(await revocations.remove(arn, asker(request, context, loginWaitMs)), () => succeeded({ arn }));
    },
    'access-keys': (request, context) => keyCare.list(request.profile, asker(request, context, loginWaitMs)),
    rotate: (request, context) => keyCare.rotate(request.profile, asker(request, context, loginWaitMs)),
    'delete-old-key': (request, context) => keyCare.deleteOld(request.profile, asker(request, context, loginWaitMs)),
    console: async (request, context) => {
      const { profile, service = null, addressOnly = false } = request;
      const who = asker(request, context, loginWaitMs);
      if (addressOnly) return answered(await consoles.url(profile, service, who), (url) => succeeded({ url }));
      return answered(await consoles.open(profile, service, who), () => succeeded({ url: null }));
    },
    panel: async () => {
      openPanel();
      return succeeded({});
    },
  };
}

async function logOut(request: ApiRequest<'logout'>, sessions: SessionManager, store: UiStateStore): Promise<Result<{ readonly ended: readonly string[] }>> {
  if ('all' in request) {
    const live = store.content.profiles.filter(({ session }) => isLive(session));
    for (const { name } of live) sessions.endSession({ profile: name });
    return succeeded({ ended: live.map(({ name }) => name) });
  }
  return withProfile(sessions.find(request.profile), async ({ name }) => succeeded({ ended: sessions.endSession({ profile: name }) }));
}

async function withProfile<T>(found: Result<Profile>, act: (profile: Profile) => Promise<Result<T>>): Promise<Result<T>> {
  return found.ok ? act(found.value) : found;
}

function answered<T, A>(result: Result<T>, answer: (value: T) => Result<A>): Result<A> {
  return result.ok ? answer(result.value) : result;
}

function statusOf({ name, role, session }: Profile, now: number): readonly SessionStatus[] {
  if (!isLive(session)) return [];
  const { accountId, accountAlias, arn } = session.identity;
  return [
    {
      profile: name,
      kind: role === null ? 'base' : 'role',
      accountId,
      accountAlias,
      arn,
      expiration: isoSeconds(session.expiresAt),
      secondsLeft: Math.floor(remaining(session, now) / 1000),
    },
  ];
}

function processCredentials({ credentials, session }: LiveHeld): ProcessCredentials {
  return {
    Version: 1,
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: isoSeconds(credentials.expiresAt),
    AccountId: session.identity.accountId,
  };
}
