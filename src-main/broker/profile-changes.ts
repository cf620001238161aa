import type { Result } from '../contract/app-error.ts';
import type { CommandRequest } from '../contract/ipc.ts';
import { editAwsFile } from '../aws/config-file.ts';
import type { AwsFiles } from '../aws/environment.ts';
import { readAccessKey } from '../aws/profiles.ts';
import { withAccessKey, withoutAccessKey, type AwsFileKind } from '../core/config-lines.ts';
import type { AccessKey } from '../core/credentials.ts';
import { succeeded } from '../core/errors.ts';
import type { AccessKeyVault } from '../vault/access-key-vault.ts';
import { moveAccessKey } from './access-key-mover.ts';
import type { ProfileInstaller } from './profile-installer.ts';
import type { UiStateStore } from './ui-state-store.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly files: AwsFiles;
  readonly installer: ProfileInstaller;
  readonly vault: AccessKeyVault;
  /** Calls AWS with exactly this key. */
  readonly proves: (profile: string, key: AccessKey) => Promise<Result<null>>;
  readonly loadConfig: () => Promise<void>;
};

/** What a person at the windows changes in the AWS files, and how that went. */
export class ProfileChanges {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async install({ profile }: CommandRequest<'installProfile'>): Promise<void> {
    const installed = await this.#parts.installer.install(profile);
    this.#tell(profile, installed, ({ name }) => ({ kind: 'profile-installed', profile, name }));
  }

  async uninstall({ profile }: CommandRequest<'uninstallProfile'>): Promise<void> {
    const uninstalled = await this.#parts.installer.uninstall(profile);
    this.#tell(profile, uninstalled, ({ name }) => ({ kind: 'profile-uninstalled', profile, name }));
  }

  async moveAccessKey({ profile, to }: CommandRequest<'moveAccessKey'>): Promise<void> {
    const { files, vault, proves, loadConfig } = this.#parts;
    const moved = await moveAccessKey(profile, to, {
      vault,
      proves,
      readFromFiles: (name) => readAccessKey(files, name),
      addToFiles: (name, key) => this.#editKeys('credentials', (text) => withAccessKey(text, name, 'credentials', key)),
      removeFromFiles: async (name) => {
        const removed = await this.#editKeys('credentials', (text) => withoutAccessKey(text, name, 'credentials'));
        // A key may be in the config file as well, or only there.
        return removed.ok ? this.#editKeys('config', (text) => withoutAccessKey(text, name, 'config')) : removed;
      },
    });
    // The keychain's part of it changes no file that is watched.
    await loadConfig();
    this.#tell(profile, moved, () => ({ kind: 'access-key-moved', profile, to }));
  }

  /** Without a backup, which would keep a removed key in clear. */
  async #editKeys(kind: AwsFileKind, edit: (text: string) => { readonly text: string } | 'none'): Promise<Result<null>> {
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
