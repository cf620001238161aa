import { busAddress, MessageBus } from './message-bus.ts';

const server = { destination: 'org.freedesktop.Notifications', path: '/org/freedesktop/Notifications', interface: 'org.freedesktop.DBus.Properties' };
const answerMs = 1_000;

/**
 * Whether the user does not want to be disturbed, according to KDE's notification server (its property
 * `Inhibited`). Servers without this property hold back notifications on their own, like macOS and Windows.
 */
export async function isDoNotDisturb(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
  let bus: MessageBus | null = null;
  try {
    bus = await MessageBus.open(busAddress(env), limit);
    const answer = await bus.call({ ...server, member: 'Get', args: { strings: [server.destination, 'Inhibited'] } }, limit);
    answer.signature();
    return answer.boolean();
  } catch {
    return false;
  } finally {
    bus?.dispose();
  }
}
