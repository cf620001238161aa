import { acceleratorLabel } from '../../core/desktop/shortcut/accelerator.ts';
import { appError } from '../../core/errors.ts';
import type { SettingsManager } from './settings-manager.ts';
import type { UiStateStore } from './ui-state-store.ts';

/** The one global shortcut that the app may have. */
export type SystemShortcut = {
  /** False where the system, or another program, does not give it. */
  readonly take: (accelerator: string) => boolean;
  readonly release: () => void;
};

type Parts = {
  readonly store: Pick<UiStateStore, 'content' | 'subscribe' | 'notify'>;
  readonly settings: Pick<SettingsManager, 'change'>;
  readonly system: SystemShortcut;
  /** Calls back when the computer wakes up, or is unlocked. */
  readonly onWakeUp: (callback: () => void) => { readonly dispose: () => void };
};

/**
 * Has the system give the app the shortcut that the settings name. One that is refused when it is chosen leaves the one
 * that the app had, or none; one that is refused at the start stays there, since who has it now may not have it tomorrow. Both
 * are said. Under Wayland the system is not asked: it would answer, but the keys would never come.
 */
export class ShortcutChoice {
  readonly #parts: Parts;
  readonly #unsubscribe: () => void;
  readonly #wakeUp: { readonly dispose: () => void };
  #taken = '';
  #isGiven = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#take(parts.store.content.settings.globalShortcut);
    this.#unsubscribe = parts.store.subscribe(({ settings }) => this.#follow(settings.globalShortcut));
    this.#wakeUp = parts.onWakeUp(() => this.#renew());
  }

  dispose(): void {
    this.#wakeUp.dispose();
    this.#unsubscribe();
    this.#parts.system.release();
  }

  /** Asks for it again where the system may have forgotten it, as some do over a sleep or a lock. Nobody waits for it then, so a refusal is not said. */
  #renew(): void {
    const { store, system } = this.#parts;
    if (this.#taken === '' || store.content.desktop.isWayland) return;
    system.release();
    this.#isGiven = system.take(this.#taken);
  }

  #follow(accelerator: string): void {
    if (accelerator === this.#taken) return;
    const before = this.#isGiven ? this.#taken : '';
    if (!this.#take(accelerator)) this.#parts.settings.change({ globalShortcut: before });
  }

  /** Whether the app has it, as far as it can. */
  #take(accelerator: string): boolean {
    const { store, system } = this.#parts;
    const { platform, isWayland } = store.content.desktop;
    if (this.#taken !== '') system.release();
    this.#taken = accelerator;
    this.#isGiven = accelerator === '' || isWayland || system.take(accelerator);
    if (this.#isGiven) return true;
    store.notify({ kind: 'failed', profile: null, error: appError('shortcut-refused', { keys: acceleratorLabel(accelerator, platform) }) });
    return false;
  }
}
