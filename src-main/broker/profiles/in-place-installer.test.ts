import { chmod, lstat, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadAwsConfig, readAccessKey } from '../../aws/files/profiles.ts';
import type { Result } from '../../contract/app-error.ts';
import type { Cipher } from '../../core/cipher.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';
import { AccessKeyVault } from '../../vault/access-key-vault.ts';
import { InPlaceInstaller } from './in-place-installer.ts';
import { InPlaceRecords } from './in-place-records.ts';

const role = 'arn:aws:iam::222222222222:role/deploy';
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const before = {
  config: `; ours\r\n[default]\r\nregion=us-east-1\r\n\r\n# production\r\n[profile prod]\r\nrole_arn = ${role}\r\n# through\r\nsource_profile=default\r\nregion = eu-west-1\r\nmfa_serial = arn:aws:iam::111111111111:mfa/alice\r\n`,
  credentials: `[other]\nx = y\n\n[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n# the secret\naws_secret_access_key = ${secret}`,
};
const line = (profile: string) => `credential_process = /opt/sts-tray/bin/sts-tray credential-process ${profile}`;

let home: string;
let files: { readonly config: string; readonly credentials: string };
let vault: AccessKeyVault;
let installer: InPlaceInstaller;
let verified: Result<null>;

const plain = testCipher();

/** As after a start of the app. */
function start(cipher: Cipher = plain): void {
  vault = new AccessKeyVault({ cipher, file: join(home, 'data', 'access-keys') });
  installer = new InPlaceInstaller({
    files,
    command: ['/opt/sts-tray/bin/sts-tray'],
    records: new InPlaceRecords(join(home, 'data', 'in-place.json')),
    vault,
    verifyKey: async () => verified,
  });
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'in-place-'));
  files = { config: join(home, 'config'), credentials: join(home, 'credentials') };
  verified = succeeded(null);
  await mkdir(join(home, 'data'));
  await Promise.all([writeFile(files.config, before.config), writeFile(files.credentials, before.credentials)]);
  start();
});
afterEach(async () => {
  await chmod(home, 0o700);
  await rm(home, { recursive: true });
});

const texts = async () => ({ config: await readFile(files.config, 'utf8'), credentials: await readFile(files.credentials, 'utf8') });
const loaded = async () => loadAwsConfig(files, vault.profiles(), await installer.settings());
/** The secrets that either place has for a profile. */
async function holders(profile: string): Promise<ReadonlySet<string>> {
  const found = [await vault.read(profile), await readAccessKey(files, profile)];
  return new Set(found.flatMap((key) => (key.ok ? [key.value.secretAccessKey] : [])));
}
const own = () => readFile(join(home, 'data', 'in-place.json'), 'utf8');

describe('a profile in place', () => {
  it('a role in place has a credential_process under its own name, and is the same role to the app', async () => {
    const known = await loaded();
    expect(await installer.install('prod')).toEqual(succeeded({ name: 'prod', file: files.config, backup: `${files.config}.sts-tray-backup` }));
    const { config, credentials } = await texts();
    expect(config).toBe(
      `; ours\r\n[default]\r\nregion=us-east-1\r\n\r\n# production\r\n[profile prod]\r\n${line('prod')}\r\n# through\r\nregion = eu-west-1\r\n`,
    );
    expect(credentials).toBe(before.credentials);
    const now = await loaded();
    expect(now.roles).toEqual(known.roles);
    expect(now.profiles.map(({ name }) => now.sources.get(name))).toEqual(known.profiles.map(({ name }) => known.sources.get(name)));
    expect(now.profiles).toEqual(known.profiles.map((profile) => (profile.name === 'prod' ? { ...profile, installedAs: 'prod' } : profile)));
  });

  it('a user in place has its key in the keychain, in no file and in no backup', async () => {
    await installer.install('default');
    const { config, credentials } = await texts();
    expect(config).toBe(before.config.replace('[default]\r\n', `[default]\r\n${line('default')}\r\n`));
    expect(credentials).toBe('[other]\nx = y\n\n[default]\n# the secret\n');
    expect(await vault.read('default')).toEqual(succeeded({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }));
    for (const text of [
      await own(),
      await readFile(`${files.config}.sts-tray-backup`, 'utf8'),
      await readFile(`${files.credentials}.sts-tray-backup`, 'utf8'),
    ]) {
      expect(text).not.toContain(secret);
    }
    const { profiles, unusable } = await loaded();
    expect(profiles.find(({ name }) => name === 'default')).toMatchObject({ accessKey: 'keychain', role: null, installedAs: 'default' });
    expect(profiles.find(({ name }) => name === 'prod')?.role).toMatchObject({ userProfile: 'default' });
    expect(unusable.has('default')).toBe(false);
  });

  it('both files are the same to the byte after profiles went in place and back, whatever their order, also after a start of the app', async () => {
    await installer.install('default');
    await installer.install('prod');
    start();
    expect(await installer.profiles()).toEqual(['default', 'prod']);
    await installer.uninstall('default');
    await installer.uninstall('prod');
    expect(await texts()).toEqual(before);
    expect(vault.profiles()).toEqual(new Set());
    expect(await installer.profiles()).toEqual([]);
    expect(await installer.uninstall('prod')).toBeNull();
  });

  it('what somebody wrote into the files in between stays', async () => {
    await installer.install('prod');
    const theirs = (text: string) => text.replace('# through', '# by way of\r\noutput = json').concat('[profile new]\r\n');
    await writeFile(files.config, theirs((await texts()).config));
    await installer.uninstall('prod');
    expect((await texts()).config).toBe(theirs(before.config));
  });

  it('a link stays a link, and the file at its end is edited', async () => {
    await rename(files.config, join(home, 'dotfile'));
    await symlink('dotfile', files.config);
    await installer.install('prod');
    expect((await lstat(files.config)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(home, 'dotfile'), 'utf8')).toContain(line('prod'));
  });

  it('a profile in place for which nothing is on record is refused, and never asked for itself', async () => {
    await installer.install('prod');
    await rm(join(home, 'data', 'in-place.json'));
    const { unusable, profiles, aliases } = await loaded();
    expect(unusable.get('prod')).toEqual(appError('profile-in-place-unknown', { profile: 'prod' }));
    expect(profiles.map(({ name }) => name)).toEqual(['default']);
    expect(aliases.size).toBe(0);
  });

  it('a profile of the same name in another file has nothing to do with it', async () => {
    await installer.install('prod');
    files = { ...files, config: join(home, 'elsewhere') };
    await writeFile(files.config, `[profile prod]\n${line('prod')}\n`);
    start();
    expect((await loaded()).unusable.get('prod')).toEqual(appError('profile-in-place-unknown', { profile: 'prod' }));
    expect(await installer.uninstall('prod')).toBeNull();
  });
});

describe('a crash while a profile goes in place', () => {
  /** The files and the app's folder as they are after each write, which is as a crash would leave them. */
  it.each(['default', 'prod'])('nothing is lost after a crash between two writes, and either command goes on from there: %s', async (profile) => {
    const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret };
    await installer.install(profile);
    const after = await texts();
    const record = await own();
    const keys = await readFile(vault.file).catch(() => null);
    const stops = [
      { files: before, record: null, keys },
      { files: before, record, keys },
      { files: { ...before, config: after.config }, record, keys },
      { files: { ...before, credentials: after.credentials }, record, keys },
      { files: after, record, keys },
      { files: before, record, keys: null },
    ];
    for (const stop of stops) {
      for (const command of ['install', 'uninstall'] as const) {
        const put = (file: string, content: string | Buffer | null) => (content === null ? rm(file, { force: true }) : writeFile(file, content));
        await put(files.config, stop.files.config);
        await put(files.credentials, stop.files.credentials);
        await put(join(home, 'data', 'in-place.json'), stop.record);
        await put(vault.file, stop.keys);
        start();
        const { profiles } = await loaded();
        expect(profiles.map(({ name }) => name)).toEqual(['default', 'prod']);
        const done = await installer[command](profile);
        expect([undefined, 'in-place-already']).toContain(done?.ok === false ? done.error.code : undefined);
        expect(await texts()).toEqual(command === 'install' ? after : before);
        expect(await holders(profile)).toEqual(new Set(profile === 'default' ? [key.secretAccessKey] : []));
        await installer.uninstall(profile);
        expect(await texts()).toEqual(before);
      }
    }
  });
});

describe('a refusal to put a profile in place', () => {
  const unchanged = async () => {
    expect(await texts()).toEqual(before);
    expect(vault.profiles()).toEqual(new Set());
    expect(await installer.profiles()).toEqual([]);
  };

  it('without a keychain nothing is changed', async () => {
    const away = failed(appError('keychain-missing'));
    start({ ...plain, encrypt: async () => away });
    expect(await installer.install('default')).toEqual(away);
    await unchanged();
  });

  it('where AWS does not take the key that the keychain gave back nothing is changed', async () => {
    verified = failed(appError('access-key-gone', { profile: 'default' }));
    expect(await installer.install('default')).toEqual(verified);
    await unchanged();
  });

  it('where the proof fails the key that the keychain had before stays there', async () => {
    const earlier = { accessKeyId: 'AKIAEARLIEREXAMPLE00', secretAccessKey: 'an-earlier-key-that-is-only-in-the-keychain' };
    await vault.keep('default', earlier);
    verified = failed(appError('access-key-unknown', { profile: 'default' }));
    expect((await installer.install('default')).ok).toBe(false);
    expect(await vault.read('default')).toEqual(succeeded(earlier));
  });

  it('where the files have a temporary key it is not taken for one to keep', async () => {
    await writeFile(files.credentials, `${before.credentials}\naws_session_token = t\n`);
    expect((await readAccessKey(files, 'default')).ok).toBe(false);
  });

  it('where its line was taken out by hand, its key stays in the keychain alone until AWS has taken it', async () => {
    await installer.install('default');
    const installed = await texts();
    const config = installed.config.replace(`${line('default')}\r\n`, '');
    expect(config).not.toBe(installed.config);
    await writeFile(files.config, config);
    verified = failed(appError('access-key-unknown', { profile: 'default' }));
    expect(await installer.install('default')).toEqual(verified);
    expect(await texts()).toEqual({ ...installed, config });
    expect((await vault.read('default')).ok).toBe(true);
    verified = succeeded(null);
    expect((await installer.install('default')).ok).toBe(true);
    expect(await texts()).toEqual(installed);
  });

  it('where it is in place already it says so', async () => {
    await installer.install('prod');
    expect(await installer.install('prod')).toEqual(failed(appError('in-place-already', { profile: 'prod', file: files.config })));
  });

  it('a name that cannot stand in such a line is refused', async () => {
    expect(await installer.install('a"b')).toEqual(failed(appError('install-name-unusable', { profile: 'a"b' })));
    await unchanged();
  });

  it('where the second file cannot be written the first one is as before, and the key only in the files', async () => {
    // A folder in the backup's place stops root too.
    await mkdir(join(`${files.credentials}.sts-tray-backup`, 'folder'), { recursive: true });
    const refused = await installer.install('default');
    expect(refused.ok ? null : refused.error.code).toBe('aws-file-unwritable');
    await unchanged();
  });

  it('a key of which lines could not be put back as they were is refused with its line', async () => {
    await writeFile(files.config, before.config.replace('[default]\r\n', '[default]\r\naws_secret_access_key = older\r\n'));
    expect(await installer.install('default')).toEqual(failed(appError('in-place-key-unusual', { profile: 'default', file: files.config, line: 3 })));
    expect(vault.profiles()).toEqual(new Set());
  });

  it('credentials that stand in [DEFAULT] are refused', async () => {
    await writeFile(files.config, `[DEFAULT]\nsource_profile = default\n${before.config}`);
    expect(await installer.install('prod')).toEqual(failed(appError('in-place-defaults', { profile: 'prod', file: files.config })));
  });
});
