import type { Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { TerminalCredentials } from '../../contract/settings.ts';
import type { Account, HeldSession, Language, Terminal } from '../../contract/ui-state.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { guardVariables } from '../../core/hand-offs/guarded-program.ts';
import { limitVariable } from '../../core/hand-offs/run-marks.ts';
import { policyNames, readOnlyPolicies } from '../../core/sessions/session-policies.ts';
import { awsVariables, exportText, regionVariables, type Variables } from '../../core/hand-offs/exports.ts';
import type { GuardedPath } from './guarded-path.ts';
import type { ChosenSessions } from '../sessions/chosen-sessions.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import { isFolder } from './is-folder.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { TerminalRuns } from '../terminal-runs/terminal-runs.ts';
import type { RenewableConfiguration } from './renewable-configuration.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** What a terminal is opened with. */
export type TerminalLaunch = {
  readonly profile: string;
  readonly session: HeldSession;
  /** The names of its session policies; empty for a session that has all that its user or role may. */
  readonly policies: readonly string[];
  /** Of the session; null where nothing is known of it but its ID. */
  readonly account: Account | null;
  readonly language: Language;
  readonly credentials: TerminalCredentials;
  readonly variables: Variables;
  /** Variables that would contradict those. */
  readonly unset: readonly string[];
  /** A folder to put in front of PATH; null for none. */
  readonly pathFirst: string | null;
  /** A FIFO that the terminal is to hold open; null for none. */
  readonly runFifo: string | null;
  /** Null for the user's home. */
  readonly directory: string | null;
};

/** The ways out of the app, which the platform provides. */
export type HandOffTargets = {
  /** Puts a secret text into the clipboard and takes it out at a time (epoch milliseconds) if it is still there. */
  readonly copySecret: (text: string, clearsAt: number, onCleared: () => void) => Promise<void>;
  readonly openTerminal: (terminal: string, launch: TerminalLaunch) => Promise<Result<Terminal>>;
  /** Opens an address that is a secret in the user's browser; the profile is the one that errors name. */
  readonly openSignIn: (url: string, profile: string | null) => Promise<Result<null>>;
};

type Parts = {
  readonly store: UiStateStore;
  readonly held: HeldSessions;
  readonly chosen: Pick<ChosenSessions, 'session'>;
  readonly ledger: Pick<Ledger, 'handedOff'>;
  readonly renewable: RenewableConfiguration;
  readonly guardedPath: GuardedPath;
  readonly terminalRuns: Pick<TerminalRuns, 'open'>;
  readonly targets: HandOffTargets;
  readonly now: () => number;
};

/** Gives a session to another program, and says how that went. */
export class HandOffs {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async copyExports({ profile: name, shell: wanted }: CommandRequest<'copyExports'>): Promise<void> {
    const { store, ledger, targets, now } = this.#parts;
    const shell = wanted ?? store.content.settings.exportShell;
    const found = this.#held(name);
    const text = found.ok ? exportText(shell, awsVariables(found.value.credentials, found.value.profile.region)) : found;
    if (!text.ok) {
      store.notify({ kind: 'failed', profile: name, error: text.error });
      return;
    }
    const clearsAt = now() + store.content.settings.clipboardSeconds * 1000;
    await targets.copySecret(text.value, clearsAt, () => store.clipboardCleared(name));
    if (found.ok) void ledger.handedOff(found.value, { way: 'clipboard', credentials: 'static' });
    store.notify({ kind: 'exports-copied', profile: name, shell, clearsAt });
  }

  async openTerminal({ profile: name, credentials, folder, readOnly = false }: CommandRequest<'openTerminal'>): Promise<void> {
    const found = readOnly ? await this.#parts.chosen.session({ profile: name, policies: readOnlyPolicies }, byUser) : this.#held(name);
    const opened = found.ok ? await this.launchTerminal(found.value, { credentials, directory: folder ?? null }) : found;
    this.#parts.store.notify(
      opened.ok ? { kind: 'terminal-opened', profile: name, terminal: opened.value.label } : { kind: 'failed', profile: name, error: opened.error },
    );
  }

  async launchTerminal(
    held: LiveHeld,
    {
      credentials: wanted,
      directory,
      only = false,
    }: { readonly credentials: TerminalCredentials | undefined; readonly directory: string | null; readonly only?: boolean },
  ): Promise<Result<Terminal>> {
    if (directory !== null && !(await isFolder(directory))) return failed(appError('terminal-folder-missing', { directory }));
    const { terminal, terminalCredentials, guardTerminals } = this.#parts.store.content.settings;
    const credentials = wanted ?? terminalCredentials;
    const variables = await this.variables(held, { kind: credentials, only });
    if (!variables.ok) return variables;
    const guarded = guardTerminals ? await this.#guarded(held, credentials, directory) : succeeded(unguarded);
    if (!guarded.ok) return guarded;
    const { end, ...launch } = guarded.value;
    const { accounts, language } = this.#parts.store.state;
    const opened = await this.#parts.targets.openTerminal(terminal, {
      profile: held.profile.name,
      session: held.session,
      policies: held.limit === undefined ? [] : policyNames(held.limit.policies),
      account: accounts[held.session.identity.accountId] ?? null,
      language,
      credentials,
      directory,
      ...launch,
      // The app itself may have been started from a terminal that had a limited session.
      unset: held.limit === undefined ? [...launch.unset, limitVariable] : launch.unset,
      variables: [...variables.value, ...launch.variables],
    });
    if (opened.ok) void this.#parts.ledger.handedOff(held, { way: 'terminal', credentials });
    else await end();
    return opened;
  }

  /** What makes a terminal a guarded one. */
  async #guarded(held: LiveHeld, credentials: TerminalCredentials, directory: string | null): Promise<Result<GuardedTerminal>> {
    const { guardedPath, terminalRuns } = this.#parts;
    const folder = await guardedPath.folder();
    if (!folder.ok) return folder;
    const run = await terminalRuns.open(held, directory);
    if (!run.ok) return run;
    const { environment = [], unset = [], fifo = null, end = unguarded.end } = run.value ?? {};
    const marks = folder.value === null ? [] : guardMarks(held, credentials);
    return succeeded({ variables: [...environment, ...marks], unset, pathFirst: folder.value, runFifo: fifo, end });
  }

  /**
   * The environment by which programs find the session, or the way to have it renewed. With `only`, where the user
   * wants it so for all, and with a limited session, they find no other profile.
   */
  async variables(
    { profile, credentials, limit }: LiveHeld,
    { kind, only }: { readonly kind: TerminalCredentials; readonly only: boolean },
  ): Promise<Result<Variables>> {
    const limited: Variables = limit === undefined ? [] : [[limitVariable, limit.id]];
    if (kind === 'static') return succeeded([...awsVariables(credentials, profile.region), ...limited]);
    // Lets an app that is started from such a terminal know that its AWS files are not the user's own.
    const mark = ['STS_TRAY_PROFILE', profile.name] as const;
    const choice = { only: only || this.#parts.store.content.settings.onlyProfile, limitId: limit?.id ?? null };
    const renewable = await this.#parts.renewable.variables(profile.name, choice);
    return renewable.ok ? succeeded([...renewable.value, ...regionVariables(profile.region), mark, ...limited]) : renewable;
  }

  #held(name: string): Result<LiveHeld> {
    const held = this.#parts.held.find(name);
    if (held !== null) return succeeded(held);
    const session = this.#parts.store.profile(name)?.session;
    // A session that has just run out may still be shown as live.
    const ranOut = session?.kind === 'expired' || session?.kind === 'active' || session?.kind === 'expiring';
    return failed(appError(ranOut ? 'session-expired' : 'session-none', { profile: name }));
  }
}

const byUser = { minLeftMs: 0, requester: { by: 'user' } } as const;

type GuardedTerminal = Pick<TerminalLaunch, 'variables' | 'unset' | 'pathFirst' | 'runFifo'> & {
  /** For a terminal that did not open. */
  readonly end: () => Promise<void>;
};

const unguarded: GuardedTerminal = { variables: [], unset: [], pathFirst: null, runFifo: null, end: async () => {} };

/** By which a guarded program knows whose session the terminal has, and whether that is still so. */
function guardMarks({ profile, credentials }: LiveHeld, kind: TerminalCredentials): Variables {
  const mark = [guardVariables.profile, profile.name] as const;
  return kind === 'renewable' ? [mark] : [mark, [guardVariables.accessKeyId, credentials.accessKeyId]];
}
