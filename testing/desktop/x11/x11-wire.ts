/** The parts of the X11 core protocol that the desktop speaks, little-endian. */
export const ATOM = { ATOM: 4, CARDINAL: 6, STRING: 31 } as const;
export const EVENT = { SELECTION_REQUEST: 30, SELECTION_NOTIFY: 31 } as const;

/** A CARD8, CARD16 or CARD32 field of a request. */
export interface Field {
  readonly bits: 8 | 16 | 32;
  readonly value: number;
}
export const card8 = (value: number): Field => ({ bits: 8, value });
export const card16 = (value: number): Field => ({ bits: 16, value });
export const card32 = (value: number): Field => ({ bits: 32, value });

export function pack(fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, field) => sum + field.bits / 8, 0));
  let offset = 0;
  for (const { bits, value } of fields) {
    bytes.writeUIntLE(value % 2 ** bits, offset, bits / 8);
    offset += bits / 8;
  }
  return bytes;
}

export function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

export function request(opcode: number, detail: number, fields: readonly Field[], tail: Buffer = Buffer.alloc(0)): Buffer {
  const body = padded(Buffer.concat([pack(fields), tail]));
  return Buffer.concat([pack([card8(opcode), card8(detail), card16(1 + body.length / 4)]), body]);
}

const PROTOCOL = 'MIT-MAGIC-COOKIE-1';

export function setupRequest(cookie: Buffer): Buffer {
  const name = Buffer.from(PROTOCOL);
  const head = [card8(0x6c), card8(0), card16(11), card16(0), card16(name.length), card16(cookie.length), card16(0)];
  return Buffer.concat([pack(head), padded(name), padded(cookie)]);
}

/** An Xauthority file whose one cookie is valid for every display, because it is written before the display has its number. */
export function authorityFile(cookie: Buffer): Buffer {
  const FAMILY_WILD = 0xffff;
  const field = (bytes: Buffer): Buffer[] => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return [length, bytes];
  };
  const family = Buffer.alloc(2);
  family.writeUInt16BE(FAMILY_WILD);
  const empty = Buffer.alloc(0);
  return Buffer.concat([family, ...field(empty), ...field(empty), ...field(Buffer.from(PROTOCOL)), ...field(cookie)]);
}

export interface Screen {
  readonly resourceBase: number;
  readonly root: number;
  readonly visual: number;
  readonly width: number;
  readonly height: number;
}

export function firstScreen(setup: Buffer): Screen {
  const vendor = setup.readUInt16LE(24);
  const formats = setup.readUInt8(29);
  const screen = 40 + Math.ceil(vendor / 4) * 4 + formats * 8;
  return {
    resourceBase: setup.readUInt32LE(12),
    root: setup.readUInt32LE(screen),
    width: setup.readUInt16LE(screen + 20),
    height: setup.readUInt16LE(screen + 22),
    visual: setup.readUInt32LE(screen + 32),
  };
}
