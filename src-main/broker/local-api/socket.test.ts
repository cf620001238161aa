import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError, failed } from '../../core/errors.ts';
import { LocalApiBench } from '../../../testing/rigs/local-api-rig.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let bench: LocalApiBench;
beforeEach(async () => {
  bench = await LocalApiBench.make();
});
afterEach(() => bench.close());

describe('the socket of the local API', () => {
  it('is open to nobody but its owner, under every umask', async () => {
    for (const umask of [0o000, 0o022, 0o077]) {
      const before = process.umask(umask);
      const opened = await bench.open().finally(() => expect(process.umask(before)).toBe(umask));
      expect((await stat(bench.socket)).mode & 0o777).toBe(0o600);
      expect((await stat(bench.socketFolder)).mode & 0o777).toBe(0o700);
      await opened.dispose();
      await rm(bench.socketFolder, { recursive: true });
    }
  });

  it.runIf(isRoot)('lets the kernel refuse other users, even where the folder lets them in', async () => {
    await bench.open();
    const asNobody = () => bench.curl(['http://app/v1/credential-process?profile=ready'], { uid: nobody, gid: nobody });
    await expect(asNobody()).rejects.toMatchObject({ code: 7 });
    await chmod(bench.folder, 0o755);
    await chmod(bench.socketFolder, 0o755);
    await expect(asNobody()).rejects.toMatchObject({ code: 7 });
    await chmod(bench.socket, 0o666);
    expect(await asNobody()).toContain('ASIAFAKE');
  });

  it('goes away when the server is disposed, and can be opened again', async () => {
    await (await bench.open()).dispose();
    await expect(lstat(bench.socket)).rejects.toMatchObject({ code: 'ENOENT' });
    await bench.open();
    expect((await bench.credentialsOf('ready')).status).toBe(200);
  });

  it('takes the place of one that a killed app left behind', async () => {
    await mkdir(bench.socketFolder, { mode: 0o700 });
    const killed = spawn(process.execPath, ['-e', `require('net').createServer().listen(process.argv[1], () => console.log('up'))`, bench.socket]);
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect((await lstat(bench.socket)).isSocket()).toBe(true);
    await bench.open();
    expect((await bench.credentialsOf('ready')).status).toBe(200);
  });

  it('is not taken from an app that answers', async () => {
    await bench.open();
    expect(await bench.tryToOpen()).toEqual(failed(appError('local-api-closed', { file: bench.socket, reason: 'another app answers there' })));
    expect((await bench.credentialsOf('ready')).status).toBe(200);
  });

  it('takes the rights of others away from a folder of ours', async () => {
    await mkdir(bench.socketFolder);
    await chmod(bench.socketFolder, 0o777);
    await bench.open();
    expect((await stat(bench.socketFolder)).mode & 0o777).toBe(0o700);
  });

  describe('is not made', () => {
    const reason = async (address = bench.socket) => {
      const opened = await bench.tryToOpen({}, address);
      return opened.ok ? await opened.value.dispose() : opened.error.params['reason'];
    };

    it.runIf(isRoot)('in a folder of another user', async () => {
      await mkdir(bench.socketFolder, { mode: 0o700 });
      await chown(bench.socketFolder, nobody, nobody);
      expect(await reason()).toBe('its folder belongs to another user');
    });

    it('in a folder behind a symbolic link', async () => {
      await mkdir(join(bench.folder, 'elsewhere'), { mode: 0o700 });
      await symlink(join(bench.folder, 'elsewhere'), bench.socketFolder);
      expect(await reason()).toBe('its folder is a symbolic link');
    });

    it('where there is a file, which stays', async () => {
      await mkdir(bench.socketFolder);
      await writeFile(bench.socket, 'mine');
      expect(await reason()).toBe('it is no socket');
      expect((await lstat(bench.socket)).isFile()).toBe(true);
    });

    it('where the folder cannot be made', async () => {
      await writeFile(bench.socketFolder, '');
      expect(await reason()).toMatch(/^E[A-Z]+$/);
    });

    it('under a path that is too long for a socket, nor under the first part of it', async () => {
      const long = join(bench.socketFolder, 'x'.repeat(200));
      expect(await reason(long)).toMatch(/^E[A-Z]+$/);
      expect(await lstat(bench.socketFolder).then(({ nlink }) => nlink)).toBe(2);
    });
  });
});
