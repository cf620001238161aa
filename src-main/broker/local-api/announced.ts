import { randomBytes } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { announcementText, type Announcement } from '../../core/local-api/announcement.ts';
import { nonceLength, proveApp } from '../../core/local-api/proof.ts';
import { wireOf } from '../../core/local-api/wire.ts';
import { removePrivateFile, writePrivateFile } from '../../files/private-file.ts';
import { Arrivals, type ArrivalLimits } from './arrivals.ts';
import type { Closable } from './closing.ts';
import { listenPrivately } from './socket.ts';

/**
 * Lets clients reach `server` at an address that is made here, and that `file` tells the user's own
 * programs. A connection gets to the server once both sides have proved that they know the file.
 *
 * Who can read the file is decided by its mode, and on Windows by the access list that it inherits:
 * that of the user's own application data, unless `--user-data-dir` names a folder that is open to others.
 *
 * Fails with `local-api-closed`.
 */
export async function listenAnnounced(
  server: HttpServer,
  { file, prefix }: { readonly file: string; readonly prefix: string },
  limits: ArrivalLimits & { readonly connections: number },
): Promise<Result<Closable>> {
  const announcement: Announcement = { address: `${prefix}${randomBytes(16).toString('hex')}`, token: randomBytes(32).toString('hex') };
  const proving = new Arrivals(limits, (socket) => socket.destroy());
  const sockets = new Set<Socket>();
  // The server's own connections may be half open too, so that a client can end its request and wait.
  const gate = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => {});
    proving.connected(socket);
    void proveApp(wireOf(socket), announcement, randomBytes(nonceLength)).then((proven) => {
      proving.arrived(socket);
      if (proven === 'proven') server.emit('connection', socket);
      else socket.destroy();
    });
  });
  gate.maxConnections = limits.connections;

  const opened = await listenPrivately(gate, announcement.address, limits.connections);
  if (!opened.ok) return opened;
  const unwritable = await writePrivateFile(file, Buffer.from(announcementText(announcement)));
  if (unwritable !== null) {
    await new Promise((resolve) => gate.close(resolve));
    return failed(appError('local-api-closed', { file, reason: unwritable }));
  }
  gate.on('error', (error) => server.emit('error', error));
  return succeeded({
    close: (closed) => {
      const ended = new Promise((resolve) => gate.close(resolve));
      proving.dispose();
      // Whoever takes the address from now on finds nobody who knows it.
      void Promise.all([ended, removePrivateFile(file)]).then(closed);
    },
    closeAllConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
  });
}
