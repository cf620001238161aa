import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalApiRig, processCredentials } from '../../../testing/rigs/local-api-rig.ts';
import { askApp, holdRun } from '../../cli/process/app-connection.ts';
import { isListening } from '../../cli/process/connect.ts';
import { announcementText, readAnnouncement, type Announcement } from '../../core/local-api/announcement.ts';
import type { ApiAddress } from '../../core/local-api/api-address.ts';
import { nonceLength } from '../../core/local-api/proof.ts';
import { eventually } from '../../../testing/processes/eventually.ts';
import { hurried } from '../../../testing/processes/hurried.ts';

// A Unix socket stands in for the pipe of Windows: what keeps a pipe from impostors is not its kind.

let rig: LocalApiRig;
let address: Extract<ApiAddress, { kind: 'announced' }>;
const impostors: Server[] = [];
beforeEach(async () => {
  rig = await LocalApiRig.make();
  address = { kind: 'announced', file: join(rig.socketFolder, 'api.json'), prefix: join(rig.socketFolder, 'pipe-') };
});
afterEach(async () => {
  for (const impostor of impostors.splice(0)) await new Promise((resolve) => impostor.close(resolve));
  await rig.close();
});

async function open(limits: Parameters<LocalApiRig['tryToOpen']>[0] = {}) {
  const opened = await rig.tryToOpen(limits, address);
  if (!opened.ok) throw new Error(String(opened.error.params['reason']));
  return opened.value;
}

async function announced(): Promise<Announcement> {
  const found = readAnnouncement(await readFile(address.file, 'utf8'), address.prefix);
  if (found === null) throw new Error('no announcement');
  return found;
}

/** Sends bytes, and waits until the app ends the connection; returns what it said. */
async function say(...messages: readonly (string | Buffer)[]): Promise<string> {
  const client = connect((await announced()).address);
  for (const message of messages) client.write(message);
  return new Promise((resolve) => {
    let text = '';
    client.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    client.on('error', () => {}).on('close', () => resolve(text));
  });
}

/** Listens at the address that an app announced before it was killed, and does not know its token. */
async function impersonate(answer: (socket: Socket, asked: Buffer) => void): Promise<{ readonly heard: () => Buffer; readonly token: string }> {
  const left: Announcement = { address: `${address.prefix}left`, token: 'a1'.repeat(32) };
  await mkdir(rig.socketFolder, { recursive: true });
  await writeFile(address.file, announcementText(left));
  const heard: Buffer[] = [];
  const impostor = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (bytes) => {
        heard.push(bytes);
        answer(socket, bytes);
      });
  });
  impostors.push(impostor);
  await new Promise<void>((resolve) => impostor.listen(left.address, resolve));
  return { heard: () => Buffer.concat(heard), token: left.token };
}

const withCode = { profile: 'prod', code: '123456' } as const;
const request = 'GET /v1/credential-process?profile=ready HTTP/1.1\r\n\r\n';

describe('an app that is found by a file', () => {
  it('an app that is found by a file answers whoever reads the file, and only its user can', async () => {
    await open();
    expect(await askApp(address, 'credential-process', { profile: 'ready' })).toEqual({ ok: true, value: processCredentials });
    expect(await askApp(address, 'login', withCode)).toMatchObject({ ok: false, error: { code: 'profile-unknown' } });
    expect((await stat(address.file)).mode & 0o777).toBe(0o600);
    expect((await stat(rig.socketFolder)).mode & 0o777).toBe(0o700);
  });

  it('an app that is found by a file has another address and another token after each start, and takes the file along', async () => {
    const first = await open();
    const before = await announced();
    await first.dispose();
    await expect(stat(address.file)).rejects.toMatchObject({ code: 'ENOENT' });
    await open();
    const after = await announced();
    expect(after.address).not.toBe(before.address);
    expect(after.token).not.toBe(before.token);
    expect(after.address.slice(address.prefix.length)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('an app that is found by a file is not running where there is no file, where nobody listens, and where the file is cut off', async () => {
    expect(await askApp(address, 'status', {})).toBe('not-running');
    await mkdir(rig.socketFolder);
    await writeFile(address.file, announcementText({ address: `${address.prefix}gone`, token: 'a1'.repeat(32) }));
    expect(await askApp(address, 'status', {})).toBe('not-running');
    await writeFile(address.file, '{"address":');
    expect(await askApp(address, 'status', {})).toBe('not-running');
    expect(await isListening(address)).toBe(false);
  });

  it('an app that is found by a file says why its file cannot be written, and listens nowhere', async () => {
    await mkdir(address.file, { recursive: true });
    expect(await rig.tryToOpen({}, address)).toMatchObject({ ok: false, error: { code: 'local-api-closed', params: { file: address.file } } });
  });

  it('an app that is found by a file answers those who wait when it quits', async () => {
    const app = await open();
    const waiting = askApp(address, 'credential-process', { profile: 'waits' });
    await eventually(() => expect(rig.asked).toHaveLength(1));
    await app.dispose();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'app-quitting' } });
  });

  it('an app that is found by a file sees when a run that was held is released', async () => {
    await open();
    const held = holdRun(address, 'a run');
    held.release();
    expect(held.isLost()).toBe(false);
  });
});

describe('a program that listens in the place of the app', () => {
  const refused = { ok: false, error: { code: 'app-not-proven', params: { file: expect.any(String) as string } } };

  it.each([
    ['answers at random', (socket: Socket) => socket.write(Buffer.alloc(64, 7))],
    ['sends back what it gets', (socket: Socket, asked: Buffer) => socket.write(Buffer.concat([asked, asked]))],
    ['answers as a web server does', (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}${' '.repeat(64)}`)],
  ])('a program that listens in the place of the app and %s is given neither the code nor the token', async (_, answer) => {
    const { heard, token } = await impersonate(answer);
    expect(await askApp(address, 'login', withCode)).toMatchObject(refused);
    expect(heard()).toHaveLength(nonceLength);
    expect(heard().toString('latin1')).not.toContain(token);
    expect(await isListening(address)).toBe(false);
  });

  it('a program that listens in the place of the app and hangs up is no app that answers', async () => {
    const { heard } = await impersonate((socket) => socket.destroy());
    expect(await askApp(address, 'login', withCode)).toMatchObject({ ok: false, error: { code: 'app-not-answering' } });
    expect(heard()).toHaveLength(nonceLength);
  });

  it('a program that listens in the place of the app and says nothing is given up in time', async () => {
    await impersonate(() => {});
    const { found, waited } = await hurried(() => askApp(address, 'login', withCode));
    expect(found).toEqual({ ok: false, error: { code: 'app-not-answering', params: { reason: 'ETIMEDOUT' } } });
    expect(waited).toBeLessThan(10_000);
  });

  it('a run that is held at a program in the place of the app counts as lost', async () => {
    await impersonate((socket) => socket.write(Buffer.alloc(64)));
    const held = holdRun(address, 'a run');
    await eventually(() => expect(held.isLost()).toBe(true));
  });
});

describe('a program that does not know the file', () => {
  it.each([
    ['a request alone', [request, 'x'.repeat(nonceLength)]],
    ['a wrong proof before its request', [Buffer.alloc(nonceLength), Buffer.alloc(32), request]],
  ])('a program that does not know the file and sends %s is not answered', async (_, messages) => {
    await open();
    expect(await say(...messages)).toHaveLength(64);
    expect(rig.asked).toEqual([]);
    expect(rig.bugs).toEqual([]);
  });

  it('a program that does not know the file and proves nothing is cut off in time', async () => {
    await open({ headersMs: 50, requestMs: 100 });
    expect(await say('half a nonce')).toBe('');
  });

  it('programs that prove nothing do not keep the app from quitting', async () => {
    const app = await open();
    const cut = say('half a nonce');
    await app.dispose();
    expect(await cut).toBe('');
  });
});
