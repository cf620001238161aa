import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { handOverFolder, removeLeftHandOvers } from './left-hand-overs.ts';

const now = Date.now();
const hourAgo = now / 1000 - 3600;
let folder: string;
let gonePid: number;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'left-hand-overs-')));
  for (const name of ['tmp', 'runtime']) await mkdir(join(folder, name));
  gonePid = spawnSync('true').pid;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function handOver(parent: string, name: string): Promise<string> {
  const path = join(folder, parent, name);
  await mkdir(path, { mode: 0o700 });
  spawnSync('mkfifo', ['-m', '600', join(path, 'session')]);
  await writeFile(join(path, 'stderr'), '');
  return path;
}
const remove = () =>
  removeLeftHandOvers({ env: { XDG_RUNTIME_DIR: join(folder, 'runtime') }, temporaryFolder: join(folder, 'tmp'), platform: 'linux', startedAt: now, now });
const left = async () => [...(await readdir(join(folder, 'tmp'))), ...(await readdir(join(folder, 'runtime')))];

describe.skipIf(process.platform === 'win32')('what a hand-over left behind', () => {
  it('what a hand-over left behind goes at the next start, once its app is no more', async () => {
    await handOver('tmp', `${handOverFolder(gonePid)}aBc123`);
    await handOver('runtime', `${handOverFolder(gonePid)}aBc124`);
    await utimes(await handOver('runtime', 'sts-tray-aBc125'), hourAgo, hourAgo);
    await utimes(await handOver('runtime', `${handOverFolder(process.ppid)}aBc126`), hourAgo, hourAgo);
    const before = await handOver('runtime', `${handOverFolder(process.pid)}aBc127`);
    await utimes(before, now / 1000 - 1, now / 1000 - 1);
    await remove();
    expect(await left()).toEqual([]);
  });

  it('what a hand-over left behind stays while it may still be under way, in this app or another one', async () => {
    const other = `${handOverFolder(process.ppid)}aBc123`;
    await handOver('runtime', other);
    const own = `${handOverFolder(process.pid)}aBc125`;
    for (const name of ['sts-tray-aBc124', own]) await handOver('runtime', name);
    await remove();
    expect((await left()).toSorted()).toEqual([other, 'sts-tray-aBc124', own].toSorted());
  });

  it.runIf(process.platform === 'linux')('a shell that waits for the session of an app that was killed ends', async () => {
    const path = await handOver('runtime', `${handOverFolder(gonePid)}aBc123`);
    const shell = spawn('/bin/sh', [join(path, 'session')], { stdio: 'ignore' });
    const ended = once(shell, 'exit');
    // Asleep: it waits for somebody who writes.
    await eventually(async () => expect(await readFile(`/proc/${shell.pid}/stat`, 'utf8')).toContain(') S '));
    await remove();
    expect((await ended)[0]).toBe(0);
  });

  it('a folder that only looks like that of a hand-over stays', async () => {
    const names = ['sts-tray-backup', 'sts-tray', `${handOverFolder(gonePid)}linked`, `${handOverFolder(gonePid)}noFifo`];
    const [mine, api, linked, noFifo] = names.map((name) => join(folder, 'runtime', name));
    for (const path of [mine, api, noFifo]) {
      await mkdir(path ?? '');
      await writeFile(join(path ?? '', 'session'), 'text');
      await utimes(path ?? '', hourAgo, hourAgo);
    }
    await mkdir(join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), linked ?? '');
    await remove();
    expect((await left()).toSorted()).toEqual(names.toSorted());
  });
});
