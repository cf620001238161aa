import { busAddress, messageBus, MessageBus } from './message-bus.ts';

/** The desktop's place for tray icons (freedesktop.org, "StatusNotifierItem"). The names are KDE's; every desktop uses them. */
const watcher = { destination: 'org.kde.StatusNotifierWatcher', path: '/StatusNotifierWatcher', interface: 'org.kde.StatusNotifierWatcher' };
const answerMs = 5_000;

const watched = [
  `type='signal',sender='${messageBus.destination}',member='NameOwnerChanged',arg0='${watcher.destination}'`,
  `type='signal',interface='${watcher.interface}',member='StatusNotifierHostRegistered'`,
  `type='signal',interface='${watcher.interface}',member='StatusNotifierHostUnregistered'`,
];
const changes: ReadonlySet<string | null> = new Set(['NameOwnerChanged', 'StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered']);

type Parts = {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onChange: (tray: 'shown' | 'missing') => void;
};

/** Reports whether the desktop shows tray icons, now and at every change, until `signal` aborts. Without a bus it reports nothing. */
export async function watchTrayHost({ env, signal, onChange }: Parts): Promise<void> {
  let bus: MessageBus | null = null;
  try {
    bus = await MessageBus.open(busAddress(env), signal);
    for (const rule of watched) await bus.call({ ...messageBus, member: 'AddMatch', args: { strings: [rule] } }, signal);
    for (;;) {
      const changed = bus.next((message) => message.kind === 'signal' && changes.has(message.member), signal);
      // Awaited below. If the bus goes away before that, it must not count as an unhandled rejection.
      changed.catch(() => undefined);
      const isShown = await hasHost(bus, signal);
      if (signal.aborted) return;
      onChange(isShown ? 'shown' : 'missing');
      await changed;
    }
  } catch {
    // The bus is gone or never existed, or the app is quitting.
  } finally {
    bus?.dispose();
  }
}

async function hasHost(bus: MessageBus, signal: AbortSignal): Promise<boolean> {
  try {
    const args = { strings: [watcher.interface, 'IsStatusNotifierHostRegistered'] };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    const answer = await bus.call({ ...watcher, interface: 'org.freedesktop.DBus.Properties', member: 'Get', args }, limit);
    answer.signature();
    return answer.boolean();
  } catch {
    return false;
  }
}
