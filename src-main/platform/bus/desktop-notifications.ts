import { busAddress, messageBus, MessageBus } from './message-bus.ts';

/** The desktop's notification server (freedesktop.org, "Desktop Notifications Specification" 1.2). */
const server = { destination: 'org.freedesktop.Notifications', path: '/org/freedesktop/Notifications', interface: 'org.freedesktop.Notifications' };
const answerMs = 5_000;
const closeMs = 1_000;

export type NotificationText = {
  readonly title: string;
  readonly body: string;
  /** What a click on it does, in words. */
  readonly action: string;
};

/** A notification that is shown, until the user has clicked it or it is closed. */
export type ShownNotification = { readonly ended: Promise<'clicked' | 'closed'>; readonly close: () => void };

/**
 * Shows a notification; null where no server has shown it within five seconds. Electron's own class asks the server in
 * a synchronous call, so that a server that hangs would stop the whole app for 25 seconds, and every program that waits
 * for a session. It also takes `<` and `&` of a command for markup.
 * `env` names the bus. When `signal` aborts, the notification is closed.
 */
export async function showOnBus(env: NodeJS.ProcessEnv, { title, body, action }: NotificationText, signal: AbortSignal): Promise<ShownNotification | null> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
  let bus: MessageBus | null = null;
  try {
    bus = await MessageBus.open(busAddress(env), limit);
    const ends = endsOf(bus);
    await bus.call({ ...messageBus, member: 'AddMatch', args: { strings: [`type='signal',interface='${server.interface}'`] } }, limit);
    const able = (await bus.call({ ...server, member: 'GetCapabilities' }, limit)).texts();
    const values = [
      { type: 's', value: 'STS Tray' },
      { type: 'u', value: 0 },
      { type: 's', value: '' },
      { type: 's', value: title },
      { type: 's', value: able.includes('body-markup') ? withoutMarkup(body) : body },
      { type: 'as', value: able.includes('actions') ? ['default', action] : [] },
      { type: 'a{sv}', value: hints(env) },
      { type: 'i', value: -1 },
    ] as const;
    const id = (await bus.call({ ...server, member: 'Notify', args: { values } }, limit)).uint32();
    return shown(bus, { id, ended: ends(id), signal });
  } catch {
    // No bus, no server, or one that hangs.
    bus?.dispose();
    return null;
  }
}

/** Servers that understand markup show these as they are written. */
function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Electron sets the variable to the name of the app's desktop entry, by which servers find its icon and the user's settings for it. */
function hints({ CHROME_DESKTOP: entry = '' }: NodeJS.ProcessEnv): Readonly<Record<string, string | number>> {
  const normal = { urgency: 1 };
  return entry.endsWith('.desktop') ? { ...normal, 'desktop-entry': entry.slice(0, -'.desktop'.length) } : normal;
}

/** How notifications end, by their number, which is known only after the server may have told of an end. */
function endsOf(bus: MessageBus): (id: number) => Promise<'clicked' | 'closed'> {
  const told = new Map<number, 'clicked' | 'closed'>();
  let [isOver, tell] = [false, (): void => {}];
  bus.listen((message) => {
    if (message instanceof Error) isOver = true;
    else if (message.kind !== 'signal' || message.interface !== server.interface) return;
    else if (message.member === 'ActionInvoked') told.set(message.body.uint32(), 'clicked');
    else if (message.member === 'NotificationClosed') {
      const id = message.body.uint32();
      told.set(id, told.get(id) ?? 'closed');
    }
    tell();
  });
  return (id) =>
    new Promise((resolve) => {
      tell = () => {
        const how = told.get(id) ?? (isOver ? 'closed' : undefined);
        if (how !== undefined) resolve(how);
      };
      tell();
    });
}

type Parts = { readonly id: number; readonly ended: ShownNotification['ended']; readonly signal: AbortSignal };

function shown(bus: MessageBus, { id, ended, signal }: Parts): ShownNotification {
  let isOver = false;
  const close = (): void => {
    if (isOver) return;
    isOver = true;
    const closed = bus.call({ ...server, member: 'CloseNotification', args: { values: [{ type: 'u', value: id }] } }, AbortSignal.timeout(closeMs));
    void closed.catch(() => undefined).finally(() => bus.dispose());
  };
  signal.addEventListener('abort', close, { once: true });
  void ended.then(() => {
    signal.removeEventListener('abort', close);
    if (!isOver) bus.dispose();
    isOver = true;
  });
  return { ended, close };
}
