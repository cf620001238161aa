import type { NotificationServer } from '../desktop/bus/notification-server.ts';

/** For a desktop whose notification server a test has taken the place of: what a click on a notification does. */
export async function clickRecorded(notifications: NotificationServer, summary: string): Promise<void> {
  const { id } = await notifications.waitFor((each) => each.summary === summary, 20_000);
  notifications.invoke(id);
}
