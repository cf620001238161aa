import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { busMessage, incomingMessage, type BusCall, type BusReader, type IncomingMessage } from './bus-message.ts';

/** The bus itself, as the target of a call. */
export const messageBus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

/**
 * One connection to the desktop's message bus (D-Bus specification, "Message Protocol" and
 * "Authentication Protocol"). A program such as gdbus would not do: it makes one call and exits, and
 * then the keychain closes the dialog that the call opened.
 */
export class MessageBus {
  readonly #socket: Socket;
  readonly #listeners = new Set<(message: IncomingMessage | Error) => void>();
  #received = Buffer.alloc(0);
  #serial = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Connects to `address`, a server address as in DBUS_SESSION_BUS_ADDRESS. Rejects when no bus answers or `signal` aborts. */
  static async open(address: string, signal: AbortSignal): Promise<MessageBus> {
    const socket = connect({ path: socketPath(address) });
    // This listener stays, because an `error` without a listener crashes the app. Pending calls are rejected by `close`.
    socket.on('error', () => undefined);
    const bus = new MessageBus(socket);
    try {
      await once(socket, 'connect', { signal });
      await bus.#authenticate(signal);
      socket.on('data', (bytes) => bus.#hear(bytes));
      socket.once('close', () => bus.#tell(new Error('The message bus closed the connection')));
      await bus.call({ ...messageBus, member: 'Hello' }, signal);
      return bus;
    } catch (cause) {
      bus.dispose();
      throw cause;
    }
  }

  /** The body of the answer. Rejects when the other side refuses, or `signal` aborts. */
  async call(call: BusCall, signal: AbortSignal): Promise<BusReader> {
    const serial = (this.#serial += 1);
    const answered = this.next((message) => message.replyTo === serial, signal);
    this.#socket.write(busMessage(serial, call));
    const answer = await answered;
    if (answer.kind === 'error') throw new Error(`${call.destination} refused ${call.member}: ${answer.errorName}`);
    return answer.body;
  }

  /** The next message that `isAwaited`. Rejects when the connection ends or `signal` aborts. */
  next(isAwaited: (message: IncomingMessage) => boolean, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#listeners.delete(listener);
        signal.removeEventListener('abort', abort);
      };
      const listener = (message: IncomingMessage | Error): void => {
        if (message instanceof Error) reject(message);
        else if (isAwaited(message)) resolve(message);
        else return;
        stop();
      };
      const abort = (): void => listener(new Error('The message bus was left before it answered'));
      this.#listeners.add(listener);
      signal.addEventListener('abort', abort);
      if (signal.aborted || this.#socket.destroyed) abort();
    });
  }

  /** Hears every message from now on, and at last the error with which the connection ends. */
  listen(listener: (message: IncomingMessage | Error) => void): void {
    this.#listeners.add(listener);
  }

  dispose(): void {
    this.#socket.destroy();
  }

  async #authenticate(signal: AbortSignal): Promise<void> {
    const userId = Buffer.from(String(process.getuid?.() ?? '')).toString('hex');
    this.#socket.write(`\0AUTH EXTERNAL ${userId}\r\n`);
    const [answer] = (await once(this.#socket, 'data', { signal })) as [Buffer];
    if (!answer.toString('latin1').startsWith('OK ')) throw new Error('The message bus does not know this user');
    this.#socket.write('BEGIN\r\n');
  }

  #hear(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    try {
      for (let next = incomingMessage(this.#received); next !== null; next = incomingMessage(this.#received)) {
        this.#received = this.#received.subarray(next.length);
        this.#tell(next.message);
      }
    } catch {
      // Not the protocol, or its big-endian form: the rest cannot be read either.
      this.#socket.destroy();
    }
  }

  #tell(message: IncomingMessage | Error): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}

/** The session bus, as libdbus and GDBus find it. */
export function busAddress(env: NodeJS.ProcessEnv): string {
  return env['DBUS_SESSION_BUS_ADDRESS'] || `unix:path=${env['XDG_RUNTIME_DIR'] ?? ''}/bus`;
}

/** The path of the first Unix socket in a list of addresses (D-Bus specification, "Server Addresses"). */
export function socketPath(address: string): string {
  for (const each of address.split(';')) {
    const match = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(each);
    const [, kind, value] = match ?? [];
    if (value !== undefined) return (kind === 'abstract' ? '\0' : '') + decodeURIComponent(value);
  }
  throw new Error('The message bus has no Unix socket');
}
