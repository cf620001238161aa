import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { ProfileInstaller } from './profile-installer.ts';

const config = '# mine\n[default]\nregion = eu-west-1\n\n[profile dev]\nregion = us-east-1\n';

let home: string;
let file: string;
let installer: ProfileInstaller;
let settings: readonly string[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'installer-'));
  file = join(home, '.aws', 'config');
  await mkdir(join(home, '.aws'));
  await writeFile(file, config);
  settings = ['region = eu-west-1'];
  installer = new ProfileInstaller({
    files: { config: file },
    command: ['/opt/STS Tray/bin/sts-tray', '--user-data-dir=/data'],
    settings: async () => () => ({ body: settings }),
  });
});
afterEach(() => rm(home, { recursive: true }));

const text = () => readFile(file, 'utf8');

describe('an installed profile', () => {
  it('an installed profile is one that the SDK finds, with the settings of the profile that it is for', async () => {
    expect(await installer.install('default')).toEqual(succeeded({ name: 'default-sts', file, backup: `${file}.sts-tray-backup` }));
    const { configFile } = await loadSharedConfigFiles({ configFilepath: file, filepath: join(home, 'none'), ignoreCache: true });
    expect(configFile).toEqual({
      default: { region: 'eu-west-1' },
      dev: { region: 'us-east-1' },
      'default-sts': {
        credential_process: '"/opt/STS Tray/bin/sts-tray" --user-data-dir=/data credential-process default',
        region: 'eu-west-1',
      },
    });
    expect(await readFile(`${file}.sts-tray-backup`, 'utf8')).toBe(config);
  });

  it('an installed profile is left alone when it is there already', async () => {
    await installer.install('default');
    const before = await stat(file);
    expect(await installer.install('default')).toEqual(succeeded({ name: 'default-sts', file, backup: null }));
    expect(await stat(file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it('an installed profile is renewed where it stands when its settings are others', async () => {
    await installer.install('default');
    const behind = '[profile later]\nregion = x\n';
    await writeFile(file, `${await text()}${behind}`);
    settings = ['region = ap-northeast-1', 'output = json'];
    await installer.install('default');
    expect(await text()).toContain('\nregion = ap-northeast-1\noutput = json\n');
    await installer.uninstall('default');
    expect(await text()).toBe(`${config}${behind}`);
  });

  it('an installed profile follows the settings of its profile, also one that is gone, and no entry of another app does', async () => {
    await installer.install('default');
    settings = ['region = ap-northeast-1'];
    await installer.follow();
    expect(await text()).toContain('credential-process default\nregion = ap-northeast-1\n# sts-tray end');
    settings = [];
    await installer.follow();
    expect(await text()).not.toContain('ap-northeast-1');
    const before = await stat(file);
    await installer.follow();
    expect(await stat(file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    await installer.uninstall('default');
    expect(await text()).toBe(config);

    const theirs = `${config}\n[profile dev-sts]\ncredential_process = /other/bin/sts-tray credential-process dev\nregion = us-east-1\n`;
    await writeFile(file, theirs);
    settings = ['region = eu-north-1'];
    await installer.follow();
    expect(await text()).toBe(theirs);
  });

  it('an installed profile goes without a trace, one of several too', async () => {
    await Promise.all([installer.install('default'), installer.install('dev')]);
    await Promise.all([installer.uninstall('dev'), installer.uninstall('default')]);
    expect(await text()).toBe(config);
  });
});

describe('a config file that stays as it is', () => {
  it('the config file stays as it is when it has a profile of that name that is not ours', async () => {
    await writeFile(file, '[profile default-sts]\nregion = x\n');
    expect(await installer.install('default')).toEqual(failed(appError('install-name-taken', { file, name: 'default-sts' })));
    expect(await installer.uninstall('default')).toEqual(failed(appError('install-none', { file, profile: 'default' })));
    expect(await text()).toBe('[profile default-sts]\nregion = x\n');
  });

  it('the config file stays as it is when there is nothing to remove, also where there is no file', async () => {
    await rm(join(home, '.aws'), { recursive: true });
    expect(await installer.uninstall('default')).toEqual(failed(appError('install-none', { file, profile: 'default' })));
    await expect(stat(join(home, '.aws'))).rejects.toThrow('ENOENT');
  });

  it.each(['a"b', 'a]b', 'a\nb'])('the config file stays as it is when a profile is named %j', async (profile) => {
    expect(await installer.install(profile)).toEqual(failed(appError('install-name-unusable', { profile })));
    expect(await text()).toBe(config);
  });
});
