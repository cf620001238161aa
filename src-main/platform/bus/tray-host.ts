import { busAddress, messageBus, MessageBus } from './message-bus.ts';

/** The desktop's place for icons (freedesktop.org, "StatusNotifierItem"; KDE's names, which every desktop uses). */
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

/** Tells whether the desktop shows tray icons, now and at every change, until `signal` aborts. Without a bus it tells nothing. */
export async function watchTrayHost({ env, signal, onChange }: Parts): Promise<void> {
  let bus: MessageBus | null = null;
  try {
    bus = await MessageBus.open(busAddress(env), signal);
    for (const rule of watched) await bus.call({ ...messageBus, member: 'AddMatch', args: { strings: [rule] } }, signal);
    for (;;) {
      const changed = bus.next((message) => message.kind === 'signal' && changes.has(message.member), signal);
      // Heard below; until then a bus that goes away must not count as a failure that nobody handles.
      changed.catch(() => undefined);
      const isShown = await hasHost(bus, signal);
      if (signal.aborted) return;
      onChange(isShown ? 'shown' : 'missing');
      await changed;
    }
  } catch {
    // The bus has gone or never was, or the app quits.
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
