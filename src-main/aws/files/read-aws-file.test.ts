import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../client/client-settings.ts';
import { parsedFiles } from './parsed-files.ts';
import { loadAwsConfig, readAccessKey } from './profiles.ts';
import { readAwsFile } from './read-aws-file.ts';

let home: string;
let files: { readonly config: string; readonly credentials: string };
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'read-aws-file-'));
  files = { config: join(home, 'config'), credentials: join(home, 'credentials') };
});
afterEach(() => rm(home, { recursive: true }));

const given = (text: string, file: 'config' | 'credentials' = 'credentials') => writeFile(files[file], text, { mode: 0o600 });
const key = (secret: string) => `aws_access_key_id = AKIA\naws_secret_access_key = ${secret}\n`;

describe('the secrets of the AWS files', () => {
  it.for([
    'aws_secret_access_key = fake',
    'aws_secret_access_key=fake',
    '\t aws_secret_access_key\t=\tfake # comment',
    'aws_session_token = fake=fake',
    'aws_security_token = fake',
    'aws_secret_access_key = fake\r',
    '\u00A0aws_secret_access_key = fake',
  ])('the secrets of the AWS files are not read from %j where no call is to be signed, and are known to be there', async (line) => {
    await given(`[default]\n${line}\nregion = x\n`);
    const { text, hasSecret } = await readAwsFile('credentials', files.credentials, null);
    expect(text).not.toContain('fake');
    expect(hasSecret).toBe(true);
    const { default: entry } = (await parsedFiles(files, null)).credentialsFile;
    expect(entry).toMatchObject({ [line.split('=')[0]?.trim() ?? '']: expect.stringMatching(/^\*+$/), region: 'x' });
  });

  it('the secrets of the AWS files are those of one profile where a call is to be signed, in both files', async () => {
    await given(`\uFEFF[default]\n${key('mine')}[other]\n${key('fake')}[default]\naws_session_token = mine too\n`);
    await given(`[profile "a b"]\n[profile dev]\n${key('dev')}[default] # c\naws_security_token = mine three\n[sso-session default]\n${key('fake')}`, 'config');
    const texts = async (profile: string) =>
      (await readAwsFile('credentials', files.credentials, profile)).text + (await readAwsFile('config', files.config, profile)).text;
    expect((await texts('default')).match(/mine.*|fake|dev$/gm)).toEqual(['mine', 'mine too', 'mine three']);
    expect((await texts('dev')).match(/mine.*|fake| dev$/gm)).toEqual([' dev']);
    expect(await readAccessKey(files, 'other')).toEqual({ ok: true, value: { accessKeyId: 'AKIA', secretAccessKey: 'fake' } });
  });

  it.for(['aws_secret_access_key =', 'aws_secret_access_key = # none', 'aws_secret_access_key', '# aws_secret_access_key = fake'])(
    'the secrets of the AWS files are none where %j is all there is, which is told as before',
    async (line) => {
      await given(`[default]\naws_access_key_id = AKIA\n${line}\n`);
      expect((await readAwsFile('credentials', files.credentials, null)).hasSecret).toBe(false);
      expect((await loadAwsConfig(files)).problems.map(({ code }) => code)).toContain('config-key-without-secret');
    },
  );

  it.each([
    ['with a colon', '[default]\naws_secret_access_key: fake\n'],
    ['in capitals', '[default]\nAWS_SECRET_ACCESS_KEY = fake\n'],
    ['that goes on in the next lines', '[default]\naws_secret_access_key = fake\n# comment\n  fake\n\n  fake = fake\nregion = x\n'],
    ['in a file of the old Macintosh', '[default]\raws_secret_access_key = fake\rregion = x\r'],
    ['that counts for all profiles', '[DEFAULT]\naws_secret_access_key = fake\n[default]\nregion = x\n'],
  ])('the secrets of the AWS files are not read, and are read to sign, where one stands there %s', async (_, text) => {
    await given(text);
    expect((await readAwsFile('credentials', files.credentials, null)).text).not.toContain('fake');
    expect((await readAwsFile('credentials', files.credentials, 'other')).text.replace(/DEFAULT[^]*/, '')).not.toContain('fake');
    expect((await readAwsFile('credentials', files.credentials, 'default')).text).toBe(text);
    expect((await parsedFiles(files, null)).credentialsFile['default']).toMatchObject(/region/.test(text) ? { region: 'x' } : {});
  });
});

describe('an AWS file that is none', () => {
  it.skipIf(process.platform === 'win32').for([
    ['a pipe', async (): Promise<void> => void spawnSync('mkfifo', [files.credentials])],
    ['a device without an end', async (): Promise<void> => symlink('/dev/zero', files.credentials)],
  ] as const)('an AWS file that is %s is not waited for, and is told', async ([, make]) => {
    await make();
    expect((await loadAwsConfig(files)).problems).toMatchObject([{ code: 'config-no-file', params: { file: files.credentials, reason: 'EINVAL' } }]);
    expect((await readAccessKey(files, 'default')).ok).toBe(false);
    expect(await clientSettings('default', 'sts', { files, env: {} })).toMatchObject({ endpoint: null });
  });
});

describe.skipIf(process.platform === 'win32')('an AWS file that others may read', () => {
  it.for([0o644, 0o640, 0o604])('an AWS file that others may read is told where it holds an access key: mode %i', async (mode) => {
    await given(`[default]\n${key('fake')}`);
    await chmod(files.credentials, mode);
    const { problems, profiles } = await loadAwsConfig(files);
    expect(problems).toEqual([{ code: 'config-open-to-others', params: { file: files.credentials } }]);
    expect(profiles).toHaveLength(1);
  });

  it('an AWS file that others may read is nothing to tell where it holds no secret, nor one that they may not', async () => {
    await given('[default]\nregion = x\n', 'config');
    await chmod(files.config, 0o644);
    await given(`[default]\n${key('fake')}`);
    expect((await loadAwsConfig(files)).problems).toEqual([]);
  });
});
