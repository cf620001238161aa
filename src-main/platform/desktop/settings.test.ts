import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from './settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the settings file', () => {
  it.skipIf(process.platform === 'win32')('the settings file is taken from other users, in a folder that they may enter', async () => {
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'settings.json'), '{"clipboardSeconds":60}');
    await chmod(join(folder, 'settings.json'), 0o644);
    expect(new SettingsFile(folder).read().clipboardSeconds).toBe(60);
    expect((await stat(join(folder, 'settings.json'))).mode & 0o777).toBe(0o600);
  });

  it('the settings file goes on without the leftovers of writes that were killed, and nothing else goes', async () => {
    const [left, fresh] = ['settings.json.tmp-1234567890abcdef', 'settings.json.tmp-1234567890abcde0'];
    for (const name of [left, fresh, 'settings.json', 'settings.json.tmp-mine']) await writeFile(join(folder, name), '{}');
    await mkdir(join(folder, 'settings.json.tmp-1234567890abcde1'));
    const startedAt = Date.now() - 1000;
    for (const name of [left, 'settings.json', 'settings.json.tmp-mine']) await utimes(join(folder, name), startedAt / 1000 - 60, startedAt / 1000 - 60);
    await new SettingsFile(folder).removeLeft(startedAt);
    expect((await readdir(folder)).toSorted()).toEqual([
      'settings.json',
      'settings.json.tmp-1234567890abcde0',
      'settings.json.tmp-1234567890abcde1',
      'settings.json.tmp-mine',
    ]);
  });
});
