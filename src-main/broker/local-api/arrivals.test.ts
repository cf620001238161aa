import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { Arrivals } from './arrivals.ts';

let folder: string;
let server: Server;
let tooSlow: Socket[];
/** Of requests that are one byte long. */
let arrived: Socket[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arrivals-'));
  tooSlow = [];
  arrived = [];
  const arrivals = new Arrivals({ headersMs: 50, requestMs: 100 }, (socket) => tooSlow.push(socket));
  server = createServer((socket) => {
    arrivals.connected(socket);
    socket.once('data', () => {
      arrivals.arrived(socket);
      arrived.push(socket);
    });
  });
  server.listen(join(folder, 'socket'));
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function connected(): Promise<Socket> {
  const accepted = once(server, 'connection');
  const client = connect(join(folder, 'socket'));
  await Promise.all([accepted, once(client, 'connect')]);
  return client;
}

/** As hundreds of requests keep the app. */
function busyFor(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('a request', () => {
  it('a request is not too slow that came while the app itself was busy', async () => {
    const clients: Socket[] = [];
    while (clients.length < 50) clients.push(await connected());
    for (const client of clients) client.write('x');
    busyFor(200);
    await eventually(() => expect(arrived).toHaveLength(50));
    expect(tooSlow).toEqual([]);
    for (const client of clients) client.destroy();
  });

  it('a request is too slow that has not come in time, whether the app was busy or not', async () => {
    const clients = [await connected(), await connected()];
    busyFor(200);
    await eventually(() => expect(tooSlow).toHaveLength(2));
    expect(arrived).toEqual([]);
    for (const client of clients) client.destroy();
  });
});
