import { chmod, lstat, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { junkInPlace } from '../../../testing/samples/junk-in-place.ts';
import { tried } from '../../../testing/trust/times.ts';
import { SettingsFile } from './settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterEach(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

describe('the settings file', () => {
  it.skipIf(process.platform === 'win32')('the settings file is taken from other users, in a folder that they may enter', async () => {
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'settings.json'), '{"clipboardSeconds":60}');
    await chmod(join(folder, 'settings.json'), 0o644);
    expect(new SettingsFile(folder).read().settings.clipboardSeconds).toBe(60);
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

describe.skipIf(process.platform === 'win32')('junk in the place of the settings', () => {
  it('junk in the place of the settings is told of and kept beside them, nobody waits for it, and the next change is written', async (context) => {
    // The store loads Electron's package, which outside of Electron only says where its program is.
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '/nowhere');
    for (const { what, put } of junkInPlace) {
      const own = join(folder, what);
      const file = join(own, 'settings.json');
      put(file);
      const before = await lstat(file);
      const kept = new SettingsFile(own);
      const { settings, problem } = kept.read();
      expect([what, settings.sessionSeconds]).toEqual([what, 28_800]);
      expect([what, problem]).toEqual([what, { code: 'settings-set-aside', params: { file, kept: 'settings.json.unreadable' } }]);
      const aside = await lstat(`${file}.unreadable`);
      expect([what, [aside.size, aside.mode & 0o170000]]).toEqual([what, [before.size, before.mode & 0o170000]]);
      expect([what, await kept.write({ ...settings, clipboardSeconds: 61 })]).toEqual([what, { ok: true, value: null }]);
      const again = new SettingsFile(own).read();
      expect([what, [again.settings.clipboardSeconds, again.problem]]).toEqual([what, [61, null]]);
    }
    tried(context, junkInPlace.length);
  });

  it('junk in the place of the settings for the second time replaces no folder that was kept before', async () => {
    const [fifo, directory] = ['a FIFO', 'a folder'].map((name) => junkInPlace.find(({ what }) => what === name));
    for (const junk of [directory, fifo, directory]) {
      junk?.put(join(folder, 'settings.json'));
      expect(new SettingsFile(folder).read().problem?.code).toBe('settings-set-aside');
    }
    expect((await readdir(folder)).toSorted()).toEqual(['settings.json.unreadable', 'settings.json.unreadable.2', 'settings.json.unreadable.3']);
  });
});
