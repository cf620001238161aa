import type { Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import { editAwsFile } from '../../aws/files/config-file.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import { readAccessKey } from '../../aws/files/profiles.ts';
import type { AwsFileKind } from '../../core/aws-files/aws-file-sections.ts';
import { withAccessKey, withoutAccessKey, withRegion } from '../../core/aws-files/config-lines.ts';
import type { AccessKey } from '../../core/credentials.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { isKeychainAway } from '../../core/cipher.ts';
import type { AccessKeyVault } from '../../vault/access-key-vault.ts';
import { addAccessKey } from './access-key-adder.ts';
import { moveAccessKey } from './access-key-mover.ts';
import type { AskingProgram } from '../questions/confirmations.ts';
import type { Installations } from './installations.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly files: AwsFiles;
  readonly installations: Pick<Installations, 'install' | 'uninstall'>;
  readonly vault: AccessKeyVault;
  /** Calls AWS with exactly this key. */
  readonly verifyKey: (profile: string, key: AccessKey, region?: string | null) => Promise<Result<null>>;
  /** Whether an entry of the AWS files, or a key in the keychain, has that name. */
  readonly isNamed: (profile: string) => Promise<boolean>;
  readonly loadConfig: () => Promise<void>;
};

/** Where an access key would leave the keychain a window asks as well, since the item in its menu does not say so. */
const ownWindow: AskingProgram = {
  asker: async () => ({ pid: process.pid, command: 'STS Tray', folder: null, executable: null, verified: true, peer: null }),
  signal: new AbortController().signal,
};

/** What a person at the windows changes in the AWS files, and how that went. */
export class ProfileChanges {
  readonly #parts: Parts;
  readonly #moves = new SerialQueue();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async install({ profile }: CommandRequest<'installProfile'>): Promise<void> {
    const installed = await this.#parts.installations.install(profile);
    this.#tell(profile, installed, ({ name }) => ({ kind: 'profile-installed', profile, name }));
  }

  async uninstall({ profile }: CommandRequest<'uninstallProfile'>): Promise<void> {
    const uninstalled = await this.#parts.installations.uninstall(profile, { confirm: true, asking: ownWindow });
    this.#tell(profile, uninstalled, ({ entries }) => ({ kind: 'profile-uninstalled', profile, name: entries.map(({ name }) => name).join(', ') }));
  }

  /** Adds a user profile. Returns whether it exists now. */
  addAccessKey(request: CommandRequest<'addAccessKey'>): Promise<boolean> {
    return this.#moves.run(() => this.#add(request));
  }

  async #add(request: CommandRequest<'addAccessKey'>): Promise<boolean> {
    const { store, vault, verifyKey, isNamed, loadConfig } = this.#parts;
    const { profile, to } = request;
    const added = await addAccessKey(request, {
      exists: isNamed,
      verifyKey,
      addToFiles: (name, key) => this.#addKey(name, key),
      addToKeychain: (name, key) => vault.keep(name, key),
      addRegion: (name, region) => this.#edit('config', (text) => withRegion(text, name, region)),
    });
    // After a failure too: the key may be saved, and only its region missing.
    await loadConfig();
    // Offer a place that exists for the next try.
    if (!added.ok && isKeychainAway(added.error)) store.change({ keychain: { kind: 'unavailable', error: added.error } });
    this.#tell(profile, added, () => ({ kind: 'access-key-added', profile, to }));
    return added.ok;
  }

  #addKey(profile: string, key: AccessKey): Promise<Result<null>> {
    return this.#edit('credentials', (text) => withAccessKey(text, profile, 'credentials', key));
  }

  /** One move after the other: two at once could each take the other's copy for the old one. */
  moveAccessKey(request: CommandRequest<'moveAccessKey'>): Promise<void> {
    return this.#moves.run(() => this.#move(request));
  }

  async #move({ profile, to }: CommandRequest<'moveAccessKey'>): Promise<void> {
    const { files, vault, verifyKey, loadConfig } = this.#parts;
    const moved = await moveAccessKey(profile, to, {
      vault,
      verifyKey,
      readFromFiles: (name) => readAccessKey(files, name),
      addToFiles: (name, key) => this.#addKey(name, key),
      removeFromFiles: (name, key) => this.#removeKey(name, key),
    });
    // The keychain's part of it changes no file that is watched.
    await loadConfig();
    this.#tell(profile, moved, () => ({ kind: 'access-key-moved', profile, to }));
  }

  /** Removes the key from both files, where they have exactly this key. */
  async #removeKey(profile: string, key: AccessKey): Promise<Result<null>> {
    const { files } = this.#parts;
    for (const kind of ['credentials', 'config'] as const) {
      const found = await readAccessKey(files, profile);
      if (found.ok && found.value.secretAccessKey !== key.secretAccessKey) return failed(appError('access-key-elsewhere', { profile, file: files[kind] }));
      // A file without the key may have a backup with it, which every edit looks through.
      const removed = await this.#edit(kind, (text) => (found.ok ? withoutAccessKey(text, profile, kind) : 'none'));
      if (!removed.ok) return removed;
    }
    return succeeded(null);
  }

  /** Without a backup: a user who takes one back wants the file from before an entry was installed, not from before a key moved. */
  async #edit(kind: AwsFileKind, edit: (text: string) => { readonly text: string } | 'none'): Promise<Result<null>> {
    const edited = await editAwsFile(
      this.#parts.files[kind],
      (text) => {
        const outcome = edit(text);
        return succeeded(outcome === 'none' ? text : outcome.text);
      },
      { backup: false, mode: 0o600 },
    );
    return edited.ok ? succeeded(null) : edited;
  }

  #tell<T>(profile: string, outcome: Result<T>, notice: (value: T) => Parameters<UiStateStore['notify']>[0]): void {
    this.#parts.store.notify(outcome.ok ? notice(outcome.value) : { kind: 'failed', profile, error: outcome.error });
  }
}
