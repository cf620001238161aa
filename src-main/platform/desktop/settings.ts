import { readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type Store from 'electron-store';
import type { Result } from '../../contract/app-error.ts';
import { Settings } from '../../contract/settings.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { systemErrorReason } from '../../core/system-error.ts';
import { makeFilePrivate } from '../../files/private-modes.ts';

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

  /** Each setting is checked separately: a wrong one falls back to its default, and the others stay as they are. */
  read(): Settings {
    const stored = this.#stored();
    const valid = Object.entries(Settings.shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(stored[name]);
      return parsed.success && stored[name] !== undefined ? [[name, parsed.data] as const] : [];
    });
    return Settings.parse({ ...platformDefaults, ...Object.fromEntries(valid) });
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

  #stored(): Readonly<Record<string, unknown>> {
    try {
      const stored: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
    } catch {
      // The file does not exist yet or is damaged; the next change writes a complete one.
      return {};
    }
  }
}

const fileName = 'settings.json';
const platformDefaults = process.platform === 'win32' ? { exportShell: 'powershell' as const } : {};
