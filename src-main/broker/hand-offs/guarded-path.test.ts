import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedSubcommands } from '../../core/terraform/runs/subcommands.ts';
import { GuardedPath } from './guarded-path.ts';

let home: string;
let folder: string;
let path: GuardedPath;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "guarded path's "));
  for (const [name, says] of [
    ['real', 'real'],
    ['app', 'guard'],
  ] as const) {
    await mkdir(join(home, name));
    const program = join(home, name, name === 'app' ? 'sts-tray' : 'terraform');
    await writeFile(program, `#!/bin/sh\necho ${says}\nfor word do echo "[$word]"; done\nexit 7\n`);
    await chmod(program, 0o755);
  }
  for (const name of ['aws', 'aws-iam-authenticator', 'tofu']) {
    await writeFile(join(home, 'real', name), '#!/bin/sh\necho "${AWS_ENDPOINT_URL_STS-its own}"\n');
    await chmod(join(home, 'real', name), 0o755);
  }
  path = new GuardedPath({ folder: join(home, 'bin'), command: [join(home, 'app', 'sts-tray'), '--user-data-dir=x y'], platform: 'linux' });
  const written = await path.folder();
  folder = (written.ok ? written.value : null) ?? '';
});
afterAll(() => rm(home, { recursive: true }));

const relayed = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/token', STS_TRAY_AWS_ENDPOINT_URL_STS: '' };

/** Where a program that is started by this command line asks STS. */
async function endpoint([name = '', ...args]: readonly string[], env: Record<string, string> = relayed): Promise<string> {
  const PATH = `${folder}:${join(home, 'real')}:/usr/bin:/bin`;
  return (await promisify(execFile)(join(folder, name), args, { env: { PATH, ...env } })).stdout.trim();
}

/** What the script in front of PATH became: its words, one a line. */
async function terraform(args: readonly string[], env: Record<string, string> = {}): Promise<readonly string[]> {
  const options = { env: { PATH: `${folder}:${join(home, 'real')}:/usr/bin:/bin`, ...env } };
  try {
    await promisify(execFile)(join(folder, 'terraform'), [...args], options);
    return [];
  } catch (error) {
    const { stdout, code } = error as { readonly stdout: string; readonly code: number };
    return [...stdout.trim().split('\n'), String(code)];
  }
}

describe.skipIf(process.platform === 'win32')('a guarded terraform', () => {
  const guarded = { STS_TRAY_GUARD: 'my profile' };

  it('a guarded terraform has the variables of its caller whose names a shell cannot hold, and reads no start file of a shell', async () => {
    await mkdir(join(home, 'printing'));
    await symlink('/usr/bin/env', join(home, 'printing', 'terraform'));
    await writeFile(join(home, 'start'), 'echo started\n');
    const env = { PATH: `${folder}:${join(home, 'printing')}:/usr/bin:/bin`, 'TF_VAR_db-name': 'x', BASH_ENV: join(home, 'start'), ENV: join(home, 'start') };
    const { stdout } = await promisify(execFile)(join(folder, 'terraform'), [], { env });
    const lines = stdout.split('\n');
    expect(lines).toContain('TF_VAR_db-name=x');
    expect(lines).not.toContain('started');
  });

  it('a guarded terraform has the guard look before what deploys, and passes every word on', async () => {
    const words = ['-chdir=a b', 'apply', "it's", '', '$HOME'];
    expect(await terraform(words, guarded)).toEqual([
      'guard',
      ...['--user-data-dir=x y', 'exec', 'my profile', '--from-terminal', '--', join(home, 'real', 'terraform'), ...words].map((word) => `[${word}]`),
      '7',
    ]);
    expect((await terraform(['', 'apply'], guarded))[0]).toBe('guard');
    expect(await terraform(['plan'], { ...guarded, STS_TRAY_GUARD_ACCOUNT: '222222222222' })).toContain('[222222222222]');
  });

  it.each(guardedSubcommands)('a guarded terraform has the guard look before %s', async (subcommand) => {
    expect((await terraform([subcommand], guarded))[0]).toBe('guard');
  });

  it('a guarded terraform is the real one for everything else, and without a profile', async () => {
    for (const word of ['init', 'version', '-help', 'output']) expect(await terraform([word], guarded)).toEqual(['real', `[${word}]`, '7']);
    expect(await terraform(['apply'])).toEqual(['real', '[apply]', '7']);
    expect(await terraform(['apply'], { STS_TRAY_GUARD: '' })).toEqual(['real', '[apply]', '7']);
  });

  it('a program that the user wants to go unguarded asks STS itself, where the user’s own variables lead', async () => {
    expect(await endpoint(['tofu', 'apply'], { ...relayed, STS_TRAY_GUARD: '' })).toBe('its own');
    expect(await endpoint(['tofu', 'apply'], { ...relayed, STS_TRAY_GUARD: '', STS_TRAY_AWS_ENDPOINT_URL_STS: 'https://own.example' })).toBe(
      'https://own.example',
    );
    expect(await endpoint(['tofu', 'apply'])).toBe('http://127.0.0.1:1/token');
    expect(await endpoint(['tofu', 'apply'], { STS_TRAY_GUARD: '', AWS_ENDPOINT_URL_STS: 'https://own.example' })).toBe('https://own.example');
  });

  it('a guarded terraform never takes itself for the real one, however PATH writes its folder', async () => {
    const PATH = `${folder}/:${folder}/../bin:/usr/bin/nowhere`;
    await expect(promisify(execFile)('/bin/sh', [join(folder, 'terraform'), 'plan'], { env: { PATH, ...guarded } })).rejects.toMatchObject({ code: 127 });
  });

  it('a guarded terraform of another app in the same PATH leads to the real one', async () => {
    const other = new GuardedPath({ folder: join(home, 'other bin'), command: [join(home, 'app', 'sts-tray')], platform: 'linux' });
    const written = await other.folder();
    const second = (written.ok ? written.value : null) ?? '';
    for (const order of [
      [folder, second],
      [second, folder, second],
    ]) {
      const PATH = `${order.join(':')}:${join(home, 'real')}:/usr/bin:/bin`;
      expect(await terraform(['init'], { PATH })).toEqual(['real', '[init]', '7']);
    }
  });

  it('a guarded terraform is for this user alone, and mended where somebody changed it', async () => {
    const file = join(folder, 'terraform');
    expect((await stat(file)).mode & 0o777).toBe(0o700);
    const text = await readFile(file, 'utf8');
    await writeFile(file, 'exit 0');
    await path.folder();
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});

describe.skipIf(process.platform === 'win32')('a program that makes tokens for EKS', () => {
  it.each([
    [['aws', 'eks', 'get-token', '--cluster-name', 'c']],
    [['aws', '--region', 'eu-west-1', '--no-cli-pager', '--output=json', 'eks', '--debug', 'get-token', '--cluster-name', 'c']],
    [['aws-iam-authenticator', 'token', '-i', 'c']],
  ])('a token for EKS is made with STS’s own address, or the user’s own endpoint: %j', async (words) => {
    expect(await endpoint(words)).toBe('its own');
    expect(await endpoint(words, { ...relayed, STS_TRAY_AWS_ENDPOINT_URL_STS: 'https://own.example' })).toBe('https://own.example');
    expect(await endpoint(words, { AWS_ENDPOINT_URL_STS: 'https://own.example' })).toBe('https://own.example');
  });

  it('a token for EKS is made in the run that asks for it, which has a say in the profile whose session it is made with', async () => {
    await mkdir(join(home, 'tokens'));
    const script = join(home, 'tokens', 'aws');
    await writeFile(script, '#!/bin/sh\nexec /usr/bin/env\n');
    await chmod(script, 0o755);
    const env = { PATH: `${folder}:${join(home, 'tokens')}:/usr/bin:/bin`, ...relayed, STS_TRAY_RUN: 'r' };
    const { stdout } = await promisify(execFile)(join(folder, 'aws'), ['eks', 'get-token'], { env });
    expect(stdout.split('\n').filter((line) => /^(STS_TRAY|AWS)_/.test(line))).toEqual(['STS_TRAY_RUN=r']);
  });

  it.each([
    [['aws', 'sts', 'assume-role', '--role-session-name', 'eks', '--external-id', 'get-token']],
    [['aws', '--profile', 'eks', 'get-token']],
    [['aws', 's3', 'cp', 'eks', 'get-token']],
    [['aws', 'eks', 'describe-cluster', '--name', 'get-token']],
    [['aws']],
    [['aws-iam-authenticator', 'verify', 'token']],
  ])('a program that makes tokens asks the relay for everything else: %j', async (words) => {
    expect(await endpoint(words)).toBe('http://127.0.0.1:1/token');
  });
});
