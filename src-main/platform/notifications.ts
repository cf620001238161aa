import { Notification } from 'electron';

export type NotificationRequest = {
  readonly title: string;
  readonly body: string;
  readonly action: string;
  /** A click on the notification, or on its button where the platform shows one. */
  readonly onAction: () => void;
};

/** Shows notifications; a newer one about the same profile takes the older one's place. */
export class AppNotifications {
  // Kept, since a notification that was collected as garbage answers no click.
  readonly #shown = new Map<string, Notification>();

  show(profile: string, { title, body, action, onAction }: NotificationRequest): void {
    if (!Notification.isSupported()) return;
    this.close(profile);
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
    this.#shown.get(profile)?.close();
    this.#shown.delete(profile);
  }

  dispose(): void {
    for (const profile of [...this.#shown.keys()]) this.close(profile);
  }
}
