import { appendFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { succeeded } from '../../core/errors.ts';
import { editAwsFile } from './config-file.ts';
import { acquireLock } from './file-lock.ts';

it(
  'an edit waits for whoever has the lock, also where that one writes for longer than other programs are waited for',
  { timeout: 20_000 },
  async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'aws-turns-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'config');
    await writeFile(file, '[default]\n');
    const lock = await acquireLock(`${file}.sts-tray.lock`);
    const busy = setInterval(() => appendFileSync(file, 'x = 1\n'), 20);
    const edited = editAwsFile(file, (text) => succeeded(`${text}[a]\n`), { backup: false, mode: 0o600 });
    await sleep(6_000);
    clearInterval(busy);
    await lock?.release();
    expect(await edited).toMatchObject({ ok: true, value: { changed: true } });
    expect(await readFile(file, 'utf8')).toMatch(/^\[default\]\n(x = 1\n)+\[a\]\n$/);
  },
);
