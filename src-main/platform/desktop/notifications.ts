import { Notification } from 'electron';
import { isDoNotDisturb } from '../bus/do-not-disturb.ts';
import { showOnBus, type NotificationText, type ShownNotification } from '../bus/desktop-notifications.ts';

export type NotificationRequest = NotificationText & {
  /** A click on the notification, or on its button where the platform shows one. */
  readonly onAction: () => void;
};

/**
 * Shows notifications; a newer one about the same profile replaces the older one. One that comes while
 * the user does not want to be disturbed is dropped, because later it would be out of date.
 */
export class AppNotifications {
  readonly #env: NodeJS.ProcessEnv;
  readonly #signal: AbortSignal;
  readonly #shown = new Map<string, ShownNotification>();
  /** Those that are not shown yet. */
  readonly #latest = new Map<string, NotificationRequest>();

  /** `signal` aborts when the app quits. */
  constructor(env: NodeJS.ProcessEnv, signal: AbortSignal) {
    this.#env = env;
    this.#signal = signal;
  }

  /** Resolves to whether the notification is shown. */
  async show(profile: string, request: NotificationRequest): Promise<boolean> {
    this.close(profile);
    this.#latest.set(profile, request);
    const isUnwanted = await isDoNotDisturb(this.#env, this.#signal);
    // Meanwhile it was closed, or another one came.
    if (this.#latest.get(profile) !== request) return false;
    const shown = isUnwanted ? null : await this.#show(request);
    if (this.#latest.get(profile) !== request) {
      shown?.close();
      return false;
    }
    this.#latest.delete(profile);
    if (shown === null) return false;
    this.#shown.set(profile, shown);
    void shown.ended.then((how) => {
      if (this.#shown.get(profile) === shown) this.#shown.delete(profile);
      if (how === 'clicked') request.onAction();
    });
    return true;
  }

  async #show(request: NotificationRequest): Promise<ShownNotification | null> {
    if (process.platform === 'linux') return showOnBus(this.#env, request, this.#signal);
    const { showByElectron } = await import('../runtime/shown-notification.ts');
    return showByElectron(Notification, request);
  }

  close(profile: string): void {
    this.#latest.delete(profile);
    this.#shown.get(profile)?.close();
    this.#shown.delete(profile);
  }

  dispose(): void {
    this.#latest.clear();
    for (const profile of [...this.#shown.keys()]) this.close(profile);
  }
}
