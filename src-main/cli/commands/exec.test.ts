import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliRig, failure } from '../../../testing/rigs/cli-rig.ts';

const handOff = {
  accountId: '111122223333',
  kind: 'base',
  set: [
    ['AWS_ACCESS_KEY_ID', 'ASIAX'],
    ['AWS_SECRET_ACCESS_KEY', "it's"],
  ],
  unset: ['AWS_PROFILE', 'AWS_SESSION_TOKEN'],
  expiration: '2026-11-23T20:00:00Z',
  guardFolder: null,
  runFifo: null,
  relayRun: null,
  rolesOnly: false,
};

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
});
afterEach(() => rig.close());

describe.skipIf(process.platform === 'win32')('sts-tray exec', () => {
  const exec = (args: readonly string[], world = {}) => rig.run(['exec', ...args], world);

  it('sts-tray exec runs nothing when the credentials are of another account', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const marker = join(rig.folder, 'ran');
    const { code, stderr } = await exec(['prod', '--account', '999988887777', '--', 'touch', marker]);
    expect(stderr).toContain('Profile prod uses account 111122223333, not 999988887777; nothing was run.');
    expect(code).toBe(3);
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
  });

  it('sts-tray exec asks for renewable credentials, for static ones on request, and for a time left', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    await exec(['prod', '--', 'true']);
    await exec(['prod', '--static', '--min-left', '30m', '--', 'true']);
    const program = { command: 'true', folder: rig.folder };
    expect(rig.asked.map(({ fields }) => fields)).toEqual([
      { profile: 'prod', credentials: 'renewable', guards: true, program, relay: expect.anything(), pid: process.pid },
      { profile: 'prod', credentials: 'static', guards: true, program, relay: expect.anything(), minLeftSeconds: 1800, pid: process.pid },
    ]);
  });

  it('sts-tray exec gives the command the variables, and ends as it ends', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const file = join(rig.folder, 'environment');
    const script = `printf '%s,%s,%s' "$AWS_SECRET_ACCESS_KEY" "\${AWS_PROFILE-none}" "$1" >"$0"; exit 7`;
    const { code } = await exec(['prod', '--', 'sh', '-c', script, file, 'a "b" c'], { env: { PATH: process.env['PATH'], AWS_PROFILE: 'x' } });
    expect(await readFile(file, 'utf8')).toBe('it\'s,none,a "b" c');
    expect(code).toBe(7);
    expect((await exec(['prod', '--', 'sh', '-c', 'kill -TERM $$'])).code).toBe(143);
  });

  it.for([
    ['LD_PRELOAD', { set: [['LD_PRELOAD', '/tmp/evil.so']] }],
    ['BASH_ENV', { set: [...handOff.set, ['BASH_ENV', '/tmp/evil']] }],
    ['PATH', { set: [['PATH', '/tmp/evil']] }],
    ['x; touch ran', { unset: ['x; touch ran'] }],
    ['LD_LIBRARY_PATH', { unset: ['LD_LIBRARY_PATH'] }],
    ['PATH', { guardFolder: 'evil' }],
    ['PATH', { guardFolder: '/guard:/tmp/evil' }],
  ] as const)('sts-tray exec runs nothing, nor has a shell evaluate anything, when the app would change %j', async ([variable, answer]) => {
    await rig.startApp({ 'hand-off': [200, { ...handOff, ...answer }] });
    const refused = { code: 1, stdout: '', stderr: expect.stringContaining(`What answers as STS Tray would change ${variable}`) };
    expect(await exec(['prod', '--', 'touch', 'ran'])).toEqual(refused);
    expect(await rig.run(['export', 'prod'])).toEqual(refused);
    const { stdout } = await rig.run([], { args: ['__exec-steps', `--user-data-dir=${rig.folder}`, 'exec', 'prod', '--', 'touch', 'ran'] });
    expect(stdout).not.toMatch(/unset|export|evil/);
    expect(existsSync(join(rig.folder, 'ran'))).toBe(false);
  });

  it('sts-tray exec asks for the relay, with what the command’s environment and folder say', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const asked = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      await exec(args, { env: { PATH: process.env['PATH'], ...env } });
      return rig.asked.at(-1)?.fields['relay'];
    };
    const project = { folder: rig.folder, workspace: 'default', accountIds: [], undecided: null, onTheWay: [], ofState: [], placed: [] };
    const env = { AWS_REGION: 'eu-west-1', HTTPS_PROXY: 'http://p:1', HOME: '/' };
    const way = { AWS_REGION: 'eu-west-1', HTTPS_PROXY: 'http://p:1' };
    expect(await asked(['prod', '--', 'true'], env)).toEqual({
      accounts: [],
      typed: [],
      changes: true,
      project,
      way,
      rolesOnly: true,
      repeats: true,
      typedAs: 'command-line',
      until: 'connection',
    });
    expect(await asked(['prod', '--account', '111122223333', '--', 'true'])).toMatchObject({ accounts: ['111122223333'], way: {} });
    expect(await asked(['prod', '--', 'true'], { STS_TRAY_RELAY: 'every-call' })).toMatchObject({ repeats: false });
    expect(await asked(['prod', '--', 'true'], { STS_TRAY_RELAY: 'off' })).toBeUndefined();
    expect(await asked(['prod', '--no-guard', '--', 'true'])).toBeUndefined();
    await writeFile(join(rig.folder, 'main.tf'), 'provider "aws" {\n  allowed_account_ids = ["222222222222"]\n}\nresource "aws_sqs_queue" "a" {}\n');
    expect(await asked(['prod', '--', 'true'])).toMatchObject({ project: { accountIds: ['222222222222'] } });
  });

  it('sts-tray exec reads the files of OpenTofu for a command that may start it, in a folder that OpenTofu prepared', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const file = (name: string, account: string) =>
      writeFile(join(rig.folder, name), `provider "aws" {\n  allowed_account_ids = ["${account}"]\n}\nresource "aws_sqs_queue" "a" {}\n`);
    await file('main.tf', '222222222222');
    await file('main.tofu', '333333333333');
    const meant = async () => {
      await exec(['prod', '--', 'true'], { env: { PATH: process.env['PATH'] } });
      return rig.asked.at(-1)?.fields['relay'];
    };
    expect(await meant()).toMatchObject({ project: { accountIds: ['222222222222'] } });
    await writeFile(join(rig.folder, '.terraform.lock.hcl'), 'provider "registry.opentofu.org/hashicorp/aws" {\n  version = "6.0.0"\n}\n');
    expect(await meant()).toMatchObject({ project: { accountIds: ['333333333333'] } });
  });

  it('sts-tray exec guards what a command starts of Terraform by reading alone in a project that makes tokens for EKS, and says so', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    await writeFile(join(rig.folder, 'main.tf'), 'ephemeral "aws_eks_cluster_auth" "main" {\n  name = "main"\n}\n');
    const { stderr } = await exec(['prod', '--', 'true'], { env: { PATH: process.env['PATH'] } });
    expect(stderr).toContain('main.tf, line 1: in');
    expect(rig.asked.at(-1)?.fields).toMatchObject({ guards: true });
    expect(rig.asked.at(-1)?.fields).not.toHaveProperty('relay');
  });

  it('sts-tray exec sends what only reaches the backend of Terraform straight to STS, as its state may have an account of its own', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    await writeFile(join(rig.folder, 'terraform'), '#!/bin/sh\n', { mode: 0o755 });
    const relayOf = async (...args: readonly string[]) => {
      await exec(['prod', '--', join(rig.folder, 'terraform'), ...args], { env: { PATH: process.env['PATH'] } });
      return rig.asked.at(-1)?.fields['relay'];
    };
    expect(await relayOf('init', '-backend-config=prod.hcl')).toBeUndefined();
    expect(await relayOf('state', 'list')).toBeUndefined();
    expect(await relayOf('console')).toMatchObject({ changes: true });
    await writeFile(join(rig.folder, 'terragrunt'), '#!/bin/sh\n', { mode: 0o755 });
    await exec(['prod', '--', join(rig.folder, 'terragrunt'), 'plan'], { env: { PATH: process.env['PATH'] } });
    expect(rig.asked.at(-1)?.fields['relay']).toMatchObject({ changes: true, rolesOnly: true });
  });

  it('sts-tray exec runs for other accounts than the session’s with a key that can only assume roles, and says so', async () => {
    const relayRun = '0f7f4a3c-7f0e-4d55-9c51-5a1d1a1d1a1d';
    await rig.startApp({ 'hand-off': [200, { ...handOff, relayRun, rolesOnly: true }], 'relay-run': [200, {}] });
    const { code, stderr } = await exec(['prod', '--account', '999988887777', '--', 'sleep', '1']);
    expect(code).toBe(0);
    expect(rig.asked.map(({ name }) => name)).toEqual(['hand-off', 'relay-run']);
    // This app ends the run at once, as one does that quits.
    expect(stderr).toContain('sts-tray: STS Tray ended before the command did, so the calls of STS');
  });

  it.each([
    ['with the session of a role profile', {}, true],
    ['with a session, where the relay is off', { STS_TRAY_RELAY: 'off' }, false],
  ])('sts-tray exec does not start Terragrunt, which makes buckets itself, for another account %s', async (_what, env, isRole) => {
    const relayRun = '0f7f4a3c-7f0e-4d55-9c51-5a1d1a1d1a1d';
    await rig.startApp({ 'hand-off': [200, isRole ? { ...handOff, kind: 'role', relayRun } : handOff], 'relay-run': [200, {}] });
    const [terragrunt, trace] = [join(rig.folder, 'terragrunt'), join(rig.folder, 'was-run')];
    await writeFile(terragrunt, `#!/bin/sh\n: >${trace}\n`, { mode: 0o755 });
    const { code } = await exec(['prod', '--account', '999988887777', '--', terragrunt, 'apply'], { env: { PATH: process.env['PATH'], ...env } });
    expect([code, existsSync(trace)]).toEqual([3, false]);
  });

  it('sts-tray exec runs nothing for another account than that of a role session, which is there already', async () => {
    const relayRun = '0f7f4a3c-7f0e-4d55-9c51-5a1d1a1d1a1d';
    await rig.startApp({ 'hand-off': [200, { ...handOff, kind: 'role', relayRun }] });
    expect((await exec(['prod', '--account', '999988887777', '--', 'true'])).code).toBe(3);
  });

  it('whatever sts-tray exec starts finds the guarded programs, except what the guard looked at itself and where the user wants no guard', async () => {
    await rig.startApp({ 'hand-off': [200, { ...handOff, guardFolder: '/guard' }] });
    const environment = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const file = join(rig.folder, 'environment');
      await exec(['prod', ...args, '--', 'sh', '-c', `echo "\${PATH%%:*} \${STS_TRAY_GUARD-none} \${STS_TRAY_GUARD_ACCOUNT-none}" >"$0"`, file], {
        env: { PATH: process.env['PATH'], ...env },
      });
      return (await readFile(file, 'utf8')).trim();
    };
    expect(await environment([])).toBe('/guard prod none');
    expect(await environment(['--account', '111122223333'])).toBe('/guard prod 111122223333');
    expect(await environment(['--no-guard', '--account', '111122223333'], { STS_TRAY_GUARD: 'prod' })).toBe('/guard none none');
    expect(await environment(['--no-guard'], { STS_TRAY_GUARD: 'prod', STS_TRAY_GUARD_ACCOUNT: '111122223333' })).toBe('/guard none 111122223333');
    expect(rig.asked.at(-1)?.fields).not.toHaveProperty('guards');
  });

  it('sts-tray exec within another one keeps to its accounts, and may only choose among them', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const within = (...args: readonly string[]) =>
      exec(['prod', ...args, '--', 'true'], { env: { PATH: process.env['PATH'], STS_TRAY_GUARD_ACCOUNT: '111122223333,999988887777' } });
    expect((await within()).code).toBe(0);
    expect(rig.asked.at(-1)?.fields).toMatchObject({ relay: { accounts: ['111122223333', '999988887777'] } });
    await within('--account', '111122223333');
    expect(rig.asked.at(-1)?.fields).toMatchObject({ relay: { accounts: ['111122223333'] } });
    const { code, stderr } = await within('--account', '444455556666');
    expect(code).toBe(3);
    expect(stderr).toContain('inside a run for account 111122223333, 999988887777 and asks for account 444455556666; nothing was run.');
    expect(rig.asked).toHaveLength(2);
    expect((await within('--no-guard', '--account', '111122223333')).code).toBe(0);
  });

  it('sts-tray exec tells the app in which run it was started, which has a say in its profile, but for one without the guard', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const run = '3f0c1d2e-0000-4000-8000-00000000000a';
    const env = { PATH: process.env['PATH'], STS_TRAY_RUN: run };
    await exec(['prod', '--', 'true'], { env });
    expect(rig.asked.at(-1)?.fields).toMatchObject({ within: run });
    await exec(['prod', '--no-guard', '--', 'true'], { env });
    expect(rig.asked.at(-1)?.fields).not.toHaveProperty('within');
  });

  it('sts-tray exec without the guard keeps to the accounts of the run around it, unless it names another one itself', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const within = (...args: readonly string[]) =>
      exec(['prod', '--no-guard', ...args, '--', 'true'], { env: { PATH: process.env['PATH'], STS_TRAY_GUARD_ACCOUNT: '444455556666' } });
    const { code, stderr } = await within();
    expect(code).toBe(3);
    expect(stderr).toContain('444455556666');
    expect((await within('--account', '111122223333')).code).toBe(0);
  });

  it('sts-tray exec without the relay leads past that of a run around it', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const file = join(rig.folder, 'environment');
    const env = {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/token',
      TF_AWS_STS_ENDPOINT: 'http://127.0.0.1:1/token',
      STS_TRAY_RUN: 'r',
      STS_TRAY_AWS_ENDPOINT_URL_STS: 'https://own.example',
    };
    await exec(['prod', '--no-guard', '--', 'sh', '-c', 'echo "$AWS_ENDPOINT_URL_STS ${TF_AWS_STS_ENDPOINT-none} ${STS_TRAY_RUN-none}" >"$0"', file], { env });
    expect(await readFile(file, 'utf8')).toBe('https://own.example none none\n');
  });

  it.each([
    ['own', '/nowhere:tools'],
    ['own', './tools'],
    ['here', ':/nowhere'],
    ['here', '.'],
  ])('sts-tray exec finds %s where the folders of PATH are %s, seen from where the command is to run', async (command, PATH) => {
    await mkdir(join(rig.folder, 'tools'));
    await writeFile(join(rig.folder, 'tools', 'own'), '', { mode: 0o755 });
    await writeFile(join(rig.folder, 'here'), '', { mode: 0o755 });
    await rig.startApp({ 'hand-off': [409, failure('mfa-cancelled')] });
    const { code, stderr } = await exec(['prod', '--no-guard', '--', command], { env: { PATH } });
    expect(stderr).not.toContain('was not found');
    expect(code).toBe(4);
    expect(rig.asked).toHaveLength(1);
  });

  it('sts-tray exec looks for the command before anybody is asked for a code', async () => {
    await rig.startApp({});
    const { code, stderr } = await exec(['prod', '--', 'no-such-command']);
    expect(stderr).toBe('sts-tray: no-such-command was not found. Check its name and PATH.\n');
    expect(code).toBe(127);
    expect(rig.asked).toEqual([]);
    await writeFile(join(rig.folder, 'plain'), '');
    expect((await exec(['prod', '--', './gone'])).code).toBe(127);
  });

  it('sts-tray exec tells the launcher what to do, and how many words stand before the command', async () => {
    await rig.startApp({ 'hand-off': [200, handOff] });
    const args = ['__exec-steps', `--user-data-dir=${rig.folder}`, 'exec', 'prod', '--static', '--', 'true'];
    const { code, stdout } = await rig.run([], { args });
    expect(stdout).toBe("unset AWS_PROFILE\nunset AWS_SESSION_TOKEN\nset AWS_ACCESS_KEY_ID=ASIAX\nset AWS_SECRET_ACCESS_KEY=it's\nbecome 5\n");
    expect(code).toBe(0);
  });

  it('sts-tray exec has the launcher hold the FIFO of the run', async () => {
    await rig.startApp({ 'hand-off': [200, { ...handOff, set: [], unset: [], runFifo: "/runs/it's a FIFO" }] });
    const { stdout } = await rig.run([], { args: ['__exec-steps', `--user-data-dir=${rig.folder}`, 'exec', 'prod', '--', 'true'] });
    expect(stdout).toBe("hold /runs/it's a FIFO\nbecome 4\n");
  });

  it('sts-tray exec gives the launcher no value of several lines, whose second line it would follow', async () => {
    await rig.startApp({ 'hand-off': [200, { ...handOff, set: [['AWS_REGION', 'a\nset AWS_PROFILE=b']] }] });
    const args = ['__exec-steps', `--user-data-dir=${rig.folder}`, 'exec', 'prod', '--', 'true'];
    expect(await rig.run([], { args })).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('AWS_REGION holds a character') });
  });

  it('sts-tray exec runs nothing where the launcher cannot hold the FIFO by which the app sees the end of the run', async () => {
    await rig.startApp({ 'hand-off': [200, { ...handOff, set: [], runFifo: '/runs/a\nb' }] });
    const args = ['__exec-steps', `--user-data-dir=${rig.folder}`, 'exec', 'prod', '--', 'true'];
    expect(await rig.run([], { args })).toMatchObject({ code: 1, stdout: '' });
  });

  it('sts-tray exec has the launcher print its help, line by line, and end', async () => {
    const { stdout } = await rig.run([], { args: ['__exec-steps', 'exec', '--help'] });
    expect(stdout).toMatch(/^print Usage: sts-tray exec PROFILE[^\n]*\nprint \n(?:print [^\n]*\n)+exit 0\n$/);
  });
});
