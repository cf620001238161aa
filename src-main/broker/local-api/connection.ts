import { fstatSync } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * The inode of a connection's own socket, by which the kernel knows what is at its other end; null where
 * there is none, as with Windows' pipes, and once it is closed. Node has no public name for the descriptor.
 */
export function connectionInode(socket: Socket): number | null {
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd = typeof handle === 'object' && handle !== null && 'fd' in handle ? Number(handle.fd) : -1;
  try {
    return fd < 0 ? null : fstatSync(fd).ino;
  } catch {
    return null;
  }
}
