import { Notification } from 'electron';

export type NotificationRequest = {
  readonly title: string;
  readonly body: string;
  readonly action: string;
  /** A click on the notification, or on its button where the platform shows one. */
  readonly onAction: () => void;
};

/**
 * Shows notifications; a newer one about the same profile replaces the older one. One that comes while
 * the user does not want to be disturbed is dropped, because later it would be out of date.
 */
export class AppNotifications {
  // Kept here, because a notification that was garbage-collected does not react to clicks.
  readonly #shown = new Map<string, Notification>();

  readonly #latest = new Map<string, NotificationRequest>();
  readonly #isDoNotDisturb: () => Promise<boolean>;

  constructor(doNotDisturb: () => Promise<boolean>) {
    this.#isDoNotDisturb = doNotDisturb;
  }

  /** Resolves to whether the notification is shown. */
  async show(profile: string, request: NotificationRequest): Promise<boolean> {
    if (!Notification.isSupported()) return false;
    this.close(profile);
    this.#latest.set(profile, request);
    const isUnwanted = await this.#isDoNotDisturb();
    // Meanwhile it was closed, or another one came.
    if (this.#latest.get(profile) !== request) return false;
    this.#latest.delete(profile);
    if (!isUnwanted) this.#show(profile, request);
    return !isUnwanted;
  }

  #show(profile: string, { title, body, action, onAction }: NotificationRequest): void {
    const notification = new Notification({ title, body, actions: [{ type: 'button', text: action }] });
    notification.on('click', onAction);
    notification.on('action', onAction);
    notification.on('close', () => {
      if (this.#shown.get(profile) === notification) this.#shown.delete(profile);
    });
    this.#shown.set(profile, notification);
    notification.show();
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
