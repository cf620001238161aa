import { BusConnection } from './bus-connection.ts';

const MANAGER = { path: '/org/freedesktop/login1', interface: 'org.freedesktop.login1.Manager' };

/** The part of systemd-logind that announces sleep and resume to programs, on the private system bus. */
export class LoginManager {
  readonly #bus: BusConnection;

  private constructor(bus: BusConnection) {
    this.#bus = bus;
  }

  static async start(systemBusAddress: string): Promise<LoginManager> {
    const bus = await BusConnection.open(systemBusAddress);
    // Inhibit is left out: it answers with a file descriptor, which dbus-next cannot send, and programs work without it.
    await bus.ownName('org.freedesktop.login1');
    return new LoginManager(bus);
  }

  suspend(): void {
    this.#prepareForSleep(true);
  }

  resume(): void {
    this.#prepareForSleep(false);
  }

  close(): void {
    this.#bus.close();
  }

  #prepareForSleep(start: boolean): void {
    this.#bus.emit({ ...MANAGER, member: 'PrepareForSleep', args: { signature: 'b', values: [start] } });
  }
}
