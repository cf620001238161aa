import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ServedName } from '../../core/profiles/private-configuration.ts';
import { RenewableConfiguration } from './renewable-configuration.ts';

let folder: string;
let files: { readonly config: string; readonly credentials: string };
let names: readonly ServedName[];
let seen: string | null;
let renewable: RenewableConfiguration;

const own = (...all: string[]) => all.map((name) => ({ name, profile: name }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'renewable-'));
  files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  await writeFile(
    files.config,
    '[profile dev]\nregion = eu-west-1\n[profile prod]\nregion = eu-north-1\nrole_arn = arn:aws:iam::222222222222:role/deploy\nsource_profile = dev\n',
  );
  await writeFile(files.credentials, '[dev]\naws_access_key_id = AKIAINVENTED\naws_secret_access_key = invented-secret\n');
  names = own('dev', 'prod');
  seen = 'first';
  renewable = new RenewableConfiguration({
    folder: join(folder, 'terminals'),
    files,
    commandLine: ['/opt/sts-tray'],
    names: () => names,
    seen: () => seen,
    env: {},
  });
});
afterEach(() => rm(folder, { recursive: true }));

async function given(profile: string, only = false): Promise<Readonly<Record<string, string>>> {
  const variables = await renewable.variables(profile, { only });
  if (!variables.ok) throw new Error(variables.error.code);
  return Object.fromEntries(variables.value);
}
const textOf = async (profile: string, only = false) => readFile((await given(profile, only))['AWS_CONFIG_FILE'] ?? '', 'utf8');

it('a private configuration has every profile that the app serves, and the chosen one is what programs find by no name', async () => {
  const { AWS_PROFILE, AWS_CONFIG_FILE = '' } = await given('prod');
  expect(AWS_PROFILE).toBe('prod');
  expect(await readFile(AWS_CONFIG_FILE, 'utf8')).toBe(
    '[profile dev]\ncredential_process = /opt/sts-tray credential-process dev\nregion = eu-west-1\n\n' +
      '[profile prod]\ncredential_process = /opt/sts-tray credential-process prod\nregion = eu-north-1\n',
  );
});

it('by choice a private configuration has the chosen profile alone, and says so to the commands within', async () => {
  expect(await textOf('prod', true)).toBe('[profile prod]\ncredential_process = /opt/sts-tray credential-process prod\nregion = eu-north-1\n');
  expect([(await given('prod', true))['STS_TRAY_ONLY'], (await given('prod'))['STS_TRAY_ONLY']]).toEqual(['1', undefined]);
  // What was opened with one profile keeps its own file.
  expect(await textOf('dev')).toContain('[profile prod]');
  expect(await textOf('prod', true)).not.toContain('[profile dev]');
});

it('a profile whose session outlives its place in the files gets a configuration of its own', async () => {
  names = own('prod');
  expect(await textOf('dev')).toContain('credential-process dev');
});

it('with 5,000 profiles the file is written once, and again when what it was made from has changed', async () => {
  const many = Array.from({ length: 5_000 }, (_, index) => `profile-${index}`);
  await writeFile(files.config, many.map((name) => `[profile ${name}]\nregion = eu-west-1\n`).join('\n'));
  names = own(...many);
  const { AWS_CONFIG_FILE = '' } = await given('profile-0');
  const before = await stat(AWS_CONFIG_FILE, { bigint: true });
  for (const name of many.slice(0, 20)) expect((await given(name))['AWS_CONFIG_FILE']).toBe(AWS_CONFIG_FILE);
  expect((await stat(AWS_CONFIG_FILE, { bigint: true })).ino).toBe(before.ino);
  expect((await readFile(AWS_CONFIG_FILE, 'utf8')).match(/^\[profile /gm)).toHaveLength(5_000);
  await writeFile(files.config, many.map((name) => `[profile ${name}]\nregion = eu-north-1\n`).join('\n'));
  // They are looked at before each hand-off, and not once more for it.
  seen = 'second';
  expect(await textOf('profile-0')).not.toContain('eu-west-1');
  names = own(...many.slice(1));
  expect(await textOf('profile-1')).not.toContain('[profile profile-0]');
});

it.runIf(process.platform === 'linux')(
  'no access key can be written where a terminal has its credentials, by root neither, so none wins over the session and none is lost',
  async () => {
    const { AWS_SHARED_CREDENTIALS_FILE: file = '', AWS_CONFIG_FILE = '' } = await given('dev');
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    await expect(writeFile(file, 'aws_access_key_id = AKIAINVENTED')).rejects.toThrow('ENOENT');
    await expect(mkdir(dirname(file), { recursive: true })).rejects.toThrow(/ENOENT|EEXIST/);
    await rm(dirname(file));
    await mkdir(dirname(file));
    await writeFile(file, 'somebody’s');
    expect((await given('dev'))['AWS_SHARED_CREDENTIALS_FILE']).toBe(file);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    const moved = (await readdir(dirname(AWS_CONFIG_FILE))).find((name) => /STS-Tray\.\d+$/.test(name)) ?? '';
    expect(await readFile(join(dirname(AWS_CONFIG_FILE), moved, 'credentials'), 'utf8')).toBe('somebody’s');
  },
);
