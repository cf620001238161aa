import type { Result } from '../../contract/app-error.ts';
import type { Asker } from '../../contract/question.ts';
import type { HandOffMethod, HistoryRecord, LedgerEntry } from '../../contract/ledger.ts';
import type { TerminalCredentials } from '../../contract/settings.ts';
import { Emitter } from '../../core/emitter.ts';
import { succeeded } from '../../core/errors.ts';
import { isoSeconds } from '../../core/hand-offs/exports.ts';
import { filterHistory, historyOf, type HistoryFilter } from '../../core/ledger/history.ts';
import type { Recipient } from '../local-api/callers.ts';
import type { LedgerFile } from './ledger-file.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** An entry as its maker knows it; the ledger says when. */
export type NewEntry = LedgerEntry extends infer E ? (E extends LedgerEntry ? Omit<E, 'at'> : never) : never;

type Parts = {
  readonly store: UiStateStore;
  readonly file: LedgerFile;
  readonly now: () => number;
};

/** What is recorded of the session that is handed over. `expiresAt` is in milliseconds since 1970. */
type HandedOffSession = {
  readonly profile: { readonly name: string };
  readonly credentials: { readonly accessKeyId: string; readonly expiresAt: number };
};

/** What is about to be recorded; `forget` when that fails. */
type HandOffEntry = { readonly entry: LedgerEntry; readonly forget: () => void };

type HandOff = {
  readonly way: HandOffMethod;
  readonly credentials: TerminalCredentials;
  readonly recipient?: Recipient;
  /** Hears of a program that is about to be recorded. */
  readonly onKnown?: (program: Asker) => void;
};

/** Records what was issued, when and to whom. If the ledger cannot be written, the panel says so, and nothing else stops. */
export class Ledger {
  readonly #parts: Parts;
  /** Terraform asks dozens of times in a plan: the same program is recorded once for each session. */
  readonly #told = new Map<string, { readonly expiresAt: number; readonly programs: Set<string> }>();
  /** Hand-offs whose programs are being looked up. */
  readonly #pending = new Set<Promise<void>>();
  readonly #entries = new Emitter<LedgerEntry>();
  #failing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Calls back with each entry, also where it cannot be written. Returns the way to stop listening. */
  onEntry(listener: (entry: LedgerEntry) => void): () => void {
    return this.#entries.on(listener);
  }

  record(entry: NewEntry): void {
    const now = this.#parts.now();
    for (const [accessKeyId, { expiresAt }] of this.#told) if (expiresAt <= now) this.#told.delete(accessKeyId);
    if (entry.event === 'ended') this.#told.delete(entry.accessKeyId);
    void this.#append({ ...entry, at: isoSeconds(now) });
  }

  /** Resolves when it is known who gets the session: that program may end with its answer. Nobody waits for the line. */
  handedOff(session: HandedOffSession, handOff: HandOff): Promise<void> {
    const entry = this.#entryOf(session, handOff);
    const recorded = entry.then((found) => (found === null ? undefined : this.#recordHandOff(found))).finally(() => this.#pending.delete(recorded));
    this.#pending.add(recorded);
    return entry.then(() => undefined);
  }

  /** Resolves when everything recorded so far is written; quitting has to wait for it. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#pending);
    await this.#parts.file.settled();
  }

  /** Null when it was recorded before. */
  async #entryOf(session: HandedOffSession, { way, credentials, recipient, onKnown }: HandOff): Promise<HandOffEntry | null> {
    const { accessKeyId, expiresAt } = session.credentials;
    const at = isoSeconds(this.#parts.now());
    const named = (await recipient?.named()) ?? null;
    const told = this.#told.get(accessKeyId) ?? { expiresAt, programs: new Set() };
    this.#told.set(accessKeyId, told);
    const key = [way, credentials, named?.pid, named?.command].join(' ');
    // Without its program, a caller that asks again cannot be distinguished from another one.
    const isRepeated = named !== null || way === 'credential-process';
    if (isRepeated && told.programs.has(key)) return null;
    if (isRepeated) told.programs.add(key);
    const known = (await recipient?.known()) ?? null;
    if (known !== null) onKnown?.(known);
    const program = known === null ? null : { pid: known.pid, command: known.command, folder: known.folder, verified: known.verified, peer: known.peer };
    // The program asks again, and the ledger may work by then.
    const forget = (): void => void told.programs.delete(key);
    return { entry: { event: 'handed-off', at, profile: session.profile.name, accessKeyId, way, credentials, program }, forget };
  }

  async #recordHandOff({ entry, forget }: HandOffEntry): Promise<void> {
    if (!(await this.#append(entry))) forget();
  }

  /** The latest records first. Errors: those of the ledger's file. */
  async history(filter: HistoryFilter): Promise<Result<readonly HistoryRecord[]>> {
    const { file, store, now } = this.#parts;
    const entries = await file.read();
    if (!entries.ok) return entries;
    const { accounts } = store.content.settings;
    return succeeded(
      filterHistory(
        historyOf(entries.value, now(), (accountId) => accounts[accountId]?.alias ?? null),
        filter,
      ),
    );
  }

  /** Whether it was written. */
  async #append(entry: LedgerEntry): Promise<boolean> {
    this.#entries.emit(entry);
    const written = await this.#parts.file.append(entry);
    // Once, not for every entry.
    if (!written.ok && !this.#failing) this.#parts.store.notify({ kind: 'failed', profile: null, error: written.error });
    this.#failing = !written.ok;
    return written.ok;
  }
}
