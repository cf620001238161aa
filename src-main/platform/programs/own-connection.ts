import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';

/** Whether the other end of a connection is a program of this user. Only Linux can say; if it names no owner, nobody is let in. */
export async function isOwn(socket: Socket): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  const theirs = procAddresses(remoteAddress, remotePort);
  const ours = procAddresses(localAddress, localPort);
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1').catch(() => '')));
  const owners = tables.flatMap((table, index) => ownersIn(table, theirs[index], ours[index]));
  return owners.length > 0 && owners.every((owner) => owner === process.getuid?.());
}

const established = '01';

/** The columns are `sl local_address rem_address st tx:rx tr:when retrnsmt uid …` (proc_net_tcp in the kernel's documentation). */
function ownersIn(table: string, local: string | undefined, remote: string | undefined): number[] {
  return table.split('\n').flatMap((line) => {
    const [, from, to, state, , , , owner] = line.trim().split(/\s+/);
    return from === local && to === remote && state === established ? [Number(owner)] : [];
  });
}

/** An IPv4 address and port as `/proc/net/tcp` writes them, and as `tcp6` does: in words of the machine's own byte order. */
function procAddresses(address = '', port = 0): readonly [string, string] {
  const inOrder = (bytes: readonly number[]): string => {
    const ordered = endianness() === 'LE' ? bytes.toReversed() : bytes;
    return ordered.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
  };
  const v4 = inOrder(address.split('.').map(Number));
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return [`${v4}${end}`, `${'0'.repeat(16)}${inOrder([0, 0, 0xff, 0xff])}${v4}${end}`];
}
