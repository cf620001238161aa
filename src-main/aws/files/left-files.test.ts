import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeLeftKeys } from './left-files.ts';

it('what is left beside the AWS files is removed at the start: staged texts of an hour ago, and the keys in backups', async ({ onTestFinished }) => {
  const home = await mkdtemp(join(tmpdir(), 'left-files-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const [config, credentials] = [join(home, 'config'), join(home, 'credentials')];
  const staged = (file: string, last: string) => `${file}.sts-tray-00000000-0000-0000-0000-00000000000${last}`;
  const text = '[default]\naws_secret_access_key = fake\n';
  for (const file of [config, credentials, staged(config, '1'), staged(config, '2'), `${credentials}.sts-tray-backup`]) await writeFile(file, text);
  await mkdir(`${config}.sts-tray-backup`);
  const hourAgo = Date.now() / 1000 - 3600;
  await utimes(staged(config, '1'), hourAgo, hourAgo);
  await removeLeftKeys({ config, credentials });
  expect((await readdir(home)).toSorted()).toEqual(
    ['config', 'config.sts-tray-00000000-0000-0000-0000-000000000002', 'config.sts-tray-backup', 'credentials', 'credentials.sts-tray-backup'].toSorted(),
  );
  expect(await readFile(`${credentials}.sts-tray-backup`, 'utf8')).not.toContain('fake');
  expect(await readFile(credentials, 'utf8')).toBe(text);
});

it('what is left beside the AWS files is nothing where there are none', async () => {
  await expect(removeLeftKeys({ config: '/gone/config', credentials: '/gone/credentials' })).resolves.toBeUndefined();
});
