import type { AppError, Result } from '../../contract/app-error.ts';
import type { RelayRequest } from '../../contract/relay.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { SessionCredentials } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { accountsOf, meantBy } from '../../core/relay/meant.ts';
import type { LiveHeld } from '../sessions/held-sessions.ts';
import type { OpenRun, RelayRuns } from './relay-runs.ts';
import { rolesOnlyKey } from './roles-only-key.ts';

/** How long a process, which reads its project once more before, may take to hold its run, in milliseconds. */
const holdMs = 60_000;

/** Which accounts a project's folder is for. */
export type FolderBinding = {
  /** The accounts that it is bound to. */
  readonly boundTo: (project: Pick<RelayRequest['project'], 'folder' | 'workspace'>) => readonly string[];
  readonly bind: (request: CommandRequest<'bindProject'> & { readonly profile: string }) => void;
};

type Parts = FolderBinding & {
  readonly runs: Pick<RelayRuns, 'open' | 'admits' | 'refusal' | 'handedOut' | 'dispose'>;
  /** Whether the user wants the relay at all. */
  readonly isOn: () => boolean;
  readonly isProduction: (accountId: string) => boolean;
};

export type Relayed = Pick<OpenRun, 'run' | 'environment' | 'reached'> & {
  /** What the run gets in place of its session, so that it can only assume roles; null where it gets the session. */
  readonly rolesOnly: SessionCredentials | null;
  readonly end: () => void;
};

/** Who asks for a session: a program of a run, or an `exec` in it, which begins a run of its own. */
export type Asker = 'program' | 'exec';

/**
 * `onlyFor` are the accounts of a run that can only assume roles; null for one that has its session. `around` is the run
 * in which it was begun. `says`: whether anybody has said what it is meant for.
 */
type Held = {
  readonly onlyFor: readonly string[] | null;
  readonly around: string | undefined;
  readonly says: boolean;
  readonly end: () => void;
  readonly patience: NodeJS.Timeout | null;
  readonly over: AbortController;
};

/** Runs of the relay that begin with a hand-off, up to their end. */
export class RelayedHandOffs {
  readonly #parts: Parts;
  readonly #open = new Map<string, Held>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Null where the user wants no relay. Fails with `relay-not-opened`. */
  async open(
    { accounts, typed, changes, project, way, rolesOnly, repeats, typedAs, until }: RelayRequest,
    held: LiveHeld,
    { program, around }: { readonly program: string | null; readonly around: string | undefined },
  ): Promise<Result<Relayed | null>> {
    const { runs, isOn, isProduction, boundTo, bind } = this.#parts;
    if (!isOn()) return succeeded(null);
    const { folder, workspace } = project;
    const profile = held.profile.name;
    const confirmed = [...accounts, ...typed];
    const { accountId } = held.session.identity;
    // The run was said to be for other accounts, so with the session itself it could only do what is not meant.
    const isElsewhere = rolesOnly && held.profile.role === null && accounts.length > 0 && !accounts.includes(accountId);
    const key = isElsewhere ? rolesOnlyKey(held.credentials.expiresAt) : null;
    const session = { credentials: held.credentials, accountId, profile };
    // A folder that is bound is bound for the providers too that are known to go where they are meant to.
    const placed = project.placed.map((one) => one.accountId);
    const meant = meantBy({ accounts, project, boundTo: boundTo(project) });
    const opened = await runs.open({
      profile,
      limit: held.limit?.id,
      program,
      folder,
      session: key === null ? session : { ...session, credentials: key, signsAs: held.credentials },
      meant,
      mustBeTyped: (id) => changes && isProduction(id) && !confirmed.includes(id),
      env: way,
      repeats,
      typedAs,
      bind: (id) => bind({ folder, workspace, profile, accountIds: [...new Set([...accountsOf(meant), ...boundTo(project), ...placed, id])] }),
    });
    if (!opened.ok) return opened;
    const { run, environment, reached, close } = opened.value;
    const end = (): void => {
      this.#forget(run);
      void close();
    };
    this.#open.set(run, {
      onlyFor: key === null ? null : accounts,
      around,
      says: meant.kind !== 'nothing',
      end,
      patience: until === 'connection' ? setTimeout(end, holdMs) : null,
      over: new AbortController(),
    });
    return succeeded({ run, environment, reached, rolesOnly: key, end });
  }

  /**
   * Whether a run may have a session, about which a person may be asked for as long as is waited. An `exec` keeps to
   * what has been said of each run around it. Fails with `account-outside-run` where a run can only assume roles, and as
   * `RelayRun.admits`.
   */
  async admits(
    run: string | undefined,
    asker: Asker,
    held: LiveHeld,
    { signal, waitMs }: { readonly signal: AbortSignal; readonly waitMs: number },
  ): Promise<Result<null>> {
    const endsAt = performance.now() + waitMs;
    const { accountId } = held.session.identity;
    for (const one of this.#asked(run, asker)) {
      // An `exec` has the same accounts to keep to, and the guard looks at what it starts.
      const onlyFor = asker === 'exec' ? null : (this.#open.get(one)?.onlyFor ?? null);
      if (onlyFor !== null && !onlyFor.includes(accountId)) {
        return failed(appError('account-outside-run', { account: accountId, expected: onlyFor.join(', ') }));
      }
      const admitted = await this.#parts.runs.admits(one, { profile: held.profile.name, accountId }, Math.max(0, endsAt - performance.now()), signal);
      if (!admitted.ok) return admitted;
    }
    return succeeded(null);
  }

  /** Why a run would not get the session of a profile whatever a person says, as far as its account is known; else null. */
  refusal(run: string | undefined, asker: Asker, profile: string, accountId: string | null): AppError | null {
    if (accountId === null) return null;
    for (const one of this.#asked(run, asker)) {
      const refused = this.#parts.runs.refusal(one, { profile, accountId });
      if (refused !== null) return refused;
    }
    return null;
  }

  /**
   * The runs that have to admit a session. A program's calls go through its own run. An `exec` begins another, in a
   * folder that may be for other accounts: of those around it only the ones count of which somebody has said what they
   * are for, and no terminal, in which a person goes from folder to folder.
   */
  #asked(run: string | undefined, asker: Asker): readonly string[] {
    if (run === undefined) return [];
    if (asker === 'program') return [run];
    const asked: string[] = [];
    for (let one: string | undefined = run; one !== undefined; one = this.#open.get(one)?.around) if (this.#open.get(one)?.says === true) asked.push(one);
    return asked;
  }

  /** Keeps a run open until the process that asks hangs up, or the app ends it. Fails with `relay-run-over`. */
  async hold(run: string, signal: AbortSignal): Promise<Result<Readonly<Record<string, never>>>> {
    const held = this.#open.get(run);
    if (held === undefined) return failed(appError('relay-run-over'));
    clearTimeout(held.patience ?? undefined);
    const either = AbortSignal.any([signal, held.over.signal]);
    if (!either.aborted) await new Promise((resolve) => either.addEventListener('abort', resolve, { once: true }));
    held.end();
    return succeeded({});
  }

  /** Every session that goes to a program, so that a run whose session is renewed may sign with the new one. */
  handedOut({ profile, credentials, session }: LiveHeld): void {
    this.#parts.runs.handedOut({ credentials, accountId: session.identity.accountId, profile: profile.name });
  }

  async dispose(): Promise<void> {
    for (const run of this.#open.keys()) this.#forget(run);
    await this.#parts.runs.dispose();
  }

  #forget(run: string): void {
    const held = this.#open.get(run);
    clearTimeout(held?.patience ?? undefined);
    held?.over.abort();
    this.#open.delete(run);
  }
}
