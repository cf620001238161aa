import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { connectionInode } from '../../broker/local-api/connection.ts';
import { connectedProcesses, descendsFrom, peerOf, unixSockets } from './socket-peer.ts';

const hasSs = ['/usr/bin/ss', '/bin/ss'].some((file) => existsSync(file));

/** Connects, and stays. */
const client = 'require("net").connect(process.argv[1]).on("close", () => process.exit()); process.stdout.write("there")';

/** A process that connects so often, and stays. */
function connectedOften(socket: string, times: number): ChildProcess {
  const script = 'for (let time = 0; time < Number(process.argv[2]); time += 1) require("net").connect(process.argv[1])';
  return spawn(process.execPath, ['-e', script, socket, `${times}`], { stdio: 'ignore' });
}

describe.runIf(process.platform === 'linux' && hasSs)('the kernel is asked who is connected', () => {
  let folder: string;
  let server: Server;
  let children: ChildProcess[];

  beforeEach(async () => {
    // A folder with spaces, as the app's own may be.
    folder = await mkdtemp(join(tmpdir(), 'socket peer 12 '));
    server = createServer().listen(join(folder, 'api.sock'));
    await once(server, 'listening');
    children = [];
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    server.close();
    await rm(folder, { recursive: true });
  });

  async function connect(file: string, args: readonly string[], argv0?: string): Promise<{ readonly child: ChildProcess; readonly inode: number }> {
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'], ...(argv0 === undefined ? {} : { argv0 }) });
    children.push(child);
    const [socket] = await accepted;
    return { child, inode: connectionInode(socket) ?? 0 };
  }

  it('and names the process at the other end', async () => {
    const { child, inode } = await connect(process.execPath, ['-e', client, join(folder, 'api.sock')]);
    expect(await connectedProcesses(inode)).toEqual([child.pid]);
    expect(await descendsFrom(child.pid ?? 0, process.pid)).toBe(true);
    expect(await descendsFrom(child.pid ?? 0, child.pid ?? 0)).toBe(true);
  });

  it('and the process that a shell started descends from the shell, and not from a stranger', async () => {
    const stranger = spawn('sleep', ['60']);
    children.push(stranger);
    const { child, inode } = await connect('sh', ['-c', `"$0" -e '${client}' "$1"; true`, process.execPath, join(folder, 'api.sock')]);
    const [peer = 0] = await connectedProcesses(inode);
    expect(peer).not.toBe(child.pid);
    expect(await descendsFrom(peer, child.pid ?? 0)).toBe(true);
    expect(await descendsFrom(peer, stranger.pid ?? 0)).toBe(false);
    process.kill(peer, 'SIGKILL');
  });

  it('and a program that names itself like another process in the list of `ss` is found out', async () => {
    // The number of the first process leaves room: such a name has 15 characters at most (prctl(2), PR_SET_NAME).
    const posing = `process.title = 'pid=1,fd=0'; ${client}`;
    const { child, inode } = await connect(process.execPath, ['-e', posing, join(folder, 'api.sock'), 'room for the title '.repeat(4)]);
    expect(spawnSync('ss', ['-xpH'], { encoding: 'utf8' }).stdout).toContain(`("pid=1,fd=0",pid=${child.pid},`);
    expect(await connectedProcesses(inode)).toEqual([child.pid]);
  });

  it('and names each of hundreds that ask at once, for which a few looks do', async () => {
    const client500 = connectedOften(join(folder, 'api.sock'), 500);
    children.push(client500);
    const accepted: Socket[] = [];
    server.on('connection', (socket) => accepted.push(socket));
    await eventually(() => expect(accepted).toHaveLength(500));
    const begun = performance.now();
    const found = await Promise.all(accepted.map((socket) => connectedProcesses(connectionInode(socket) ?? 0)));
    expect(new Set(found.flat())).toEqual(new Set([client500.pid]));
    expect(found.every((pids) => pids.length === 1)).toBe(true);
    // With a process for each of them it took more than a minute.
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('and names nobody once the client has gone, on other systems, and for a socket that is none', async () => {
    const { child, inode } = await connect(process.execPath, ['-e', client, join(folder, 'api.sock')]);
    expect(await connectedProcesses(inode, 'darwin')).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await connectedProcesses(inode)).toEqual([]);
    expect(await connectedProcesses(1)).toEqual([]);
  });
});

describe('what ss says', () => {
  const line = (path: string, local: number, peer: number, users = '') => `u_str ESTAB 0      0      ${path} ${local} * ${peer}${users}   `;
  const curl = line('*', 201, 101, ' users:(("curl",pid=77,fd=3),("sh",pid=76,fd=9))');

  it('what ss says of the other end is found by its inode, whatever the path of the socket is', () => {
    const output = [line('/home/al 5 ice/api.sock', 101, 201, ' users:(("app",pid=9,fd=20))'), curl, ''].join('\n');
    const sockets = unixSockets(output);
    expect(peerOf(sockets, 101)).toEqual({
      local: 201,
      peer: 101,
      holders: [
        { pid: 77, fd: 3 },
        { pid: 76, fd: 9 },
      ],
    });
    expect(peerOf(sockets, 102)).toBeNull();
    expect(peerOf(unixSockets(''), 101)).toBeNull();
  });

  it('a socket whose name has line breaks names nobody in place of who is connected: what stands there twice is unknown', () => {
    const victim = line('*', 301, 302, ' users:(("terraform",pid=55,fd=7))');
    const forged = '\n x 101 . 301\n x 301 . 101 users:(("terraform",pid=55,fd=7))\n';
    const output = [line('/home/alice/api.sock', 101, 201), curl, victim, line(`/tmp/${forged}`, 401, 402)].join('\n');
    const sockets = unixSockets(output);
    expect([peerOf(sockets, 101), peerOf(sockets, 301)]).toEqual([null, null]);
    expect(peerOf(unixSockets([line('/home/alice/api.sock', 101, 201), curl, victim].join('\n')), 101)?.holders[0]).toEqual({ pid: 77, fd: 3 });
  });

  it('an end that is not connected back, or whose processes are hidden, is nobody’s', () => {
    expect(peerOf(unixSockets([line('/a', 101, 201), line('*', 201, 999)].join('\n')), 101)).toBeNull();
    expect(peerOf(unixSockets([line('/a', 101, 201), line('*', 201, 101)].join('\n')), 101)).toEqual({ local: 201, peer: 101, holders: [] });
  });
});
