import type { Result } from '../../contract/app-error.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import type { SettingsManager } from './settings-manager.ts';
import type { UiStateStore } from './ui-state-store.ts';

/** This app's entry in the system's own list of what starts at login. */
export type LoginItem = {
  readonly isSet: () => Promise<boolean>;
  readonly set: (starts: boolean) => Promise<Result<null>>;
};

type Parts = {
  readonly store: UiStateStore;
  readonly settings: Pick<SettingsManager, 'change'>;
  readonly item: LoginItem;
};

/**
 * Keeps *start at login* the same in the settings and in the system, where the user may change it
 * too: a change in the settings goes to the system, what the system says at the start comes back.
 */
export class LoginChoice {
  readonly #parts: Parts;
  readonly #queue = new SerialQueue();
  readonly #unsubscribe: () => void;
  #known: boolean;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#known = parts.store.content.settings.startAtLogin;
    this.#unsubscribe = parts.store.subscribe(({ settings }) => this.#follow(settings.startAtLogin));
  }

  /** Takes over what the system says. */
  sync(): Promise<void> {
    // What the user has just chosen goes to the system first.
    this.#follow(this.#parts.store.content.settings.startAtLogin);
    return this.#queue.run(async () => {
      const { item, settings } = this.#parts;
      const isSet = await item.isSet();
      const wasSet = this.#known;
      this.#known = isSet;
      if (isSet !== wasSet) settings.change({ startAtLogin: isSet });
      // The app may have moved since: an AppImage has another name with each version.
      else if (isSet) await item.set(true);
    });
  }

  /** What was chosen last is still written, even when the store has not announced it yet. */
  async dispose(): Promise<void> {
    this.#unsubscribe();
    this.#follow(this.#parts.store.content.settings.startAtLogin);
    await this.#queue.run(async () => {});
  }

  #follow(starts: boolean): void {
    if (starts === this.#known) return;
    this.#known = starts;
    void this.#queue.run(async () => {
      const { item, settings, store } = this.#parts;
      const set = await item.set(starts);
      if (set.ok) return;
      this.#known = !starts;
      settings.change({ startAtLogin: !starts });
      store.notify({ kind: 'failed', profile: null, error: set.error });
    });
  }
}
