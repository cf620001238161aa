import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError, failed } from '../../core/errors.ts';
import { LocalApiRig } from '../../../testing/rigs/local-api-rig.ts';

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
      expect(await reason(long)).toMatch(/^E[A-Z]+$/);
      expect(await lstat(rig.socketFolder).then(({ nlink }) => nlink)).toBe(2);
    });
  });
});
