import { join } from 'node:path';
import type { AppError, Result } from '../../contract/app-error.ts';
import type { ProjectReading } from '../../contract/terraform-project.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { Variables } from '../../core/hand-offs/exports.ts';
import { meantBy, saysNothing } from '../../core/relay/meant.ts';
import { ignoredEndpoints, wayOf } from '../../core/relay/run-environment.ts';
import { accountFor } from '../../core/sessions/accounts.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import { KeptTerminals, type KeptTerminal } from './kept-terminals.ts';
import type { NewRun, RelayRuns } from '../relay/relay-runs.ts';
import type { FolderBinding } from '../relay/relayed-hand-offs.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = Pick<FolderBinding, 'boundTo'> & {
  readonly runs: Pick<RelayRuns, 'open' | 'reopen'>;
  readonly store: Pick<UiStateStore, 'content'>;
  readonly held: Pick<HeldSessions, 'find'>;
  readonly readProject: (folder: string) => Promise<Result<ProjectReading>>;
  /**
   * Makes a FIFO that a terminal holds open, or with a FIFO from before the app's start goes on with that.
   * Null where there can be none, and for one that nobody holds any more.
   */
  readonly watchTerminal: (known: string | null, onEnd: () => void) => Promise<string | null>;
  /** The app's own folder. */
  readonly dataFolder: string;
  readonly platform: NodeJS.Platform;
  /** The app's environment, which terminals have from it. */
  readonly env: NodeJS.ProcessEnv;
};

/** Long enough for all calls of one program, which asks again and again; whoever starts another one is asked anew. In milliseconds. */
const refusedForMs = 60_000;

export type TerminalRun = { readonly environment: Variables; readonly unset: readonly string[]; readonly fifo: string; readonly end: () => Promise<void> };

/** A run of the relay for each terminal: what is started in it goes through there, if it has no run of its own. */
export class TerminalRuns {
  readonly #parts: Parts;
  readonly #kept: KeptTerminals;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#kept = new KeptTerminals(join(parts.dataFolder, 'terminals', 'relay.json'));
  }

  /**
   * Null where the user wants no relay, and on Windows, where nothing tells of a terminal's end. `folder` is
   * null where none was chosen. Fails with `relay-not-opened`.
   */
  async open(held: LiveHeld, folder: string | null): Promise<Result<TerminalRun | null>> {
    const { runs, store, watchTerminal, platform, env } = this.#parts;
    if (!store.content.settings.relayRuns || platform === 'win32') return succeeded(null);
    const project = folder === null ? null : await this.#projectIn(folder);
    const session = { credentials: held.credentials, accountId: held.session.identity.accountId, profile: held.profile.name };
    const { accountId } = session;
    const terminal = { profile: held.profile.name, accountId, project, ...(held.limit === undefined ? {} : { limit: held.limit.id }) };
    const opened = await runs.open({ ...this.#run(terminal), session });
    if (!opened.ok) return opened;
    const { run, port, tokenDigest, environment, close } = opened.value;
    const end = async (): Promise<void> => {
      await close();
      await this.#kept.forget(run);
    };
    const fifo = await watchTerminal(null, () => void end());
    if (fifo === null) {
      await close();
      return failed(appError('relay-not-opened', { reason: 'mkfifo' }));
    }
    await this.#kept.keep({ ...terminal, run, port, tokenDigest, fifo });
    return succeeded({ environment, unset: ignoredEndpoints(env), fifo, end });
  }

  /** Opens the runs of the terminals that outlived the app, each at its address. Call before any other run is opened. Null, or `terminal-relay-lost`. */
  async restore(): Promise<AppError | null> {
    const { runs, watchTerminal, held } = this.#parts;
    let lost: AppError | null = null;
    for (const terminal of await this.#kept.read()) {
      let close = async (): Promise<void> => {};
      const { run } = terminal;
      const isThere = (await watchTerminal(terminal.fifo, () => void close().then(() => this.#kept.forget(run)))) !== null;
      // A limited session is not there yet, and no other may take its place.
      const live = terminal.limit === undefined ? held.find(terminal.profile) : null;
      const session = live === null ? null : { credentials: live.credentials, accountId: live.session.identity.accountId, profile: terminal.profile };
      const opened = isThere ? await runs.reopen(terminal, { ...this.#run(terminal), session }) : null;
      if (opened?.ok === true) ({ close } = opened.value);
      else await this.#kept.forget(run);
      if (opened?.ok === false) lost = appError('terminal-relay-lost', { port: terminal.port });
    }
    return lost;
  }

  /** What a folder says can be read only where it is a project; any other says nothing. */
  async #projectIn(folder: string): Promise<KeptTerminal['project']> {
    const reading = await this.#parts.readProject(folder);
    if (!reading.ok) return { folder, workspace: 'default', ...saysNothing };
    const { projectMeaning } = await import('../../core/relay/project-meaning.ts');
    return { folder, workspace: reading.value.workspace, ...projectMeaning(reading.value) };
  }

  /**
   * A terminal is no place for one project alone: about an account that its folder does not name the user is
   * asked, as with a binding.
   */
  #run({ profile, accountId, project }: Pick<KeptTerminal, 'profile' | 'accountId' | 'project'>): Omit<NewRun, 'session'> {
    const { boundTo, env, store } = this.#parts;
    const bound = project === null ? [] : boundTo(project);
    const said = project ?? { folder: '', workspace: 'default', ...saysNothing };
    return {
      profile,
      accountId,
      program: null,
      folder: project?.folder ?? null,
      meant: meantBy({ accounts: [], project: { ...said, accountIds: [] }, boundTo: bound.length > 0 ? bound : said.accountIds }),
      mustBeTyped: (id) => accountFor(id, store.content.settings).production,
      env: wayOf(env),
      repeats: true,
      refusedForMs,
      // Programs may run in other folders than that in which the terminal was opened.
      bind: null,
    };
  }
}
