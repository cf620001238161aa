import { watchAwsFiles } from '../aws/files/config-watcher.ts';
import type { AwsFiles } from '../aws/files/environment.ts';

/** Has the AWS files read again after each change, wherever they are. */
export class AwsFileWatch {
  readonly #files: AwsFiles;
  readonly #reload: () => Promise<void>;
  #watcher: ReturnType<typeof watchAwsFiles>;

  constructor(files: AwsFiles, reload: () => Promise<void>) {
    this.#files = files;
    this.#reload = reload;
    this.#watcher = this.#watch();
  }

  /** Goes over to the files that are in use now, and has them read at once. */
  async follow(): Promise<void> {
    const before = this.#watcher;
    this.#watcher = this.#watch();
    await Promise.all([before.dispose(), this.#reload()]);
  }

  dispose(): Promise<void> {
    return this.#watcher.dispose();
  }

  #watch(): ReturnType<typeof watchAwsFiles> {
    return watchAwsFiles(this.#files, () => void this.#reload());
  }
}
