/** The part of D-Bus's wire format that this app's calls and their answers need (D-Bus specification, "Message Format"). */

/** An argument with its D-Bus type. In the dictionary a text is a string, and a number a byte. */
export type BusValue =
  | { readonly type: 's'; readonly value: string }
  | { readonly type: 'u' | 'i'; readonly value: number }
  | { readonly type: 'as'; readonly value: readonly string[] }
  | { readonly type: 'a{sv}'; readonly value: Readonly<Record<string, string | number>> };

/** A method call. Its arguments are strings, one list of object paths, or values with their types. */
export type BusCall = {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args?: { readonly strings: readonly string[] } | { readonly paths: readonly string[] } | { readonly values: readonly BusValue[] };
};

export type IncomingMessage = {
  readonly kind: 'call' | 'reply' | 'error' | 'signal';
  readonly path: string | null;
  readonly interface: string | null;
  readonly member: string | null;
  readonly errorName: string | null;
  /** The serial of the call that it answers. */
  readonly replyTo: number | null;
  readonly body: BusReader;
};

const kinds = [undefined, 'call', 'reply', 'error', 'signal'] as const;
const field = { path: 1, interface: 2, member: 3, errorName: 4, replyTo: 5, destination: 6, signature: 8 } as const;
const fixedHeader = 16;
const lengthLimit = 1 << 20;

export function busMessage(serial: number, call: BusCall): Buffer {
  const body = new BusWriter();
  let signature = '';
  if (call.args !== undefined && 'strings' in call.args) {
    for (const text of call.args.strings) body.text(text);
    signature = 's'.repeat(call.args.strings.length);
  } else if (call.args !== undefined && 'values' in call.args) {
    for (const value of call.args.values) body.value(value);
    signature = call.args.values.map(({ type }) => type).join('');
  } else if (call.args !== undefined) {
    body.texts(call.args.paths);
    signature = 'ao';
  }
  const fields = new BusWriter();
  fields.header(field.path, 'o', call.path);
  fields.header(field.destination, 's', call.destination);
  fields.header(field.interface, 's', call.interface);
  fields.header(field.member, 's', call.member);
  if (signature !== '') fields.header(field.signature, 'g', signature);

  const message = new BusWriter();
  message.bytes([0x6c, 1, 0, 1]);
  message.uint32(body.buffer.length);
  message.uint32(serial);
  message.uint32(fields.buffer.length);
  message.bytes(fields.buffer);
  message.align(8);
  message.bytes(body.buffer);
  return message.buffer;
}

/** The first message in the received bytes, and its length in bytes; null while it is incomplete. Throws if it is not a message. */
export function incomingMessage(received: Buffer): { readonly message: IncomingMessage; readonly length: number } | null {
  if (received.length < fixedHeader) return null;
  const kind = kinds[received.readUInt8(1)];
  const bodyStart = Math.ceil((fixedHeader + received.readUInt32LE(12)) / 8) * 8;
  const length = bodyStart + received.readUInt32LE(4);
  if (received.readUInt8(0) !== 0x6c || kind === undefined || length > lengthLimit) throw new Error('This is no message of a D-Bus');
  if (received.length < length) return null;
  const fields = headerFields(received.subarray(0, fixedHeader + received.readUInt32LE(12)));
  const textOf = (code: number): string | null => {
    const value = fields.get(code);
    return typeof value === 'string' ? value : null;
  };
  const replyTo = fields.get(field.replyTo);
  const message = {
    kind,
    path: textOf(field.path),
    interface: textOf(field.interface),
    member: textOf(field.member),
    errorName: textOf(field.errorName),
    replyTo: typeof replyTo === 'number' ? replyTo : null,
    body: new BusReader(received.subarray(bodyStart, length)),
  };
  return { message, length };
}

function headerFields(header: Buffer): ReadonlyMap<number, string | number> {
  const reader = new BusReader(header, fixedHeader);
  const fields = new Map<number, string | number>();
  while (!reader.isAtEnd) {
    reader.align(8);
    const code = reader.byte();
    const signature = reader.signature();
    fields.set(code, signature === 'u' ? reader.uint32() : signature === 'g' ? reader.signature() : reader.text());
  }
  return fields;
}

/** Reads values one after the other. Throws when none are left. */
export class BusReader {
  readonly #bytes: Buffer;
  #offset: number;

  constructor(bytes: Buffer, offset = 0) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  align(size: number): void {
    this.#offset = Math.ceil(this.#offset / size) * size;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#offset++);
  }

  uint32(): number {
    this.align(4);
    this.#offset += 4;
    return this.#bytes.readUInt32LE(this.#offset - 4);
  }

  boolean(): boolean {
    return this.uint32() !== 0;
  }

  text(): string {
    return this.#ended(this.uint32());
  }

  signature(): string {
    return this.#ended(this.byte());
  }

  texts(): readonly string[] {
    const end = this.uint32() + this.#offset;
    const list: string[] = [];
    while (this.#offset < end) list.push(this.text());
    return list;
  }

  #ended(length: number): string {
    const start = this.#offset;
    this.#offset += length + 1;
    return this.#bytes.toString('utf8', start, start + length);
  }
}

class BusWriter {
  buffer = Buffer.alloc(0);

  bytes(bytes: Uint8Array | readonly number[]): void {
    this.buffer = Buffer.concat([this.buffer, Uint8Array.from(bytes)]);
  }

  align(size: number): void {
    this.bytes(new Uint8Array((size - (this.buffer.length % size)) % size));
  }

  uint32(value: number): void {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.bytes(bytes);
  }

  text(text: string): void {
    const bytes = Buffer.from(text);
    this.uint32(bytes.length);
    this.bytes(bytes);
    this.bytes([0]);
  }

  texts(texts: readonly string[]): void {
    const list = new BusWriter();
    for (const text of texts) list.text(text);
    this.uint32(list.buffer.length);
    this.bytes(list.buffer);
  }

  value({ type, value }: BusValue): void {
    if (type === 's') this.text(value);
    else if (type === 'as') this.texts(value);
    else if (type === 'a{sv}') this.dictionary(value);
    // Two's complement: the same four bytes for both.
    else this.uint32(value >>> 0);
  }

  /** The gap before the first entry is not part of the length. */
  dictionary(entries: Readonly<Record<string, string | number>>): void {
    const list = new BusWriter();
    for (const [name, value] of Object.entries(entries)) {
      list.align(8);
      list.text(name);
      list.bytes([1, (typeof value === 'string' ? 's' : 'y').charCodeAt(0), 0]);
      if (typeof value === 'string') list.text(value);
      else list.bytes([value]);
    }
    this.uint32(list.buffer.length);
    this.align(8);
    this.bytes(list.buffer);
  }

  header(code: number, type: 's' | 'o' | 'g', value: string): void {
    this.align(8);
    this.bytes([code, 1, type.charCodeAt(0), 0]);
    if (type !== 'g') return this.text(value);
    this.bytes([value.length, ...Buffer.from(value), 0]);
  }
}
