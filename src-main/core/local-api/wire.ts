/** A connection on which two programs exchange messages of fixed lengths before anything else. */
export type Wire = {
  readonly write: (bytes: Uint8Array) => void;
  /** Takes that many bytes, and leaves what follows them on the connection; null when it ends before. */
  readonly read: (length: number) => Promise<Uint8Array | null>;
};

/** What a wire needs of a `Socket` of Node, which nobody else may read meanwhile. */
export type Connection = {
  read: (length: number) => Uint8Array | null;
  write: (bytes: Uint8Array) => unknown;
  on: (event: ConnectionEvent, listener: () => void) => unknown;
  off: (event: ConnectionEvent, listener: () => void) => unknown;
};

type ConnectionEvent = 'readable' | 'end' | 'close' | 'error';

export function wireOf(connection: Connection): Wire {
  return { write: (bytes) => void connection.write(bytes), read: (length) => readExactly(connection, length) };
}

function readExactly(connection: Connection, length: number): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const settle = (bytes: Uint8Array | null): void => {
      connection.off('readable', look);
      for (const event of ends) connection.off(event, stop);
      resolve(bytes);
    };
    const look = (): void => {
      // At its end a connection gives what is left, which may be less.
      const bytes = connection.read(length);
      if (bytes !== null) settle(bytes.length === length ? bytes : null);
    };
    const stop = (): void => settle(null);
    connection.on('readable', look);
    for (const event of ends) connection.on(event, stop);
    look();
  });
}

const ends = ['end', 'close', 'error'] as const;
