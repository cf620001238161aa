import { chmodSync, constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { dirname } from 'node:path';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { socketBytesMax } from '../../core/local-api/api-address.ts';
import { systemErrorCode, systemErrorReason } from '../../core/system-error.ts';

/** How long an app that holds the socket may take to accept, in milliseconds. */
const acceptMs = 2000;

/** Why the address cannot be used: a system's error code, or a few English words. */
class Unusable extends Error {}

/**
 * Lets `server` listen at a Unix socket that only its owner can connect to, or at a named pipe.
 * Fails with `local-api-closed`: where the folder or the socket is not ours or open to others,
 * where another app answers, where the system refuses.
 *
 * Who connects to a Unix socket needs the right to write to it and to search its folder (unix(7);
 * macOS checks the same), so a socket of mode 0600 in a folder of mode 0700 leaves the kernel to
 * refuse every peer but the owner and root. Node cannot read the peer's credentials
 * (`SO_PEERCRED`): that check of the kernel is the check of the peer.
 *
 * A pipe has the access list that Windows gives by default: others may read, and a client has to
 * write before it can ask. libuv makes the first instance of the name or fails. Nothing tells a client
 * whose pipe it is, so `listenAnnounced` stands in front of it.
 *
 * A socket that a killed app left behind is replaced. Two apps that start in the same millisecond
 * could take each other for it; Electron's single-instance lock is what keeps them apart.
 */
export async function listenPrivately(server: Server, address: string, backlog: number): Promise<Result<null>> {
  try {
    if (isPipe(address)) {
      await listen(server, address, backlog);
    } else {
      const bytes = socketBytesMax(process.platform);
      if (Buffer.byteLength(address) > bytes) throw new Unusable(`its path is longer than ${bytes} bytes`);
      await securePrivateFolder(dirname(address));
      await removeStaleSocket(address);
      await listen(server, address, backlog);
      await requirePrivateSocket(address);
    }
    return succeeded(null);
  } catch (error) {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
    return failed(appError('local-api-closed', { file: address, reason: reasonOf(error) }));
  }
}

function isPipe(address: string): boolean {
  return /^\\\\[.?]\\pipe\\/i.test(address);
}

/** Makes the folder, or takes the rights of others away from one that is there. */
async function securePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await lstat(folder)).isSymbolicLink()) throw new Unusable('its folder is a symbolic link');
  // What is checked and what is changed is the same folder, whatever happens to its name.
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const before = await handle.stat();
    if (!isOurs(before)) throw new Unusable('its folder belongs to another user');
    if ((before.mode & 0o777) === 0o700) return;
    await handle.chmod(0o700);
    if (((await handle.stat()).mode & 0o077) !== 0) throw new Unusable('its folder is open to others');
  } finally {
    await handle.close();
  }
}

async function removeStaleSocket(address: string): Promise<void> {
  const found = await lstat(address).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return;
  if (!isOurs(found)) throw new Unusable('it belongs to another user');
  if (!found.isSocket()) throw new Unusable('it is no socket');
  if (await answers(address)) throw new Unusable('another app answers there');
  await unlink(address);
}

/** Whether somebody accepts connections there: a socket whose process has ended refuses them. */
function answers(address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.setTimeout(acceptMs, () => socket.destroy(new Unusable('another app holds it and does not answer')));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => (systemErrorCode(error) === 'ECONNREFUSED' ? resolve(false) : reject(error)));
  });
}

function listen(server: Server, address: string, backlog: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The socket is bound before `listen` returns, so no other code of this thread runs under this
    // umask. Other threads may: a folder that they make then keeps its x, which 0177 would take.
    const umask = isPipe(address) ? null : process.umask(0o077);
    try {
      server.listen({ path: address, backlog }, () => {
        server.off('error', reject);
        resolve();
      });
      if (umask !== null && server.listening) chmodSync(address, 0o600);
    } finally {
      if (umask !== null) process.umask(umask);
    }
  });
}

async function requirePrivateSocket(address: string): Promise<void> {
  const bound = await lstat(address);
  if (!bound.isSocket() || !isOurs(bound) || (bound.mode & 0o777) !== 0o600) throw new Unusable('it could not be kept from others');
}

function isOurs({ uid }: Stats): boolean {
  return uid === process.getuid?.();
}

function reasonOf(error: unknown): string {
  return error instanceof Unusable ? error.message : systemErrorReason(error);
}
