import type { AppError, ErrorCode, Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import { isKeychainAway } from '../../core/cipher.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { failed } from '../../core/errors.ts';
import { exportCommand, exportedKey } from '../../core/other-tools/exported-key.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { commandFailure, type CommandLimits, type CommandOutcome } from '../../core/user-commands/command-outcome.ts';
import type { CommandWords } from '../../core/user-commands/command-words.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

const endsAll: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['user-command-not-found', 'user-command-timed-out', 'user-command-cancelled']);

/** A person may have to unlock a keychain meanwhile. A key is short. */
const limits: CommandLimits = { timeMs: 60_000, outputMax: 4_096 };

type Parts = {
  readonly runCommand: (words: CommandWords, limits: CommandLimits, signal: AbortSignal) => Promise<CommandOutcome>;
  readonly store: UiStateStore;
  readonly vault: Pick<AccessKeyVault, 'keep'>;
  /** Calls AWS with exactly this key. */
  readonly verifyKey: (profile: string, key: AccessKey) => Promise<Result<null>>;
  readonly loadConfig: () => Promise<void>;
};

/** Brings over what another tool keeps, when the user asks for it. */
export class OtherTools {
  readonly #parts: Parts;
  readonly #imports = new SerialQueue();
  readonly #quit = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Has aws-vault hand out the keys of profiles, proves each with AWS, and keeps it in the keychain. The
   * first that fails is told; the others are kept. aws-vault keeps its own.
   */
  bringKeysOver({ profiles }: CommandRequest<'bringKeysOver'>): Promise<void> {
    return this.#imports.run(() => this.#bring(profiles));
  }

  async #bring(profiles: readonly string[]): Promise<void> {
    const { store, loadConfig } = this.#parts;
    // Only what is offered: the window's word is no reason to hand out a key of any name.
    const offered = new Set(store.content.otherTools.flatMap(({ keysOf }) => keysOf.map(({ profile }) => profile)));
    const wanted = profiles.filter((name) => offered.has(name));
    if (wanted.length === 0) return;
    const brought: string[] = [];
    let failure: { readonly profile: string; readonly error: AppError } | null = null;
    for (const profile of wanted) {
      const kept = await this.#bringOne(profile);
      if (kept.ok) brought.push(profile);
      else failure ??= { profile, error: kept.error };
      // What ends one would end each.
      if (!kept.ok && endsAll.has(kept.error.code)) break;
    }
    await loadConfig();
    if (failure === null) {
      store.notify({ kind: 'keys-brought-over', profile: null, profiles: brought });
      return;
    }
    if (isKeychainAway(failure.error)) store.change({ keychain: { kind: 'unavailable', error: failure.error } });
    store.notify({ kind: 'failed', ...failure });
  }

  async #bringOne(profile: string): Promise<Result<null>> {
    const { runCommand, verifyKey, vault } = this.#parts;
    const words = exportCommand(profile);
    const outcome = await runCommand(words, limits, this.#quit.signal);
    const failure = commandFailure(words, outcome, limits);
    if (failure !== null) return failed(failure);
    const key = exportedKey(profile, outcome.kind === 'exited' ? outcome.output : '');
    if (!key.ok) return key;
    const proven = await verifyKey(profile, key.value);
    return proven.ok ? vault.keep(profile, key.value) : proven;
  }

  dispose(): void {
    this.#quit.abort();
  }
}
