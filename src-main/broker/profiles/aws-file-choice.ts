import type { AwsFiles } from '../../aws/files/environment.ts';
import { fixedByEnvironment } from '../../aws/files/environment.ts';
import { appError } from '../../core/errors.ts';
import type { SettingsManager } from '../state/settings-manager.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly settings: SettingsManager;
  /** As they are now; follows the settings. */
  readonly files: AwsFiles;
  readonly env: NodeJS.ProcessEnv;
  /** Reads and watches the files that are in use from now on. */
  readonly reload: () => Promise<void>;
};

/** Which AWS files are read, as the user points to them. It takes effect at once. */
export class AwsFileChoice {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `path` is a full path; null is the usual place. */
  async choose(file: keyof AwsFiles, path: string | null): Promise<void> {
    const { store, settings, env } = this.#parts;
    const variable = fixedByEnvironment(env, file);
    if (variable !== null) {
      store.notify({ kind: 'failed', profile: null, error: appError('aws-file-fixed', { variable }) });
      return;
    }
    settings.chooseAwsFile(file, path);
    await this.#take();
  }

  async reset(): Promise<void> {
    this.#parts.settings.chooseAwsFile('config', null);
    this.#parts.settings.chooseAwsFile('credentials', null);
    await this.#take();
  }

  async #take(): Promise<void> {
    const { store, files, reload } = this.#parts;
    store.change({ files: { config: files.config, credentials: files.credentials } });
    await reload();
  }
}
