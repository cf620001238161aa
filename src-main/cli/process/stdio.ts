import { readSync, writeSync } from 'node:fs';

const retryMs = 10;

/**
 * Writes all of `text`, however slowly it is read. In a worker, Node's own streams go through the main
 * thread, which is blocked here. It is no failure when the reader is gone, like `head` after its last
 * line: nobody wants the rest.
 */
export function writeFully(descriptor: 1 | 2, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (!isTemporary(error)) return;
      pause();
    }
  }
}

/** Standard input up to its first line break or its end; `limit` is in bytes. */
export function readInputLine(limit = 1024): string {
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit && !buffer.subarray(0, length).includes('\n')) {
    try {
      const read = readSync(0, buffer, length, limit - length, null);
      if (read === 0) break;
      length += read;
    } catch (error) {
      if (!isTemporary(error)) break;
      pause();
    }
  }
  return buffer.toString('utf8', 0, length).split('\n')[0] ?? '';
}

/** A pipe or terminal that another program has set to non-blocking gives this error when it is not ready. */
function isTemporary(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
}
