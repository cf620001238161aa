import type { AwsFilesWatch } from '../aws/files/config-watcher.ts';
import type { AwsFiles } from '../aws/files/environment.ts';

/** Has the AWS files read again after each change, wherever they are. */
export class AwsFileWatch {
  readonly #files: AwsFiles;
  readonly #reload: () => Promise<void>;
  #watcher: Promise<AwsFilesWatch>;

  constructor(files: AwsFiles, reload: () => Promise<void>) {
    this.#files = files;
    this.#reload = reload;
    this.#watcher = this.#watch();
  }

  /** Goes over to the files that are in use now, and has them read at once. */
  async follow(): Promise<void> {
    const before = this.#watcher;
    this.#watcher = this.#watch();
    await Promise.all([before.then((watch) => watch.dispose()), this.#reload()]);
  }

  async dispose(): Promise<void> {
    return (await this.#watcher).dispose();
  }

  /** What watches is loaded beside the first reading: what changes before that is found when the files are used. */
  async #watch(): Promise<AwsFilesWatch> {
    const { watchAwsFiles } = await import('../aws/files/config-watcher.ts');
    return watchAwsFiles(this.#files, () => void this.#reload());
  }
}
