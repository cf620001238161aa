import { busAddress, messageBus, MessageBus } from './message-bus.ts';

/** The Secret Service, through which GNOME Keyring and others keep secrets (freedesktop.org, "Secret Service API"). */
const service = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets', interface: 'org.freedesktop.Secret.Service' };
/** Where libsecret, and so Chromium, keeps secrets. */
const collection = '/org/freedesktop/secrets/aliases/default';
const promptInterface = 'org.freedesktop.Secret.Prompt';
const answerMs = 5_000;

/** `missing`: this desktop has no such service, or one without a default collection. Does not ask for a password. */
export async function secretServiceState(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<'unlocked' | 'locked' | 'missing'> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
  return withBus(env, limit, 'missing', async (bus) => {
    const args = { strings: ['org.freedesktop.Secret.Collection', 'Locked'] };
    const answer = await bus.call({ ...service, path: collection, interface: 'org.freedesktop.DBus.Properties', member: 'Get', args }, limit);
    answer.signature();
    return answer.boolean() ? 'locked' : 'unlocked';
  });
}

/**
 * Lets the service ask the user for the password in its own dialog. Waits until the user has answered
 * or `signal` aborts, which closes the dialog. Resolves to whether the collection is unlocked then.
 */
export function unlockSecretService(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  return withBus(env, signal, false, async (bus) => {
    const unlocked = await bus.call({ ...service, member: 'Unlock', args: { paths: [collection] } }, signal);
    unlocked.texts();
    const prompt = unlocked.text();
    // In the specification this path means that no prompt is necessary.
    if (prompt === '/') return true;
    // Some services broadcast the signal, and a broadcast reaches only clients that ask for it.
    await bus.call({ ...messageBus, member: 'AddMatch', args: { strings: [`type='signal',interface='${promptInterface}'`] } }, signal);
    const completed = bus.next((message) => message.kind === 'signal' && message.path === prompt && message.interface === promptInterface, signal);
    const shown = bus.call({ ...service, path: prompt, interface: promptInterface, member: 'Prompt', args: { strings: [''] } }, signal);
    const [answer] = await Promise.all([completed, shown]);
    const isDismissed = answer.body.boolean();
    return !isDismissed;
  });
}

async function withBus<T>(env: NodeJS.ProcessEnv, signal: AbortSignal, otherwise: T, work: (bus: MessageBus) => Promise<T>): Promise<T> {
  let bus: MessageBus | null = null;
  try {
    bus = await MessageBus.open(busAddress(env), AbortSignal.any([signal, AbortSignal.timeout(answerMs)]));
    return await work(bus);
  } catch {
    return otherwise;
  } finally {
    bus?.dispose();
  }
}
