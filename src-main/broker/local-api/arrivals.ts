import type { Socket } from 'node:net';

/** In milliseconds from when the client connected. */
export type ArrivalLimits = { readonly headersMs: number; readonly requestMs: number };

/**
 * The connections whose requests are still on their way. One that takes too long is handed to
 * `tooSlow`. Node has limits of its own, but it checks all connections at an interval, which would
 * wake an idle app.
 */
export class Arrivals {
  /** What stops the time of each connection. */
  readonly #stops = new Map<Socket, () => void>();
  readonly #limits: ArrivalLimits;
  readonly #tooSlow: (socket: Socket) => void;

  constructor(limits: ArrivalLimits, tooSlow: (socket: Socket) => void) {
    this.#limits = limits;
    this.#tooSlow = tooSlow;
  }

  connected(socket: Socket): void {
    this.#limit(socket, this.#limits.headersMs, () => this.#tooSlow(socket));
    socket.once('close', () => this.arrived(socket));
  }

  headersArrived(socket: Socket): void {
    this.#limit(socket, this.#limits.requestMs - this.#limits.headersMs, () => this.#tooSlow(socket));
  }

  arrived(socket: Socket): void {
    this.#stops.get(socket)?.();
    this.#stops.delete(socket);
  }

  /** The request has its answer, and its rest only has to be read. */
  draining(socket: Socket): void {
    this.#limit(socket, this.#limits.requestMs, () => socket.destroy());
  }

  dispose(): void {
    for (const socket of this.#stops.keys()) socket.destroy();
  }

  #limit(socket: Socket, milliseconds: number, end: () => void): void {
    this.#stops.get(socket)?.();
    const timer = setTimeout(() => {
      // Where the app itself was busy for so long, what has arrived meanwhile is still to be read, and timers come before that.
      const afterReading = setImmediate(end);
      this.#stops.set(socket, () => clearImmediate(afterReading));
    }, milliseconds);
    this.#stops.set(socket, () => clearTimeout(timer));
  }
}
