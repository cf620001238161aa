import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type Store from 'electron-store';
import type { AppError, Result } from '../../contract/app-error.ts';
import type { Settings } from '../../contract/settings.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { jsonOf } from '../../core/json.ts';
import { keptSettings } from '../../core/kept-settings.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { makeFilePrivate } from '../../files/private-modes.ts';
import { isNoUsualFile, ownFileBytesMax, readRegularFileAtOnce } from '../../files/read-file.ts';
import { keepCopy, setAside } from '../../files/set-aside.ts';

/**
 * The settings file, `settings.json` in the app's own folder, for this user alone. electron-store writes it. It is loaded
 * only when there is something to write, because loading it takes a fifth of the app's start.
 */
export class SettingsFile {
  readonly #folder: string;
  readonly #path: string;
  #store: Promise<Store> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, fileName);
    makeFilePrivate(this.#path);
  }

  /** What can be read, as `keptSettings` reads it, and what to tell where that is not all: the file as it was is kept. */
  read(): { readonly settings: Settings; readonly problem: AppError | null } {
    const stored = this.#stored();
    if (stored === 'missing') return { settings: keptSettings({}, platformDefaults).settings, problem: null };
    if (!stored.ok) return { settings: keptSettings({}, platformDefaults).settings, problem: stored.error };
    const { settings, isWhole } = keptSettings(stored.value, platformDefaults);
    return { settings, problem: isWhole ? null : this.#keep(keepCopy) };
  }

  /** Changes are written in the order of the calls. */
  async write(settings: Settings): Promise<Result<null>> {
    try {
      this.#store ??= this.#open();
      (await this.#store).store = settings;
      return succeeded(null);
    } catch (error) {
      return failed(appError('settings-unwritable', { file: this.#path, reason: systemErrorReason(error) }));
    }
  }

  /** Removes what writes left that were killed before `startedAt`, in epoch milliseconds. */
  async removeLeft(startedAt: number): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const isStaged = name.startsWith(`${fileName}.tmp-`) && /-[\da-f]{16}$/.test(name);
      const writtenAt = isStaged
        ? await stat(join(this.#folder, name)).then(
            ({ mtimeMs }) => mtimeMs,
            () => Infinity,
          )
        : Infinity;
      if (writtenAt < startedAt) await rm(join(this.#folder, name), { force: true }).catch(() => undefined);
    }
  }

  async #open(): Promise<Store> {
    const { default: ElectronStore } = await import('electron-store');
    return new ElectronStore({ name: 'settings', cwd: this.#folder, clearInvalidConfig: true, configFileMode: 0o600 });
  }

  #stored(): Result<unknown> | 'missing' {
    try {
      return succeeded(jsonOf(readRegularFileAtOnce(this.#path, ownFileBytesMax).toString('utf8')));
    } catch (error) {
      if (isNoUsualFile(error)) return failed(this.#keep(setAside));
      const reason = systemErrorReason(error);
      return reason === 'ENOENT' ? 'missing' : failed(appError('settings-unreadable', { file: this.#path, reason }));
    }
  }

  /** The next change writes a complete file. */
  #keep(how: (path: string) => string): AppError {
    try {
      return appError('settings-set-aside', { file: this.#path, kept: how(this.#path) });
    } catch (error) {
      return appError('settings-unreadable', { file: this.#path, reason: systemErrorReason(error) });
    }
  }
}

const fileName = 'settings.json';
const platformDefaults = process.platform === 'win32' ? { exportShell: 'powershell' as const } : {};
