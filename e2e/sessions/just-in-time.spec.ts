import { readFileSync } from 'node:fs';
import { mkdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { timePasses } from '../../testing/processes/deadline.ts';
import { awsClients, missingAwsClients, type AwsClient } from '../../testing/app/aws-clients.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram, type Ran } from '../../testing/processes/run-program.ts';
import { checkout, closeByButton, type RunningApp } from '../../testing/app/running-app.ts';
import { endSessions } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { initialise } from '../../testing/terraform/initialised.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// Programs that know nothing of the app find a `credential_process` in ~/.aws/config, and the prompt opens
// when one of them needs a session.

test.describe.configure({ mode: 'serial' });

const missing = [
  ...['terraform', 'curl'].filter((program) => findProgram(program) === null),
  ...missingAwsClients(),
  ...missingPrograms().map(({ program }) => program),
];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let clients: readonly AwsClient[];

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { deployRoleArn } = rig.aws.accounts.b;
  await rig.configureAws({ config: `\n[profile deploy]\nrole_arn = ${deployRoleArn}\nsource_profile = default\nregion = us-east-1\n` });
  clients = await awsClients(rig.home);
  app = await rig.startApp();
});
test.afterAll(() => rig.close());

/** Runs it as in any shell of the user: with nothing but the name of a profile. */
function run(profile: string, [program, ...args]: readonly [string, ...string[]], cwd = rig.home): Promise<Ran> {
  return runProgram(program, args, { cwd, env: { ...rig.env, ...writeCliConfig(rig.home), AWS_PROFILE: profile } });
}

const identity = ['aws', 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'] as const;

const callsOf = (action: string) => rig.aws.calls.filter((call) => call.action === action).length;

const promptGone = () => expect.poll(() => app.openViews()).not.toContain('mfa');

/** Programs that are connected to the app and have no answer yet (proc_net_unix(5); state 03 means connected). */
function callersAtTheSocket(): number {
  const socket = join(rig.dataFolder, 'run', 'api.sock');
  return readFileSync('/proc/net/unix', 'utf8')
    .split('\n')
    .filter((line) => line.endsWith(` ${socket}`) && line.split(/\s+/)[5] === '03').length;
}

test('install adds a profile to ~/.aws/config that every program can name', async () => {
  for (const profile of ['default', 'deploy']) {
    const { exitCode, stdout } = await runStsTray(rig, ['install', profile]);
    expect(stdout).toContain(`Added [profile ${profile}-sts] to ${rig.awsFiles.config}`);
    expect(exitCode).toBe(0);
  }
  const config = await readFile(rig.awsFiles.config, 'utf8');
  expect(config).toMatch(/^\[profile default-sts\]\ncredential_process = .*sts-tray.* credential-process "?default"?$/m);
});

test('terraform plan without a session opens the prompt, which names it, and goes on after the code', async () => {
  const folder = join(rig.home, 'project');
  await mkdir(folder);
  const { accountId, deployRoleArn } = rig.aws.accounts.b;
  writeMainTf(folder, { roleArn: deployRoleArn, expectedAccountId: accountId, bucketName: 'just-in-time' });
  await initialise(folder, writeCliConfig(rig.home));

  const plan = run('default-sts', ['terraform', 'plan', '-no-color'], folder);
  const mfa = await app.window('mfa');
  const waiting = mfa.getByRole('region', { name: 'Requested by' }).getByRole('listitem');
  await expect(waiting).toContainText('terraform plan');
  await expect(waiting).toContainText('~/project');
  const pid = Number(/PID (\d+)/.exec((await waiting.getAttribute('title')) ?? '')?.[1]);
  await expect(mfa.getByText(/^5\d s left$/)).toBeVisible();
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toMatch(/(^|\/)terraform\0plan\0-no-color\0$/);
  await expect(mfa.getByRole('heading', { name: 'Start session' })).toBeVisible();
  await expect(mfa.getByText('111111111111', { exact: true })).toBeVisible();
  await rig.submitCode(mfa);

  const { exitCode, stdout, stderr } = await plan;
  expect(stderr).toBe('');
  expect(stdout).toContain('Plan: 1 to add');
  expect(exitCode).toBe(0);
  expect(callsOf('GetSessionToken')).toBe(1);
  expect(app.timesOpened('mfa')).toBe(1);
});

test('the AWS CLI, boto3 and the JavaScript SDK get the session, and a role made from it, without a code', async () => {
  for (const { name, command } of clients) {
    expect(await run('default-sts', command), name).toMatchObject({ stdout: '111111111111\n', exitCode: 0 });
    expect(await run('deploy-sts', command), name).toMatchObject({ stdout: '222222222222\n', exitCode: 0 });
  }
  expect(callsOf('GetSessionToken')).toBe(1);
  expect(app.timesOpened('mfa')).toBe(1);
});

test('cancelling the prompt ends the programs that wait, and each can say why', async () => {
  await endSessions(rig);
  const cli = run('default-sts', identity);
  const asked = runStsTray(rig, ['credential-process', 'default']);
  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('listitem').filter({ hasText: 'aws sts' })).toBeVisible();
  await expect.poll(callersAtTheSocket).toBe(2);
  await closeByButton(mfa, 'Cancel');

  const sentences = 'The MFA prompt for profile default was canceled. Run the command again, and type the code of your MFA device.';
  const { exitCode, stdout, stderr } = await cli;
  expect(stderr).toContain(sentences);
  expect(stdout).toBe('');
  expect(exitCode).not.toBe(0);
  expect(await asked).toEqual({ exitCode: 4, stdout: '', stderr: `sts-tray: ${sentences}\n` });
  await promptGone();
});

test('without a code a program is told so before the minute that it has is over, and the prompt stays', async () => {
  // A prompt that was cancelled does not open again at once.
  await timePasses(3000);
  const since = performance.now();
  const { exitCode, stdout, stderr } = await runStsTray(rig, ['credential-process', 'default']);
  expect(performance.now() - since).toBeLessThan(60_000);
  expect(stderr).toBe(
    'sts-tray: No MFA code was entered for profile default within 55 seconds. Enter the code in the prompt, which is still open, then run the command again.\n',
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  await rig.submitCode(await app.window('mfa'));
  expect(await run('default-sts', identity)).toMatchObject({ stdout: '111111111111\n' });
});

test('200 programs at once get the same session from one prompt and one call', async () => {
  await promptGone();
  await endSessions(rig);
  const [calls, prompts] = [callsOf('GetSessionToken'), app.timesOpened('mfa')];
  const callers = Array.from({ length: 200 }, () => runStsTray(rig, ['credential-process', 'default']));
  await expect.poll(callersAtTheSocket, { timeout: 40_000 }).toBe(200);
  await rig.submitCode(await app.window('mfa'));

  const answers = await Promise.all(callers);
  expect(answers.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  const keys = answers.map(({ stdout }) => (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^ASIA/);
  expect(callsOf('GetSessionToken')).toBe(calls + 1);
  expect(app.timesOpened('mfa')).toBe(prompts + 1);
});

test('a program that needs a session starts the app when it is not running', async () => {
  await app.quit('Quit');
  const cli = run('default-sts', identity);
  const prompt = await rig.desktop.waitForWindow('MFA code · STS Tray', 30_000);
  await rig.desktop.focus(prompt);
  await rig.desktop.typeText(await rig.aws.nextTotpCode());
  expect(await cli).toMatchObject({ stdout: '111111111111\n', stderr: '', exitCode: 0 });

  const { pid = 0 } = prompt;
  const tray = await rig.desktop.tray(pid);
  expect(await tray.tooltip()).toBe('default · 111111111111 · 8 h left');
  // With a session in memory the app would ask, in a window that is out of this test's reach.
  await tray.clickMenuItem(/^default · /, 'End session');
  await tray.waitFor('no session', async () => (await tray.tooltip()) === 'STS Tray: no session');
  await tray.clickMenuItem('Quit').catch(() => undefined);
  await tray.waitUntilGone();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a command that started the app ends with its own status, however often', async () => {
  const statuses = [];
  for (const start of [1, 2, 3, 4, 5, 6]) {
    const folder = join(rig.home, `start-${start}`);
    const command = [`--user-data-dir=${folder}`, 'credential-process', 'no-such-profile'];
    const { exitCode } = await runProgram(join(checkout, 'bin', 'sts-tray'), command, { env: rig.env });
    statuses.push(exitCode);
    // Chromium names the app's process in its lock, as `<host>-<pid>`.
    const pid = Number((await readlink(join(folder, 'SingletonLock'))).split('-').at(-1));
    process.kill(pid);
    await expect.poll(() => isAlive(pid)).toBe(false);
  }
  // A process that aborts has no exit status.
  expect(statuses).toEqual([1, 1, 1, 1, 1, 1]);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
