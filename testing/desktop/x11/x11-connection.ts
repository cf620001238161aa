import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { within } from '../../processes/deadline.ts';
import { ATOM, card16, card32, card8, firstScreen, request, setupRequest, type Screen } from './x11-wire.ts';

const REPLY_TIMEOUT_MS = 10_000;
const GENERIC_EVENT = 35;

export interface Property {
  readonly type: number;
  readonly value: Buffer;
}

interface PendingReply {
  readonly resolve: (reply: Buffer) => void;
  readonly reject: (failure: Error) => void;
}

/**
 * A client of the X server, for what the tests ask of it: pictures, window properties, selections. It
 * replaces xclip, xprop, xsetroot and ImageMagick, which do not say what went wrong.
 */
export class X11Connection {
  readonly screen: Screen;
  readonly events = new EventEmitter<{ event: [type: number, event: Buffer] }>();
  readonly #socket: Socket;
  readonly #pending = new Map<number, PendingReply>();
  readonly #atoms = new Map<string, Promise<number>>();
  #sequence = 0;
  #resources = 0;
  #received: Buffer;

  private constructor(socket: Socket, screen: Screen, rest: Buffer) {
    this.#socket = socket;
    this.screen = screen;
    this.#received = rest;
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#readPackets();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.#failPending(new Error('The X server closed the connection')));
  }

  static async open(display: string, cookie: Buffer): Promise<X11Connection> {
    const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
    await once(socket, 'connect');
    socket.write(setupRequest(cookie));
    let received = Buffer.alloc(0);
    const isComplete = (): boolean => received.length >= 8 && received.length >= 8 + received.readUInt16LE(6) * 4;
    while (!isComplete()) {
      const [chunk] = (await within(REPLY_TIMEOUT_MS, 'The X server sent no setup', once(socket, 'data'))) as [Buffer];
      received = Buffer.concat([received, chunk]);
    }
    if (received.readUInt8(0) !== 1) {
      socket.destroy();
      throw new Error(`The X server refused the connection: ${received.subarray(8).toString('latin1')}`);
    }
    return new X11Connection(socket, firstScreen(received), received.subarray(8 + received.readUInt16LE(6) * 4));
  }

  newId(): number {
    this.#resources += 1;
    return this.screen.resourceBase + this.#resources;
  }

  send(bytes: Buffer): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#socket.write(bytes);
  }

  ask(bytes: Buffer): Promise<Buffer> {
    this.send(bytes);
    const sequence = this.#sequence;
    const reply = new Promise<Buffer>((resolve, reject) => this.#pending.set(sequence, { resolve, reject }));
    return within(REPLY_TIMEOUT_MS, `X11 request ${bytes.readUInt8(0)} got no reply`, reply);
  }

  atom(name: string): Promise<number> {
    const known = this.#atoms.get(name);
    if (known !== undefined) return known;
    const bytes = Buffer.from(name);
    const asked = this.ask(request(16, 0, [card16(bytes.length), card16(0)], bytes)).then((reply) => reply.readUInt32LE(8));
    this.#atoms.set(name, asked);
    return asked;
  }

  async atomName(atom: number): Promise<string> {
    const reply = await this.ask(request(17, 0, [card32(atom)]));
    return reply.subarray(32, 32 + reply.readUInt16LE(8)).toString('latin1');
  }

  async property(window: number, name: string): Promise<Property | undefined> {
    const anyType = 0;
    const words = 0x10_0000;
    const fields = [window, await this.atom(name), anyType, 0, words].map(card32);
    const reply = await this.ask(request(20, 0, fields));
    const bytesPerUnit = reply.readUInt8(1) / 8;
    if (bytesPerUnit === 0) return undefined;
    return { type: reply.readUInt32LE(8), value: reply.subarray(32, 32 + reply.readUInt32LE(16) * bytesPerUnit) };
  }

  async changeProperty(window: number, property: number, type: number, value: Buffer): Promise<void> {
    const format = type === ATOM.ATOM ? 32 : 8;
    const fields = [window, property, type].map(card32);
    const units = value.length / (format / 8);
    this.send(request(18, 0, [...fields, card8(format), card8(0), card16(0), card32(units)], value));
  }

  /** A window that is never shown, to own and receive selections. */
  createHiddenWindow(): number {
    const window = this.newId();
    const INPUT_ONLY = 2;
    const place = [0, 0, 1, 1, 0, INPUT_ONLY].map(card16);
    this.send(request(1, 0, [card32(window), card32(this.screen.root), ...place, card32(0), card32(0)]));
    return window;
  }

  /** `rgb` is 0xRRGGBB. */
  paintRoot(rgb: number): void {
    const BACKGROUND_PIXEL = 2;
    this.send(request(2, 0, [this.screen.root, BACKGROUND_PIXEL, rgb].map(card32)));
    this.send(request(61, 0, [card32(this.screen.root), ...[0, 0, 0, 0].map(card16)]));
  }

  sendEvent(window: number, event: Buffer): void {
    this.send(request(25, 0, [card32(window), card32(0)], event));
  }

  close(): void {
    this.#socket.destroy();
  }

  #readPackets(): void {
    while (this.#received.length >= 32) {
      const type = this.#received.readUInt8(0) & 0x7f;
      const extra = type === 1 || type === GENERIC_EVENT ? this.#received.readUInt32LE(4) * 4 : 0;
      if (this.#received.length < 32 + extra) return;
      const packet = this.#received.subarray(0, 32 + extra);
      this.#received = this.#received.subarray(32 + extra);
      if (type > 1) this.events.emit('event', type, packet);
      else this.#settle(packet, type === 0 ? new Error(`X11 error ${packet.readUInt8(1)}`) : undefined);
    }
  }

  #settle(packet: Buffer, failure: Error | undefined): void {
    const sequence = packet.readUInt16LE(2);
    const waiting = this.#pending.get(sequence);
    if (waiting === undefined) return;
    this.#pending.delete(sequence);
    if (failure === undefined) waiting.resolve(packet);
    else waiting.reject(failure);
  }

  #failPending(failure: Error): void {
    for (const { reject } of this.#pending.values()) reject(failure);
    this.#pending.clear();
  }
}
