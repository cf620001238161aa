import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { SharedCall } from '../../core/calls/shared-call.ts';
import { systemErrorCode } from '../../core/system-error.ts';
import { processesOf, type Processes } from './calling-program.ts';

/** Where systems keep iproute2's `ss`. A `PATH` would be the user's own, which other programs can write. */
const places = ['/usr/bin/ss', '/bin/ss', '/usr/sbin/ss', '/sbin/ss', '/run/current-system/sw/bin/ss'];

/** How long the look may take, in milliseconds: a program waits for it. */
const lookMs = 500;
/** In bytes: a line for each Unix socket of the machine. */
const outputMax = 16_777_216;

/** How far up a process is looked for. */
const climbMax = 64;

/** A descriptor that may be the peer's, as `ss` says. */
export type Holder = { readonly pid: number; readonly fd: number };

/** One end of a connection. `local` and `peer` are inodes. */
type UnixSocket = { readonly local: number; readonly peer: number; readonly holders: readonly Holder[] };

/** All Unix sockets by their inode. Each look takes a process, and hundreds of programs may ask in the same second. */
const looks = new SharedCall(async () => unixSockets(await allUnixSockets()));

/**
 * The processes that are connected to the accepted Unix socket with this inode. The kernel knows them, and
 * no program can say otherwise. Empty where that cannot be told: on other systems, without `ss`, for
 * processes of other users and other PID namespaces, and once the client has gone.
 */
export async function connectedProcesses(inode: number, platform: NodeJS.Platform = process.platform): Promise<readonly number[]> {
  if (platform !== 'linux') return [];
  const peer = peerOf(await looks.ask(), inode);
  if (peer === null) return [];
  const isHeld = await Promise.all(peer.holders.map((holder) => holds(holder, peer.local)));
  return [...new Set(peer.holders.filter((_, index) => isHeld[index] === true).map(({ pid }) => pid))];
}

/** Whether a process is this ancestor, or was started by it, directly or not. */
export async function descendsFrom(pid: number, ancestor: number, processes: Processes = processesOf(process.platform)): Promise<boolean> {
  let current = pid;
  for (let climbed = 0; climbed < climbMax && current > 1; climbed++) {
    if (current === ancestor) return true;
    current = (await processes.find(current))?.parentPid ?? 0;
  }
  return false;
}

/**
 * What `ss -xpH` says, by the inode of each socket. It prints names as they are, so a program can put whole lines of its own
 * into that of its socket. The kernel gives each inode once: what stands there twice is unknown.
 */
export function unixSockets(output: string): ReadonlyMap<number, UnixSocket> {
  const sockets = new Map<number, UnixSocket>();
  const doubtful = new Set<number>();
  for (const socket of output.split('\n').flatMap((line) => socketOf(line) ?? [])) {
    if (sockets.has(socket.local)) doubtful.add(socket.local);
    sockets.set(socket.local, socket);
  }
  for (const inode of doubtful) sockets.delete(inode);
  return sockets;
}

/** The other end of a socket; null where it is not in there. */
export function peerOf(sockets: ReadonlyMap<number, UnixSocket>, inode: number): UnixSocket | null {
  const theirs = sockets.get(sockets.get(inode)?.peer ?? -1);
  return theirs?.peer === inode ? theirs : null;
}

/** A line ends with `NAME INODE NAME INODE users:(("PROGRAM",pid=PID,fd=FD),…)`; the first name, a path, may have spaces. */
function socketOf(line: string): UnixSocket | null {
  const [, local, peer, users = ''] = /\s(\d+)\s+\S+\s+(\d+)\s*(users:\(.*\))?\s*$/.exec(line) ?? [];
  if (local === undefined || peer === undefined) return null;
  // A program can name itself like a part of this list, so what is found there is only a hint.
  const holders = [...users.matchAll(/pid=(\d+),fd=(\d+)/g)].map(([, pid, fd]) => ({ pid: Number(pid), fd: Number(fd) }));
  return { local: Number(local), peer: Number(peer), holders };
}

/** proc(5): a descriptor of a socket is a link to `socket:[INODE]`. */
async function holds({ pid, fd }: Holder, inode: number): Promise<boolean> {
  return (await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')) === `socket:[${inode}]`;
}

/** '' where it cannot be told. */
async function allUnixSockets(): Promise<string> {
  for (const place of places) {
    try {
      return (await promisify(execFile)(place, ['-xpH'], { timeout: lookMs, maxBuffer: outputMax, env: { LC_ALL: 'C' } })).stdout;
    } catch (error) {
      // One that is there and does not answer in time would not do so by another name either.
      if (systemErrorCode(error) !== 'ENOENT') return '';
    }
  }
  return '';
}
