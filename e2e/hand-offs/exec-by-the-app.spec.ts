import { existsSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { timePasses } from '../../testing/processes/deadline.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import type { Ran } from '../../testing/processes/run-program.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { endSessions, login } from '../../testing/app/sessions.ts';
import { runStsTray, startStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// `sts-tray exec` as the running app finds out what it needs, beside the same in a process of the command's own.
// That is what the launcher falls back to where curl does not know Unix sockets.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'curl', 'ss'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { deployRoleArn } = rig.aws.accounts.b;
  await rig.configureAws({ config: `\n[profile deploy]\nrole_arn = ${deployRoleArn}\nsource_profile = default\nregion = us-east-1\n` });
  app = await rig.startApp();
  await login(rig, 'default');
  for (const name of ['by-app', 'by-own']) await mkdir(join(rig.home, name));
  await symlink(findProgram('curl') ?? '', join(rig.home, 'by-app', 'curl'));
  await writeFile(join(rig.home, 'by-own', 'curl'), '#!/bin/sh\nexit 2\n', { mode: 0o755 });
});
test.afterAll(() => rig.close());

type Options = { readonly env?: Record<string, string>; readonly cwd?: string };

async function run(way: 'by-app' | 'by-own', args: readonly string[], { env = {}, ...options }: Options = {}): Promise<Ran> {
  const path = `${join(rig.home, way)}:${env['PATH'] ?? rig.env['PATH'] ?? ''}`;
  return await runStsTray(rig, args, { ...options, env: { ...env, PATH: path } });
}

/** What differs between any two runs: IDs, ports and tokens of the relay, and the folder of curl. */
function steady({ exitCode, stdout, stderr }: Ran) {
  const clean = (text: string) =>
    text
      .replaceAll(/by-(app|own)/g, 'by')
      .replaceAll(/127\.0\.0\.1:\d+\/[\w-]+/g, 'RELAY')
      .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
      .replaceAll(/[\w-]{32,}/g, 'RANDOM');
  return { exitCode, stderr: clean(stderr), stdout: clean(stdout).split('\n').toSorted() };
}

/** How often the app said to launchers what to do, and how often that they have to find out themselves. */
function answersOfApp(): { readonly done: number; readonly own: number } {
  const log = readFileSync(join(rig.dataFolder, 'logs', 'main.log'), 'utf8');
  // A line that stands for several says for how many.
  const count = (outcome: string) =>
    [...log.matchAll(new RegExp(`asked name=exec outcome=${outcome}\\b.*?(?: times=(\\d+))?$`, 'gm'))].reduce((sum, [, times = '1']) => sum + Number(times), 0);
  return { done: count('done'), own: count('exec-own-process') };
}

async function project(name: string, text: string): Promise<string> {
  const folder = join(rig.home, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'main.tf'), text);
  return folder;
}

const provider = (role: string, account: string) =>
  `provider "aws" {\n  region = "us-east-1"\n  allowed_account_ids = ["${account}"]\n  assume_role {\n    role_arn = "${role}"\n  }\n}\nresource "aws_sqs_queue" "a" {}\n`;

test('the app finds out for the launcher what the command itself would, with the same words, status and environment', async () => {
  const { accountId, deployRoleArn } = rig.aws.accounts.b;
  const right = await project('right', provider(deployRoleArn, accountId));
  const wrong = await project('wrong', provider(deployRoleArn, '333333333333'));
  const broken = await project('broken', 'provider "aws" {\n');
  const given = await project('given', `variable "role" {}\n${provider('${var.role}', accountId)}`.replace('"${var.role}"', 'var.role'));
  await symlink(right, join(rig.home, 'link'));
  const plan = ['--', 'terraform', 'plan', '-no-color'];
  const cases: readonly (readonly [args: readonly string[], options?: Options])[] = [
    [['exec', 'default', '--', 'env']],
    [
      ['exec', 'deploy', '--', 'env'],
      { env: { AWS_REGION: 'eu-west-1', AWS_PROFILE: 'gone', AWS_ACCESS_KEY_ID: 'AKIAX', NO_PROXY: 'a b', HTTPS_PROXY: 'http://127.0.0.1:9' } },
    ],
    [
      ['exec', 'default', '--account', '111111111111', '--', 'env'],
      { env: { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
    ],
    [['exec', 'default', '--no-guard', '--', 'env']],
    [['exec', 'default', '--', 'env'], { env: { STS_TRAY_RELAY: 'off' } }],
    [['exec', 'default', '--', 'env'], { env: { EMPTY: '', LINES: 'a\nb', JAPANESE: '日本' } }],
    [['exec', 'default', '--account', '333333333333', '--', 'terraform', 'version']],
    [['exec', 'nobody', '--', 'true']],
    [['exec', 'default', '--', 'no-such-command']],
    [['exec', 'default', '--', './main.tf'], { cwd: right }],
    [['exec', 'default']],
    [['exec', 'default', '--what', '--', 'true']],
    [['exec', 'default', '--min-left', 'soon', '--', 'true']],
    [['exec', '--help']],
    [['exec', '--help'], { env: { LC_ALL: 'ja_JP.UTF-8' } }],
    [['exec', 'default', '--', 'terraform', 'providers'], { cwd: right }],
    [['exec', 'default', ...plan], { cwd: join(rig.home, 'link'), env: { PWD: join(rig.home, 'link') } }],
    [['exec', 'default', ...plan], { cwd: right, env: { PWD: '/somewhere/else' } }],
    [['exec', 'default', ...plan], { cwd: wrong }],
    [['exec', 'default', ...plan], { cwd: wrong, env: { LC_ALL: 'ja_JP.UTF-8', NO_COLOR: '1' } }],
    [['exec', 'default', ...plan], { cwd: broken }],
    [['exec', 'default', ...plan], { cwd: given, env: { TF_VAR_role: rig.aws.accounts.b.deployRoleArn } }],
    [['exec', 'default', ...plan], { cwd: given, env: { TF_VAR_role: 'arn:aws:iam::333333333333:role/deploy' } }],
    [['exec', 'default', '--', 'terraform', `-chdir=${right}`, 'plan', '-no-color'], { cwd: wrong }],
    [['exec', 'default', ...plan], { cwd: rig.home }],
    [['exec', 'default', ...plan], { cwd: right, env: { AWS_CONFIG_FILE: '/nowhere' } }],
  ];
  const before = answersOfApp();
  for (const [args, options] of cases) {
    expect(steady(await run('by-app', args, options)), JSON.stringify([args, options])).toEqual(steady(await run('by-own', args, options)));
  }
  const after = answersOfApp();
  expect({ done: after.done - before.done, own: after.own - before.own }).toEqual({ done: cases.length, own: 0 });
});

test('a command that takes a process of its own gets one: for keys themselves, and for a saved plan', async () => {
  const { accountId, deployRoleArn } = rig.aws.accounts.b;
  const right = await project('right', provider(deployRoleArn, accountId));
  await writeFile(join(right, 'saved.plan'), 'no plan');
  const before = answersOfApp();
  const isStatic = await run('by-app', ['exec', 'default', '--static', '--', 'sh', '-c', 'echo ${#AWS_SESSION_TOKEN}']);
  expect(Number(isStatic.stdout)).toBeGreaterThan(0);
  const saved = await run('by-app', ['exec', 'default', '--', 'terraform', 'apply', 'saved.plan'], { cwd: right });
  expect(saved.stderr).toContain('saved.plan');
  const { done, own } = answersOfApp();
  expect({ done: done - before.done, own: own - before.own }).toEqual({ done: 0, own: 2 });
});

test('a command whose words are too long for the app to be asked is run all the same', async () => {
  const long = 'x'.repeat(20_000);
  expect(await run('by-app', ['exec', 'default', '--', 'sh', '-c', 'echo ${#0}', long])).toMatchObject({ exitCode: 0, stdout: '20000\n', stderr: '' });
});

test('the app looks at a project for fifty launchers at once, and hands each what is its own', async () => {
  const { deployRoleArn } = rig.aws.accounts.b;
  const folders = await Promise.all(
    Array.from({ length: 50 }, (_none, index) => project(`many-${index}`, provider(deployRoleArn, index % 2 === 0 ? '222222222222' : '333333333333'))),
  );
  const ran = await Promise.all(folders.map((cwd) => run('by-app', ['exec', 'default', '--', 'terraform', 'plan', '-no-color'], { cwd })));
  expect(ran.map(({ stderr }) => stderr.includes('✓ STS Tray'))).toEqual(folders.map((_none, index) => index % 2 === 0));
  expect(ran.map(({ exitCode }) => exitCode === 3)).toEqual(folders.map((_none, index) => index % 2 === 1));
});

test('a process of the app that hangs, or is killed, keeps no command from its run', async () => {
  const exec = () => run('by-app', ['exec', 'default', '--', 'sh', '-c', 'echo ran']);
  const host = () => {
    const pid = app.commandHost();
    if (pid === null) throw new Error('No process of the app runs commands');
    return pid;
  };
  const ran = { exitCode: 0, stdout: 'ran\n', stderr: '' };
  expect(await exec()).toEqual(ran);
  const first = host();
  process.kill(first, 'SIGSTOP');
  const waiting = [exec(), exec()];
  await timePasses(500);
  const before = answersOfApp();
  expect(await Promise.all(waiting)).toEqual([ran, ran]);
  expect(answersOfApp().own - before.own).toBeGreaterThan(0);
  expect(await exec()).toEqual(ran);
  // A stopped process takes its end only once it is killed for good, some seconds later.
  await expect.poll(host).not.toBe(first);
  const second = host();
  process.kill(second, 'SIGSTOP');
  const killed = exec();
  await timePasses(500);
  process.kill(second, 'SIGKILL');
  expect(await killed).toEqual(ran);
});

test('a launcher that is interrupted while it waits runs nothing, even once the code is typed', async () => {
  await endSessions(rig);
  const marker = join(rig.home, 'ran');
  const waiting = startStsTray(rig, ['exec', 'default', '--', 'touch', marker]);
  await app.window('mfa');
  waiting.interrupt();
  await waiting.ended;
  await login(rig, 'default');
  await timePasses(500);
  expect(existsSync(marker)).toBe(false);
});

test('a command that waits for a code is answered once it is typed', async () => {
  await endSessions(rig);
  const waiting = run('by-app', ['exec', 'default', '--', 'true']);
  await timePasses(1500);
  expect(await Promise.race([waiting, Promise.resolve('it waits')])).toBe('it waits');
  await login(rig, 'default');
  expect(await waiting).toMatchObject({ exitCode: 0, stderr: '' });
});
