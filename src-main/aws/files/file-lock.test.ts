import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { editAwsFile } from './config-file.ts';
import { nothingHappensFor } from '../../../testing/processes/deadline.ts';
import { acquireLock } from './file-lock.ts';

let home: string;
let file: string;
const options = { backup: true, mode: 0o600 };

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'aws-lock-'));
  file = join(home, '.aws', 'config');
});
afterEach(() => rm(home, { recursive: true }));

const adding = (line: string) => (text: string) => succeeded(text.includes(line) ? text : `${text}${line}\n`);
const names = async () => (await readdir(join(home, '.aws'))).sort();

async function given(text: string): Promise<void> {
  await mkdir(join(home, '.aws'));
  await writeFile(file, text);
}

describe('the lock of an edit', () => {
  const lock = () => `${file}.sts-tray.lock`;

  it('the lock of an edit is waited for while its process runs, and found by every name of the file', async () => {
    await given('');
    await symlink(file, join(home, 'name'));
    await writeFile(lock(), `${process.pid} ${hostname()} other\n`);
    const edited = editAwsFile(join(home, 'name'), adding('[a]'), options);
    await nothingHappensFor(400);
    expect(await readFile(file, 'utf8')).toBe('');
    await rm(lock());
    expect(await edited).toMatchObject({ ok: true });
    expect(await readFile(file, 'utf8')).toBe('[a]\n');
  });

  it('the lock of an edit is taken over when its process has gone', async () => {
    await given('');
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(lock(), `${gone} ${hostname()} other\n`);
    // So it never gets too old.
    await utimes(lock(), new Date(), new Date(Date.now() + 3_600_000));
    expect(await editAwsFile(file, adding('[a]'), options)).toMatchObject({ ok: true });
    expect(await names()).toEqual(['config', 'config.sts-tray-backup']);
  });

  it('the lock of an edit is taken over when it is older than 10 s, with what its edit left behind', async () => {
    await given('');
    const leftover = `${file}.sts-tray-6a2f41a3-c54c-4ce8-8c2f-0f6d1a2b3c4d`;
    for (const path of [lock(), leftover]) {
      await writeFile(path, `${process.pid} ${hostname()} other\n`);
      await utimes(path, new Date(), new Date(Date.now() - 11_000));
    }
    await editAwsFile(file, adding('[a]'), options);
    expect(await names()).toEqual(['config', 'config.sts-tray-backup']);
  });

  it('the lock of an edit on another machine that shares the folder counts until it is old', async () => {
    await given('');
    await writeFile(lock(), `1 another-host other\n`);
    const edited = editAwsFile(file, adding('[a]'), options);
    await nothingHappensFor(300);
    expect(await readFile(file, 'utf8')).toBe('');
    await utimes(lock(), new Date(), new Date(Date.now() - 11_000));
    expect(await edited).toMatchObject({ ok: true });
  });

  it('the lock of an edit stays with whoever took it over', async () => {
    await given('[default]\n');
    // So that the edit is tried once before the lock is taken, and once with it.
    await nothingHappensFor(200);
    let runs = 0;
    const stolen = `${process.pid} ${hostname()} thief\n`;
    const outcome = editAwsFile(
      file,
      (text) => {
        runs += 1;
        if (runs === 2) spawnSync(process.execPath, ['-e', `require('fs').writeFileSync(${JSON.stringify(lock())}, ${JSON.stringify(stolen)})`]);
        return adding('[a]')(text);
      },
      options,
    );
    expect(await outcome).toEqual(failed(appError('aws-file-changing', { file })));
    expect([await readFile(lock(), 'utf8'), await readFile(file, 'utf8')]).toEqual([stolen, '[default]\n']);
  });
});

it('a lock that several find stale goes to one of them at a time', async () => {
  const path = join(home, 'lock');
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  await writeFile(path, `${gone} ${hostname()} other\n`);
  let holders = 0;
  let most = 0;
  const turns = Array.from({ length: 20 }, async () => {
    const lock = await acquireLock(path);
    holders += 1;
    most = Math.max(most, holders);
    await sleep(5);
    holders -= 1;
    await lock?.release();
  });
  await Promise.all(turns);
  expect(most).toBe(1);
  expect(await readdir(home)).toEqual([]);
});
