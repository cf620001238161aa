import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { appError } from '../errors.ts';
import { credentialProcessLine, installedProfile, unwritableLine } from './credential-process-line.ts';

describe('the line of a credential_process', () => {
  it('the line of a credential_process has no quotes where it needs none', () => {
    expect(credentialProcessLine(['/usr/bin/sts-tray'], 'work')).toBe('/usr/bin/sts-tray credential-process work');
  });

  it('the line of a credential_process has double quotes, which the AWS documentation asks for, around spaces', () => {
    expect(credentialProcessLine(['/opt/STS Tray/sts-tray', '--user-data-dir=/home/al ice'], 'my work')).toBe(
      '"/opt/STS Tray/sts-tray" "--user-data-dir=/home/al ice" credential-process "my work"',
    );
  });

  it('the line of a credential_process keeps the backslashes of a Windows path', () => {
    expect(credentialProcessLine(['C:\\Program Files\\STS Tray\\STS Tray.exe'], 'work')).toBe(
      '"C:\\Program Files\\STS Tray\\STS Tray.exe" credential-process work',
    );
  });

  it.each(["it's", 'a"b', 'a\\b', 'a[b]', 'a\nb', 'a\tb', '$HOME', '`id`', '-x', ' a', 'a ', '', 'a #b', 'a ;b'])(
    'the line of a credential_process is refused for a profile named %j',
    (name) => {
      expect(credentialProcessLine(['sts-tray'], name)).toBeNull();
    },
  );

  it.each(['/opt/a"b/sts-tray', '/opt/a #1/sts-tray', "/opt/$it's/sts-tray", 'C:\\%TEMP%\\sts-tray.exe', '/opt/a\nb/sts-tray', ''])(
    'the line of a credential_process is refused for the program %j',
    (program) => {
      expect(credentialProcessLine([program], 'work')).toBeNull();
    },
  );

  it.each([
    ['/opt/sts-tray', 'work'],
    ['/opt/STS Tray/sts-tray', 'my work'],
    ['/opt/$HOME `id`/sts-tray', 'a&b|c>d(e)*?!~'],
    ['/opt/back\\slash/sts-tray', '123456789012:admin@corp/eu-west-1'],
    ["/opt/it's/sts-tray", '会社'],
    ['/opt/a;b#c/sts-tray', 'a#b;c=d,e%f'],
  ])('the line of a credential_process means the same to a shell, and to the app that reads it back: %s for %s', (program, profile) => {
    const line = credentialProcessLine([program, '--user-data-dir=/home/al ice'], profile) ?? '';
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
    expect(words).toEqual([program, '--user-data-dir=/home/al ice', 'credential-process', profile]);
    expect(installedProfile(line)).toBe(profile);
  });

  it('a line that cannot be written names the folder of the app where that is at fault, else the profile', () => {
    const folder = '/home/alice/C #1/sts-tray/bin/sts-tray';
    expect(unwritableLine([folder, '--user-data-dir=/data'], 'work')).toEqual(appError('install-folder-unusable', { folder }));
    expect(unwritableLine(['/opt/sts-tray'], 'a"b')).toEqual(appError('install-name-unusable', { profile: 'a"b' }));
  });
});

describe('a credential_process of this app', () => {
  it.each([
    'sts-tray credential-process work',
    '/home/alice/sts-tray/bin/sts-tray credential-process "work"',
    "'/opt/STS Tray/sts-tray' credential-process 'work'",
    '"C:\\Program Files\\STS Tray\\STS Tray.exe" --user-data-dir=D:\\x credential-process work',
    'C:\\tools\\sts-tray.cmd credential-process work',
    '/home/alice/sts-tray-1.2.0-linux-x64.AppImage credential-process work --user-data-dir=/data',
    '"/Applications/STS Tray.app/Contents/MacOS/STS Tray" credential-process work',
    '/bin/sh /home/alice/bin/sts-tray "--user-data-dir=/a b" credential-process work',
  ])('a credential_process of this app is known by its words: %s', (line) => {
    expect(installedProfile(line)).toBe('work');
  });

  it.each([
    '',
    'aws-vault export --format=json work',
    '/opt/my-sts-tray credential-process work',
    '/opt/sts-tray/other credential-process work',
    'sts-tray export work',
    'sts-tray credential-process',
    'sts-tray credential-process work | tee file',
  ])('a credential_process of this app is not %j', (line) => {
    expect(installedProfile(line)).toBeNull();
  });
});
