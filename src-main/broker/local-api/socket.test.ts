import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError, failed } from '../../core/errors.ts';
import { errorSentences } from '../../core/texts/translate.ts';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';
import { LocalApiRig } from '../../../testing/rigs/local-api-rig.ts';
import { tried } from '../../../testing/trust/times.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let rig: LocalApiRig;
beforeEach(async () => {
  rig = await LocalApiRig.make();
});
afterEach(() => rig.close());

describe('the socket of the local API', () => {
  it('the socket of the local API is open to nobody but its owner, under every umask', async () => {
    for (const umask of [0o000, 0o022, 0o077]) {
      const before = process.umask(umask);
      const opened = await rig.open().finally(() => expect(process.umask(before)).toBe(umask));
      expect((await stat(rig.socket)).mode & 0o777).toBe(0o600);
      expect((await stat(rig.socketFolder)).mode & 0o777).toBe(0o700);
      await opened.dispose();
      await rm(rig.socketFolder, { recursive: true });
    }
  });

  it.runIf(isRoot)('the socket of the local API lets the kernel refuse other users, even where the folder lets them in', async () => {
    await mkdir(rig.socketFolder);
    await chmod(rig.folder, 0o755);
    await chmod(rig.socketFolder, 0o777);
    await rig.open();
    expect((await stat(rig.socketFolder)).mode & 0o777).toBe(0o700);
    const asNobody = () => rig.curl(['http://app/v1/credential-process?profile=ready'], { uid: nobody, gid: nobody });
    await expect(asNobody()).rejects.toMatchObject({ code: 7 });
    await chmod(rig.socketFolder, 0o755);
    await expect(asNobody()).rejects.toMatchObject({ code: 7 });
    await chmod(rig.socket, 0o666);
    expect(await asNobody()).toContain('ASIAFAKE');
  });

  it('the socket of the local API goes away when the server is disposed, and can be opened again', async () => {
    await (await rig.open()).dispose();
    await expect(lstat(rig.socket)).rejects.toMatchObject({ code: 'ENOENT' });
    await rig.open();
    expect((await rig.credentialsOf('ready')).status).toBe(200);
  });

  it('the socket of the local API takes the place of one that a killed app left behind', async () => {
    await mkdir(rig.socketFolder, { mode: 0o700 });
    const killed = spawn(process.execPath, ['-e', `require('net').createServer().listen(process.argv[1], () => console.log('up'))`, rig.socket]);
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect((await lstat(rig.socket)).isSocket()).toBe(true);
    await rig.open();
    expect((await rig.credentialsOf('ready')).status).toBe(200);
  });

  it('the socket of the local API is not taken from an app that answers', async () => {
    await rig.open();
    expect(await rig.tryToOpen()).toEqual(failed(appError('local-api-closed', { file: rig.socket, reason: 'another app answers there' })));
    expect((await rig.credentialsOf('ready')).status).toBe(200);
  });

  it('the socket of the local API takes the rights of others away from a folder of ours', async () => {
    await mkdir(rig.socketFolder);
    await chmod(rig.socketFolder, 0o777);
    await rig.open();
    expect((await stat(rig.socketFolder)).mode & 0o777).toBe(0o700);
  });

  describe('a socket that is not made', () => {
    const reason = async (address = rig.socket) => {
      const opened = await rig.tryToOpen({}, { kind: 'socket', path: address });
      return opened.ok ? await opened.value.dispose() : opened.error.params['reason'];
    };

    it.runIf(isRoot)('the socket of the local API is not made in a folder of another user', async () => {
      await mkdir(rig.socketFolder, { mode: 0o700 });
      await chown(rig.socketFolder, nobody, nobody);
      expect(await reason()).toBe('its folder belongs to another user');
    });

    it('the socket of the local API is not made in a folder behind a symbolic link', async () => {
      await mkdir(join(rig.folder, 'elsewhere'), { mode: 0o700 });
      await symlink(join(rig.folder, 'elsewhere'), rig.socketFolder);
      expect(await reason()).toBe('its folder is a symbolic link');
    });

    it('the socket of the local API is not made where there is a file, which stays', async () => {
      await mkdir(rig.socketFolder);
      await writeFile(rig.socket, 'mine');
      expect(await reason()).toBe('it is no socket');
      expect((await lstat(rig.socket)).isFile()).toBe(true);
    });

    it('the socket of the local API is not made where the folder cannot be made', async () => {
      await writeFile(rig.socketFolder, '');
      expect(await reason()).toMatch(/^E[A-Z]+$/);
    });

    it('the socket of the local API is not made under a path that is too long for a socket, nor under the first part of it', async () => {
      const long = join(rig.socketFolder, 'x'.repeat(200));
      expect(await reason(long)).toMatch(/^its path is longer than 10[37] bytes$/);
      await expect(lstat(rig.socketFolder)).rejects.toThrow('ENOENT');
    });
  });
});

describe.skipIf(process.platform === 'win32')('what was put in the place of the socket', () => {
  /** Ways to put something there, at a path whose folder is there. */
  const planted: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
    'a file': (path) => writeFile(path, 'mine'),
    'a FIFO': async (path) => execFileSync('mkfifo', [path]),
    'a link to a file': async (path) => {
      await writeFile(`${path}-end`, 'mine');
      await symlink(`${path}-end`, path);
    },
    'a link that leads nowhere': (path) => symlink(`${path}-end`, path),
    'a link to itself': (path) => symlink(path, path),
    'a link to a device': (path) => symlink('/dev/null', path),
  };
  const folder = (path: string) => mkdir(path);
  const what = async (path: string) => [
    (await lstat(path)).ino,
    await readlink(path).catch(() => null),
    await lstat(`${path}-end`).then(
      ({ size }) => size,
      () => null,
    ),
  ];

  it('what was put in the place of the socket, its folder or the runtime directory stays as it is, is told of in both languages, and nobody waits for it', async (context) => {
    const places = [() => rig.socket, () => rig.socketFolder, () => dirname(rig.folder)] as const;
    let times = 0;
    for (const place of places) {
      // A folder is right in the place of a folder.
      for (const [name, put] of Object.entries({ ...planted, ...(place() === rig.socket && { 'a folder': folder }) })) {
        await rm(rig.folder, { recursive: true });
        await mkdir(rig.folder);
        // The runtime directory is one below, so that it can be anything.
        const socket = place() === dirname(rig.folder) ? join(rig.folder, 'runtime', 'sts-tray', 'api.sock') : rig.socket;
        const path = place() === dirname(rig.folder) ? join(rig.folder, 'runtime') : place();
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await put(path);
        const before = await what(path);
        const opened = await rig.tryToOpen({}, { kind: 'socket', path: socket });
        expect({ name, path, ...opened }).toMatchObject({ name, path, ok: false, error: { code: 'local-api-closed', params: { file: socket } } });
        expect([name, path, ...(await what(path))]).toEqual([name, path, ...before]);
        const { error } = opened as Extract<typeof opened, { readonly ok: false }>;
        for (const language of ['en', 'ja'] as const) expect(errorSentences(shippedTexts[language], error)).toContain(socket);
        times += 1;
      }
    }
    tried(context, times);
  });

  it.runIf(isRoot)('what was put in the place of the socket by another app, or by another user, is left to them', async () => {
    await mkdir(rig.socketFolder, { mode: 0o700 });
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(rig.socket, resolve));
    const { ino } = await lstat(rig.socket);
    expect(await rig.tryToOpen()).toMatchObject({ ok: false, error: { params: { reason: 'another app answers there' } } });
    await chown(rig.socket, nobody, nobody);
    expect(await rig.tryToOpen()).toMatchObject({ ok: false, error: { params: { reason: 'it belongs to another user' } } });
    expect((await lstat(rig.socket)).ino).toBe(ino);
    await new Promise((resolve) => void other.close(resolve));
  });

  it('a runtime directory that is not there yet is made, for its owner alone', async () => {
    const socket = join(rig.folder, 'user', '1000', 'sts-tray', 'api.sock');
    expect((await rig.tryToOpen({}, { kind: 'socket', path: socket })).ok).toBe(true);
    for (const path of [dirname(socket), dirname(dirname(socket))]) expect((await stat(path)).mode & 0o777).toBe(0o700);
  });
});
