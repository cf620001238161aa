import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { keyLines, writtenAwsFiles } from '../../../testing/aws-files/written-aws-files.ts';
import { loadAwsConfig, readAccessKey } from './profiles.ts';

const { files, write, folder } = writtenAwsFiles();
const key = keyLines;

describe('a problem', () => {
  const codes = async () => (await loadAwsConfig(files)).problems.map(({ code, params }) => [code, params]);

  it('a problem of the AWS files is told when neither file exists', async () => {
    expect(await codes()).toEqual([['config-none', { file: files.credentials }]]);
  });

  it('a problem of the AWS files is told when the credentials file is empty', async () => {
    await writeFile(files.credentials, ' \n');
    expect(await codes()).toEqual([['config-empty', { file: files.credentials }]]);
  });

  it('a problem of the AWS files is told when no profile has a key', async () => {
    await write('config', '[default]', 'region = us-east-1');
    expect(await codes()).toEqual([['config-no-access-key', { file: files.config }]]);
  });

  it('a problem of the AWS files names the broken line but not its text, and the rest loads', async () => {
    await write('credentials', '[default]', 'aws_secret_access_key invented', ...key, '[half', '= nothing');
    const { profiles, problems } = await loadAwsConfig(files);
    expect(problems.map(({ params }) => params['line'])).toEqual([2, 5, 6]);
    expect(JSON.stringify(problems)).not.toContain('invented');
    expect(profiles).toHaveLength(1);
  });

  it('a line in front of every section is a problem of the AWS files', async () => {
    await write('credentials', 'region = us-east-1', '[default]', ...key);
    expect(await codes()).toEqual([['config-broken-line', { file: files.credentials, line: 1 }]]);
  });

  it('a file that begins with a byte order mark is read, and told of, since the AWS CLI refuses it', async () => {
    await writeFile(files.credentials, `\uFEFF[default]\n${key.join('\n')}\n`, { mode: 0o600 });
    expect(await codes()).toEqual([['config-byte-order-mark', { file: files.credentials, line: 1 }]]);
    expect((await loadAwsConfig(files)).profiles).toHaveLength(1);
    expect(await readAccessKey(files, 'default')).toMatchObject({ value: { secretAccessKey: 'invented' } });
  });

  it('a file in another encoding than UTF-8 is read, and told of, since the AWS CLI refuses it', async () => {
    await writeFile(files.credentials, Buffer.from(`[default]\n${key.join('\n')}\n# café\n`, 'latin1'), { mode: 0o600 });
    expect(await codes()).toEqual([['config-not-utf8', { file: files.credentials }]]);
    expect((await loadAwsConfig(files)).profiles).toHaveLength(1);
  });

  it('what stands twice is told of with both lines, since the AWS CLI refuses the file, and is read as one', async () => {
    await write('credentials', '[default]', ...key, '[other]', ...key, '[default]', 'region = a', 'region = b');
    expect(await codes()).toEqual([
      ['config-section-twice', { file: files.credentials, line: 7, first: 1, section: 'default' }],
      ['config-setting-twice', { file: files.credentials, line: 9, first: 8, setting: 'region' }],
    ]);
    expect((await loadAwsConfig(files)).profiles).toMatchObject([{ name: 'default', region: 'b' }, { name: 'other' }]);
  });

  it('a profile under two headers is told of, since the AWS CLI reads the later one alone', async () => {
    await write('config', '[profile a]', 'region = one', '[profile "a"]', 'output = json');
    await write('credentials', '[a]', ...key);
    expect(await codes()).toEqual([['config-profile-twice', { file: files.config, line: 3, first: 1, profile: 'a' }]]);
    expect((await loadAwsConfig(files)).profiles).toMatchObject([{ name: 'a', region: null }]);
  });

  it('a line that is indented more than the setting above is told of as a part of it', async () => {
    await write('credentials', '[default]', ...key, 'region = us-east-1', '  output = json');
    expect(await codes()).toEqual([['config-line-continued', { file: files.credentials, line: 5, setting: 'region' }]]);
  });

  it('a profile of the credentials file with the word profile in front is told of', async () => {
    await write('credentials', '[profile a]', ...key);
    expect(await codes()).toEqual([['config-section-prefixed', { file: files.credentials, line: 1, section: 'profile a' }]]);
    expect((await loadAwsConfig(files)).profiles).toMatchObject([{ name: 'profile a' }]);
  });

  it('an access key in quotes is told of, since AWS takes them for a part of it', async () => {
    await write('credentials', '[default]', 'aws_access_key_id = "AKIAEXAMPLE"', 'aws_secret_access_key = "invented"');
    expect(await codes()).toEqual([['config-key-quoted', { file: files.credentials, line: 2 }]]);
  });

  it('a section of the config file that lacks the word profile is a problem', async () => {
    await write('config', '[default]', 'region = us-east-1', '[work]', 'region = us-east-1', '[sso-session corp]', '[services dev]');
    await write('credentials', '[default]', ...key);
    expect(await codes()).toEqual([['config-section-ignored', { file: files.config, line: 3, section: 'work' }]]);
  });

  it('a profile whose name has what cannot be seen, or is too long, is left out of both AWS files with its line, whatever it hides; other profiles load', async () => {
    for (const name of ['\u202e', '\u200b', '\u0000', '\u001b[2J', '\u2066', '\u{e0041}', 'x'.repeat(513)]) {
      await write('credentials', `[a${name}b]`, ...key, '[ab]', ...key, '[עברית]', ...key, '[<b>"&]', ...key);
      expect(await codes()).toEqual([['config-name-unseen', { file: files.credentials, line: 1, max: 512 }]]);
      expect((await loadAwsConfig(files)).profiles.map((profile) => profile.name)).toEqual(['ab', 'עברית', '<b>"&']);
    }
    await write('credentials', '[ab]', ...key);
    await write('config', `[profile ${'x'.repeat(513)}]`, 'region = us-east-1');
    expect(await codes()).toEqual([['config-name-unseen', { file: files.config, line: 1, max: 512 }]]);
  });

  it('a key without its secret, or a secret without its key, is a problem; other profiles load', async () => {
    await write('credentials', '[a]', 'aws_access_key_id = AKIAEXAMPLE', '[b]', 'aws_secret_access_key = invented', '[c]', ...key);
    expect(await codes()).toEqual([
      ['config-key-without-secret', { profile: 'a' }],
      ['config-secret-without-key', { profile: 'b' }],
    ]);
    expect((await loadAwsConfig(files)).profiles.map(({ name }) => name)).toEqual(['c']);
  });

  it('an AWS file that is a folder is a problem; the other file loads', async () => {
    await mkdir(files.config);
    await write('credentials', '[default]', ...key);
    const { profiles, problems } = await loadAwsConfig(files);
    expect(problems).toEqual([{ code: 'config-unreadable', params: { file: files.config, reason: 'EISDIR' } }]);
    expect(profiles).toHaveLength(1);
  });

  it('an AWS file that this user may not read is a problem', async () => {
    await write('credentials', '[default]', ...key);
    await chmod(files.credentials, 0o000);
    await chmod(folder(), 0o755);
    // Root may read everything, so a test run by root reads the file as another user.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      expect(await codes()).toEqual([['config-unreadable', { file: files.credentials, reason: 'EACCES' }]]);
    } finally {
      if (root) process.seteuid?.(0);
    }
  });

  it('an AWS file that is a symbolic link in a circle is a problem', async () => {
    await symlink(files.credentials, files.credentials);
    expect(await codes()).toEqual([['config-unreadable', { file: files.credentials, reason: 'ELOOP' }]]);
  });
});
