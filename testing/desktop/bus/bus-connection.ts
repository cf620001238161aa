import dbus from 'dbus-next';
import type { Message, MessageBus } from 'dbus-next';
import { within } from '../../processes/deadline.ts';

const DBUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };
const CALL_TIMEOUT_MS = 10_000;

/** Arguments of a call or signal: a D-Bus signature and one value per complete type. */
export interface Arguments {
  readonly signature: string;
  readonly values: readonly unknown[];
}

export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args?: Arguments;
}

export interface Signal {
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly values: readonly unknown[];
}

export interface ServedObject {
  readonly path: string;
  readonly interface: string;
  /** Null is never answered, as by a service that hangs. */
  readonly methods: Readonly<Record<string, (values: readonly unknown[]) => Arguments | null>>;
}

/** The other side answered a call with an error. */
export class RefusedCall extends Error {}

export const variant = (signature: string, value: unknown): unknown => new dbus.Variant(signature, value);

/** One connection to a message bus. Values that arrive are plain: variants are unwrapped, byte arrays are Buffers. */
export class BusConnection {
  readonly address: string;
  readonly #bus: MessageBus;
  #isClosed = false;

  private constructor(address: string, bus: MessageBus) {
    this.address = address;
    this.#bus = bus;
    // For a call that arrives between our goodbye and the end of the stream: dbus-next would throw while answering it.
    bus.addMethodHandler(() => this.#isClosed);
  }

  static async open(address: string): Promise<BusConnection> {
    const bus = dbus.sessionBus({ busAddress: address });
    const connected = new Promise<void>((resolve, reject) => {
      bus.on('connect', resolve);
      // The listener stays: once the bus daemon is gone, an `error` without a listener would end this process.
      bus.on('error', reject);
    });
    await within(CALL_TIMEOUT_MS, `The bus at ${address} did not answer`, connected);
    return new BusConnection(address, bus);
  }

  async call(call: MethodCall): Promise<readonly unknown[]> {
    const { args, ...target } = call;
    const message = new dbus.Message({
      ...target,
      ...(args === undefined ? {} : { signature: args.signature, body: [...args.values] }),
    });
    const sentence = `${call.destination} did not answer ${call.interface}.${call.member}`;
    const reply = await within(CALL_TIMEOUT_MS, sentence, this.#bus.call(message)).catch((cause: unknown) => {
      if (!(cause instanceof dbus.DBusError)) throw cause;
      throw new RefusedCall(`${call.destination} refused ${call.interface}.${call.member}: ${cause.text}`, { cause });
    });
    return reply === null ? [] : plainValues(reply.body);
  }

  /** Every property of one interface of an object, by name. */
  async properties(target: Omit<MethodCall, 'member' | 'args'>): Promise<unknown> {
    const args = { signature: 's', values: [target.interface] };
    const [all] = await this.call({ ...target, interface: 'org.freedesktop.DBus.Properties', member: 'GetAll', args });
    return all;
  }

  async processId(name: string): Promise<number> {
    const args = { signature: 's', values: [name] };
    const [pid] = await this.call({ ...DBUS, member: 'GetConnectionUnixProcessID', args });
    return Number(pid);
  }

  async uniqueName(name: string): Promise<string | undefined> {
    const args = { signature: 's', values: [name] };
    const [owned] = await this.call({ ...DBUS, member: 'NameHasOwner', args });
    if (owned !== true) return undefined;
    const [owner] = await this.call({ ...DBUS, member: 'GetNameOwner', args });
    return String(owner);
  }

  async ownName(name: string): Promise<void> {
    const reply = await this.#bus.requestName(name, dbus.NameFlag.DO_NOT_QUEUE);
    if (reply !== dbus.RequestNameReply.PRIMARY_OWNER) throw new Error(`${name} already has an owner on this bus`);
  }

  async waitForName(name: string, milliseconds = 15_000): Promise<void> {
    let appeared = (): void => undefined;
    const signalled = new Promise<void>((resolve) => (appeared = resolve));
    const rule = `sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${name}'`;
    const stop = await this.subscribe(rule, (signal) => {
      if (signal.member === 'NameOwnerChanged' && signal.values[0] === name && signal.values[2] !== '') appeared();
    });
    try {
      if ((await this.uniqueName(name)) !== undefined) return;
      await within(milliseconds, `Nobody owned ${name}`, signalled);
    } finally {
      await stop();
    }
  }

  /**
   * Asks the bus for the signals that match `rule`. The listener sees every signal of this connection,
   * those of other rules too, and has to filter by sender, path and member.
   */
  async subscribe(rule: string, listener: (signal: Signal) => void): Promise<() => Promise<void>> {
    const match = { signature: 's', values: [`type='signal',${rule}`] };
    const hear = (message: Message): void => {
      if (message.type !== dbus.MessageType.SIGNAL) return;
      const { sender, path, interface: name, member } = message;
      listener({ sender, path, interface: name, member, values: plainValues(message.body) });
    };
    this.#bus.on('message', hear);
    await this.call({ ...DBUS, member: 'AddMatch', args: match });
    return async () => {
      this.#bus.removeListener('message', hear);
      await this.call({ ...DBUS, member: 'RemoveMatch', args: match });
    };
  }

  serve(object: ServedObject): void {
    this.#bus.addMethodHandler((message: Message): boolean => {
      if (message.path !== object.path || message.interface !== object.interface) return false;
      const method = object.methods[message.member];
      if (method === undefined) return false;
      const reply = method(plainValues(message.body));
      if (reply !== null) this.#bus.send(dbus.Message.newMethodReturn(message, reply.signature, [...reply.values]));
      return true;
    });
  }

  emit(signal: Omit<MethodCall, 'destination'>): void {
    const { path, interface: name, member, args } = signal;
    this.#bus.send(dbus.Message.newSignal(path, name, member, args?.signature ?? '', [...(args?.values ?? [])]));
  }

  close(): void {
    this.#isClosed = true;
    this.#bus.disconnect();
  }
}

function plainValues(values: readonly unknown[] | undefined): unknown[] {
  return (values ?? []).map(plain);
}

function plain(value: unknown): unknown {
  if (value instanceof dbus.Variant) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}
