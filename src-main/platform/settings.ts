import Store from 'electron-store';
import type { Result } from '../contract/app-error.ts';
import { Settings } from '../contract/settings.ts';
import { appError, failed, succeeded } from '../core/errors.ts';

/** The settings' file, `settings.json` in the app's own folder. */
export class SettingsFile {
  readonly #store: Store;

  constructor(folder: string) {
    this.#store = new Store({ name: 'settings', cwd: folder, clearInvalidConfig: true });
  }

  /** Every setting by itself: one that the file has wrong falls back to its default, the others hold. */
  read(): Settings {
    const stored = this.#store.store;
    const valid = Object.entries(Settings.shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(stored[name]);
      return parsed.success && stored[name] !== undefined ? [[name, parsed.data] as const] : [];
    });
    return Settings.parse({ ...platformDefaults, ...Object.fromEntries(valid) });
  }

  write(settings: Settings): Result<null> {
    try {
      this.#store.store = settings;
      return succeeded(null);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return failed(appError('settings-unwritable', { file: this.#store.path, reason }));
    }
  }
}

const platformDefaults = process.platform === 'win32' ? { exportShell: 'powershell' as const } : {};
