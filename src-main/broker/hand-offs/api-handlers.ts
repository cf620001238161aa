import { mfaWaitSeconds, type ApiRequest, type ProcessCredentials } from '../../contract/local-api.ts';
import type { AppError, Result } from '../../contract/app-error.ts';
import type { RelayRequest } from '../../contract/relay.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { awsVariables, isoSeconds } from '../../core/hand-offs/exports.ts';
import { staleVariables } from '../../core/hand-offs/stale-variables.ts';
import { accountOf } from '../../core/sessions/accounts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Callers } from '../local-api/callers.ts';
import type { ApiHandlers } from '../local-api/server.ts';
import type { LiveHeld } from '../sessions/held-sessions.ts';
import type { ChosenSessions } from '../sessions/chosen-sessions.ts';
import type { SessionManager } from '../sessions/session-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { GuardedPath } from './guarded-path.ts';
import type { HandOffs } from './hand-offs.ts';
import type { RelayRuns } from '../relay/relay-runs.ts';
import type { Asker, Relayed, RelayedHandOffs } from '../relay/relayed-hand-offs.ts';
import type { NewPrograms } from './new-programs.ts';
import { permitMs, type ProgramPermits } from './program-permits.ts';

type Run = NonNullable<ApiRequest<'hand-off'>['run']>;

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly chosen: Pick<ChosenSessions, 'session'>;
  readonly sessions: Pick<SessionManager, 'find'>;
  readonly handOffs: HandOffs;
  readonly guardedPath: GuardedPath;
  readonly ledger: Pick<Ledger, 'handedOff'>;
  readonly permits: Pick<ProgramPermits, 'admit'>;
  readonly newPrograms: Pick<NewPrograms, 'handedOff'>;
  readonly relay: Pick<RelayedHandOffs, 'open' | 'handedOut' | 'admits' | 'refusal'>;
  readonly relayRuns: Pick<RelayRuns, 'isOpen'>;
  /** Makes a FIFO by which the end of a run is seen, and says how long it was, in seconds: null if it never began. Null where there can be none. */
  readonly watchRun: (onEnd: (seconds: number | null) => void) => Promise<string | null>;
  readonly recordRun: (run: Run, profile: string, seen: { readonly seconds: number; readonly reached: readonly string[] | null }) => void;
  readonly callers: Callers;
};

/** Hand-offs to programs that ask for one. */
export function handOffApiHandlers({
  store,
  chosen,
  sessions,
  handOffs,
  guardedPath,
  ledger,
  permits,
  newPrograms,
  relay,
  relayRuns,
  watchRun,
  recordRun,
  callers,
}: Parts) {
  const watchedRun = runWatch({ watchRun, recordRun });
  const { refusedAlready, relayFor } = beforeHandOff({ store, sessions, relay });
  const recorded = recording({ store, ledger, newPrograms });
  return {
    'credential-process': async (request, context) => {
      // Its calls of STS would go to an address that is not ours any more.
      if (request.run !== undefined && !relayRuns.isOpen(request.run)) return failed(appError('relay-run-over'));
      const waitMs = (request.waitSeconds ?? mfaWaitSeconds) * 1000;
      const recipient = callers.recipient(request, context);
      const refused = refusedAlready(request.run, 'program', request);
      if (refused !== null) return failed(refused);
      const endsAt = performance.now() + waitMs;
      const found = await chosen.session(request, { minLeftMs: 0, requester: callers.requester(request, context, waitMs) });
      if (!found.ok) return found;
      const admitted = await relay.admits(request.run, 'program', found.value, { signal: context.signal, waitMs: Math.max(0, endsAt - performance.now()) });
      if (!admitted.ok) return admitted;
      const permitted = await permits.admit(found.value, { ...callers.wanting(request, context), waitMs });
      if (!permitted.ok) return permitted;
      relay.handedOut(found.value);
      await recorded(found.value, { way: 'credential-process', credentials: 'static', recipient });
      return succeeded(processCredentials(found.value));
    },
    'hand-off': async (request, context) => {
      const { minLeftSeconds = 0, guards = false } = request;
      const asker = request.program === undefined ? 'program' : 'exec';
      const refused = refusedAlready(request.within, asker, request);
      if (refused !== null) return failed(refused);
      const recipient = callers.recipient(request, context);
      const found = await chosen.session(request, { minLeftMs: minLeftSeconds * 1000, requester: callers.requester(request, context) });
      if (!found.ok) return found;
      const admitted = await relay.admits(request.within, asker, found.value, { signal: context.signal, waitMs: permitMs });
      if (!admitted.ok) return admitted;
      const permitted = await permits.admit(found.value, { ...callers.wanting(request, context), waitMs: permitMs });
      if (!permitted.ok) return permitted;
      const variables = await handOffs.variables(found.value, { kind: request.credentials, only: request.only === true });
      if (!variables.ok) return variables;
      const needsFolder = guards || (store.content.settings.relayRuns && request.relay !== undefined);
      const guardFolder = needsFolder ? await guardedPath.folder() : succeeded(null);
      if (!guardFolder.ok) return guardFolder;
      relay.handedOut(found.value);
      const relayed = await relayFor(request, found.value);
      if (!relayed.ok) return relayed;
      const watched = await watchedRun(request, found.value.profile.name, relayed.value);
      if (!watched.ok) {
        relayed.value?.end();
        return watched;
      }
      await recorded(found.value, { way: request.program === undefined ? 'export' : 'exec', credentials: request.credentials, recipient });
      const { session, profile } = found.value;
      const rolesOnly = relayed.value?.rolesOnly ?? null;
      return succeeded({
        accountId: session.identity.accountId,
        kind: profile.role === null ? 'base' : 'role',
        set: [...(rolesOnly === null ? variables.value : awsVariables(rolesOnly, profile.region)), ...(relayed.value?.environment ?? [])],
        unset: staleVariables,
        expiration: isoSeconds(session.expiresAt),
        guardFolder: guardFolder.value,
        runFifo: watched.value,
        relayRun: relayed.value?.run ?? null,
        rolesOnly: rolesOnly !== null,
      });
    },
  } satisfies Partial<ApiHandlers>;
}

/** What is looked at before there is a session, and the run that begins with one. */
function beforeHandOff({ store, sessions, relay }: Pick<Parts, 'store' | 'sessions' | 'relay'>) {
  const ownName = (name: string): string => {
    const found = sessions.find(name);
    return found.ok ? found.value.name : name;
  };
  /** Code may name an entry that the app installed, and a session is asked for by the name of the profile that it stands for. */
  const byOwnNames = ({ project, ...wanted }: RelayRequest): RelayRequest => {
    const { profiles } = project;
    return { ...wanted, project: { ...project, ...(profiles === undefined ? {} : { profiles: profiles.map(ownName) }) } };
  };
  return {
    relayFor: async ({ relay: wanted, program, within }: ApiRequest<'hand-off'>, held: LiveHeld): Promise<Result<Relayed | null>> =>
      wanted === undefined ? succeeded(null) : relay.open(byOwnNames(wanted), held, { program: program?.command ?? null, around: within }),
    /** Nobody is asked for a code whose session the run would be refused. Of a limited one it is said first that it is limited, which no account changes. */
    refusedAlready: (
      run: string | undefined,
      asker: Asker,
      { profile, callerLimit }: Pick<ApiRequest<'hand-off'>, 'profile' | 'callerLimit'>,
    ): AppError | null => {
      if (callerLimit !== undefined) return null;
      const found = sessions.find(profile);
      return found.ok ? relay.refusal(run, asker, found.value.name, accountOf(found.value, store.content.settings)) : null;
    },
  };
}

/**
 * Records a hand-off. A caller may end with the answer, so on Linux, which tells within milliseconds who it
 * is, that is waited for; elsewhere the look takes other programs, and longer than a plan has.
 */
function recording({ store, ledger, newPrograms }: Pick<Parts, 'store' | 'ledger' | 'newPrograms'>) {
  return async (held: LiveHeld, handOff: Parameters<Ledger['handedOff']>[1]): Promise<void> => {
    const { accountId } = held.session.identity;
    const recorded = ledger.handedOff(held, {
      ...handOff,
      onKnown: (program) => newPrograms.handedOff({ profile: held.profile.name, accountId, program }),
    });
    if (store.content.desktop.platform === 'linux') await recorded;
  };
}

/** Makes the FIFO of a run whose end the app has to see; null for any other. Fails with `relay-not-opened` where that cannot be. */
function runWatch({ watchRun, recordRun }: Pick<Parts, 'watchRun' | 'recordRun'>) {
  return async ({ run, relay: wanted }: ApiRequest<'hand-off'>, profile: string, relayed: Relayed | null): Promise<Result<string | null>> => {
    const endsRelay = relayed !== null && wanted?.until === 'fifo';
    if (run === undefined && !endsRelay) return succeeded(null);
    const fifo = await watchRun((seconds) => {
      if (run !== undefined && seconds !== null) recordRun(run, profile, { seconds, reached: relayed?.reached() ?? null });
      if (endsRelay) relayed.end();
    });
    return fifo === null && endsRelay ? failed(appError('relay-not-opened', { reason: 'mkfifo' })) : succeeded(fifo);
  };
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
