import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { AppError } from '../../contract/app-error.ts';
import { appError } from '../../core/errors.ts';
import { readAnnouncement } from '../../core/local-api/announcement.ts';
import { socketBytesMax, type ApiAddress } from '../../core/local-api/api-address.ts';
import { nonceLength, proveClient } from '../../core/local-api/proof.ts';
import { wireOf } from '../../core/local-api/wire.ts';
import { systemErrorCode, systemErrorReason } from '../../core/system-error.ts';

/** Nothing listens at the address. */
export const notRunning = 'not-running';

/** A connection to the app of this user and to no other program, or why there is none. */
export type Connected = { readonly ok: true; readonly socket: Socket } | { readonly ok: false; readonly error: AppError };

/** How long who listens may take to prove that it is the app, in milliseconds. */
const proofMs = 5_000;

/**
 * Connects to the app. Errors: `app-not-answering` `{reason}`, `app-socket-foreign` `{file}`, `app-socket-open` `{file}`, `app-socket-too-long` `{file, bytes}` and
 * `app-not-proven` `{file}`; of the request nothing was sent then.
 */
export async function connectTo(address: ApiAddress): Promise<Connected | typeof notRunning> {
  if (address.kind === 'announced') return await connectProven(address);
  const bytes = socketBytesMax(process.platform);
  // The system would cut it off, or say no more than that it is invalid.
  if (Buffer.byteLength(address.path) > bytes) return { ok: false, error: appError('app-socket-too-long', { file: address.path, bytes }) };
  const unsafe = await unsafeFile(address.path);
  return unsafe === null ? await connected(address.path) : { ok: false, error: unsafe };
}

/** Whether the app answers there. */
export async function isListening(address: ApiAddress): Promise<boolean> {
  const found = await connectTo(address);
  if (found === notRunning || !found.ok) return false;
  found.socket.destroy();
  return true;
}

async function connectProven({ file, prefix }: Extract<ApiAddress, { kind: 'announced' }>): Promise<Connected | typeof notRunning> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT' ? notRunning : notAnswering(systemErrorReason(error));
  }
  const announcement = readAnnouncement(text, prefix);
  // The app replaces the file as a whole when it starts.
  if (announcement === null) return notRunning;
  const found = await connected(announcement.address);
  if (found === notRunning || !found.ok) return found;
  const { socket } = found;
  const giveUp = setTimeout(() => socket.destroy(Object.assign(new Error('no proof'), { code: 'ETIMEDOUT' })), proofMs);
  const proven = await proveClient(wireOf(socket), announcement, randomBytes(nonceLength));
  clearTimeout(giveUp);
  if (proven === 'proven') return found;
  socket.destroy();
  if (proven === 'ended') return notAnswering(systemErrorCode(socket.errored) ?? 'ECONNRESET');
  return { ok: false, error: appError('app-not-proven', { file }) };
}

function connected(path: string): Promise<Connected | typeof notRunning> {
  return new Promise((resolve) => {
    const socket = connect(path);
    // Stays, because the connection can fail before anybody else listens for that.
    socket.on('error', (error) => {
      const isAbsent = ['ENOENT', 'ECONNREFUSED'].includes(systemErrorCode(error) ?? '');
      resolve(isAbsent ? notRunning : notAnswering(systemErrorReason(error)));
    });
    socket.once('connect', () => resolve({ ok: true, socket }));
  });
}

function notAnswering(reason: string): Connected {
  return { ok: false, error: appError('app-not-answering', { reason }) };
}

/**
 * Why the socket cannot be trusted, or its folder: `app-socket-foreign` `{file}` when another user owns it,
 * `app-socket-open` `{file}` when others may write to it or come near it. The app leaves both to its user alone.
 */
async function unsafeFile(path: string): Promise<AppError | null> {
  const user = process.getuid?.();
  if (user === undefined) return null;
  for (const file of [dirname(path), path]) {
    try {
      const { uid, mode } = await stat(file);
      if (uid !== user) return appError('app-socket-foreign', { file });
      if ((mode & 0o077) !== 0) return appError('app-socket-open', { file });
    } catch (error) {
      // A file that does not exist has no owner; one that we may not look at belongs to somebody else.
      if (systemErrorCode(error) === 'EACCES') return appError('app-socket-foreign', { file });
    }
  }
  return null;
}
