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

/** `onlyFor` are the accounts of a run that can only assume roles; null for one that has its session. */
type Held = { readonly onlyFor: readonly string[] | null; readonly end: () => void; readonly patience: NodeJS.Timeout | null; readonly over: AbortController };

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
    program: string | null,
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
      end,
      patience: until === 'connection' ? setTimeout(end, holdMs) : null,
      over: new AbortController(),
    });
    return succeeded({ run, environment, reached, rolesOnly: key, end });
  }

  /**
   * Whether programs of a run may have a session, about which a person may be asked for as long as is waited. Fails
   * with `account-outside-run` where the run can only assume roles, and as `RelayRun.admits`.
   */
  async admits(run: string | undefined, held: LiveHeld, { signal, waitMs }: { readonly signal: AbortSignal; readonly waitMs: number }): Promise<Result<null>> {
    if (run === undefined) return succeeded(null);
    const { accountId } = held.session.identity;
    const onlyFor = this.#open.get(run)?.onlyFor ?? null;
    if (onlyFor !== null && !onlyFor.includes(accountId)) {
      return failed(appError('account-outside-run', { account: accountId, expected: onlyFor.join(', ') }));
    }
    return this.#parts.runs.admits(run, { profile: held.profile.name, accountId }, waitMs, signal);
  }

  /** Why a run would not get the session of a profile whatever a person says, as far as its account is known; else null. */
  refusal(run: string | undefined, profile: string, accountId: string | null): AppError | null {
    return run === undefined || accountId === null ? null : this.#parts.runs.refusal(run, { profile, accountId });
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
