import { z } from 'zod';
import { BusConnection, variant, type Arguments } from './bus-connection.ts';
import { poll } from '../../processes/deadline.ts';

const NOTIFICATIONS = { path: '/org/freedesktop/Notifications', interface: 'org.freedesktop.Notifications' };

export type Urgency = 'low' | 'normal' | 'critical';
export type CloseReason = 'expired' | 'dismissed' | 'closed-by-app';

export interface NotificationAction {
  readonly key: string;
  readonly label: string;
}

export interface DesktopNotification {
  readonly id: number;
  readonly appName: string;
  readonly summary: string;
  readonly body: string;
  readonly actions: readonly NotificationAction[];
  readonly urgency: Urgency;
  /** As the app asked: -1 leaves it to the desktop, 0 means never. */
  readonly expireMilliseconds: number;
  readonly state: 'shown' | 'replaced' | CloseReason;
}

const REASON_CODE = { expired: 1, dismissed: 2, 'closed-by-app': 3 } as const satisfies Record<CloseReason, number>;
const URGENCIES: readonly Urgency[] = ['low', 'normal', 'critical'];

const notifyArguments = z.tuple([
  z.string(),
  z.number(),
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
  z.looseObject({ urgency: z.number().optional() }),
  z.number(),
]);

/** The desktop's notification daemon (Desktop Notifications Specification 1.2): it records instead of drawing. */
export class NotificationServer {
  readonly #bus: BusConnection;
  readonly #received: DesktopNotification[] = [];
  #lastId = 0;
  /** Whether the user does not want to be disturbed, as KDE's server reports it. */
  inhibited = false;
  /** `body-markup` is that of servers that read `<b>` in a body. */
  capabilities: readonly string[] = ['actions', 'body'];
  /** Takes every call, and answers none. */
  hangs = false;
  /** How many calls it took and did not answer. */
  timesLeft = 0;
  /** How often a program asked whether that is so. */
  timesAsked = 0;

  private constructor(bus: BusConnection) {
    this.#bus = bus;
  }

  static async start(address: string): Promise<NotificationServer> {
    const bus = await BusConnection.open(address);
    const server = new NotificationServer(bus);
    const unlessItHangs = (answer: (values: readonly unknown[]) => Arguments) => (values: readonly unknown[]) => {
      if (server.hangs) server.timesLeft += 1;
      return server.hangs ? null : answer(values);
    };
    bus.serve({
      ...NOTIFICATIONS,
      methods: {
        GetCapabilities: unlessItHangs(() => ({ signature: 'as', values: [[...server.capabilities]] })),
        GetServerInformation: unlessItHangs(() => ({ signature: 'ssss', values: ['Recording desktop', 'STS Tray', '1', '1.2'] })),
        Notify: unlessItHangs((values) => ({ signature: 'u', values: [server.#notify(notifyArguments.parse(values))] })),
        CloseNotification: unlessItHangs(([id]) => {
          server.dismiss(Number(id), 'closed-by-app');
          return { signature: '', values: [] };
        }),
      },
    });
    bus.serve({
      path: NOTIFICATIONS.path,
      interface: 'org.freedesktop.DBus.Properties',
      methods: {
        Get: unlessItHangs(() => {
          server.timesAsked += 1;
          return { signature: 'v', values: [variant('b', server.inhibited)] };
        }),
      },
    });
    await bus.ownName(NOTIFICATIONS.interface);
    return server;
  }

  /** Every notification so far, the first one first, closed ones included. */
  received(): readonly DesktopNotification[] {
    return [...this.#received];
  }

  waitFor(isWanted: (notification: DesktopNotification) => boolean, milliseconds = 10_000): Promise<DesktopNotification> {
    const sentence = (): string => `No such notification (received: ${this.#received.map(({ summary }) => summary).join(', ') || 'none'})`;
    return poll(milliseconds, sentence, () => this.#received.find(isWanted));
  }

  /** What happens when the user clicks the notification (`default`) or one of its buttons: it also closes. */
  invoke(id: number, action = 'default'): void {
    const shown = this.#shown(id);
    if (!shown.actions.some(({ key }) => key === action)) {
      throw new Error(`Notification ${id} has no action ${action}, but ${shown.actions.map(({ key }) => key).join(', ')}`);
    }
    this.#bus.emit({ ...NOTIFICATIONS, member: 'ActionInvoked', args: { signature: 'us', values: [id, action] } });
    this.dismiss(id);
  }

  /** What happens when the user waves it away, or whatever else the reason says. */
  dismiss(id: number, reason: CloseReason = 'dismissed'): void {
    this.#become(this.#shown(id), reason);
    const args = { signature: 'uu', values: [id, REASON_CODE[reason]] };
    this.#bus.emit({ ...NOTIFICATIONS, member: 'NotificationClosed', args });
  }

  close(): void {
    this.#bus.close();
  }

  #notify([appName, replacesId, , summary, body, actionPairs, hints, expireMilliseconds]: z.infer<typeof notifyArguments>): number {
    const replaced = this.#received.find(({ id, state }) => id === replacesId && state === 'shown');
    if (replaced !== undefined) this.#become(replaced, 'replaced');
    const id = replaced?.id ?? (this.#lastId += 1);
    const actions = actionPairs.flatMap((key, index) => (index % 2 === 0 ? [{ key, label: actionPairs[index + 1] ?? '' }] : []));
    const urgency = URGENCIES[hints.urgency ?? 1] ?? 'normal';
    this.#received.push({ id, appName, summary, body, actions, urgency, expireMilliseconds, state: 'shown' });
    return id;
  }

  #shown(id: number): DesktopNotification {
    const shown = this.#received.find((notification) => notification.id === id && notification.state === 'shown');
    if (shown === undefined) throw new Error(`No notification ${id} is shown`);
    return shown;
  }

  #become(notification: DesktopNotification, state: DesktopNotification['state']): void {
    this.#received.splice(this.#received.indexOf(notification), 1, { ...notification, state });
  }
}
