import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { timePasses } from '../../testing/processes/deadline.ts';
import { leaksInArguments, leaksInFolder, leaksInRenderer, processesWithSecretsInEnvironment } from '../../testing/app/canaries.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { endSessions, login } from '../../testing/app/sessions.ts';
import { launcher, runStsTray, startStsTray } from '../../testing/app/sts-tray.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { initialise } from '../../testing/terraform/initialised.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// `sts-tray exec`: a command that gets credentials and keeps its own exit status, signals and pipes.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws', 'curl'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { deployRoleArn } = rig.aws.accounts.b;
  await rig.configureAws({ config: `\n[profile deploy]\nrole_arn = ${deployRoleArn}\nsource_profile = default\nregion = us-east-1\n` });
  app = await rig.startApp();
  await login(rig, 'default');
});
test.afterAll(() => rig.close());

const identity = ['aws', 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'] as const;
const callsOf = (action: string) => rig.aws.calls.filter((call) => call.action === action).length;

test('terraform apply run by exec deploys into account B', async () => {
  const folder = join(rig.home, 'project');
  await mkdir(folder);
  const { accountId, deployRoleArn } = rig.aws.accounts.b;
  writeMainTf(folder, { roleArn: deployRoleArn, expectedAccountId: accountId, bucketName: 'by-exec' });
  const env = writeCliConfig(rig.home);
  await initialise(folder, env);
  const apply = ['exec', 'default', '--', 'terraform', 'apply', '-auto-approve', '-no-color'];
  const { exitCode, stdout, stderr } = await runStsTray(rig, apply, { cwd: folder, env });
  expect(stderr).toBe('✓ STS Tray  aws → deploy 2222-2222-2222 (deploy)  as expected\n');
  expect(stdout).toContain('Resources: 1 added');
  expect(stdout).toContain('account_id = "222222222222"');
  expect(exitCode).toBe(0);
  expect(await bucketsIn(rig.aws, 'b')).toContain('by-exec');
  expect(await bucketsIn(rig.aws, 'a')).not.toContain('by-exec');
});

test('the exit status of exec is the command’s own', async () => {
  expect(await runStsTray(rig, ['exec', 'default', '--', 'sh', '-c', 'exit 7'])).toEqual({ exitCode: 7, stdout: '', stderr: '' });
  const noConfiguration = await runStsTray(rig, ['exec', 'default', '--', 'terraform', 'plan', '-no-color']);
  expect(noConfiguration.stderr).toContain('holds no Terraform files');
  expect(noConfiguration.exitCode).toBe(1);
});

test('a command that reads other AWS files than the app gets no session by a name that may stand for another account there', async () => {
  const other = join(rig.home, 'other-config');
  await writeFile(other, '[profile deploy]\nrole_arn = arn:aws:iam::333333333333:role/deploy\nsource_profile = default\n');
  const { exitCode, stdout, stderr } = await runStsTray(rig, ['exec', 'deploy', '--', ...identity], { env: { AWS_CONFIG_FILE: '$HOME/other-config' } });
  expect(stderr).toBe(
    `sts-tray: AWS_CONFIG_FILE points to ${other} here, but the app reads ${rig.awsFiles.config}, where the same name may stand for another account. Unset AWS_CONFIG_FILE for this command, or choose that file in Settings. Where the app got another file from its own environment, quit it and start it again.\n`,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  const usual = await runStsTray(rig, ['exec', 'deploy', '--', ...identity], { env: { AWS_CONFIG_FILE: '~/.aws/config' } });
  expect(usual).toMatchObject({ stdout: '222222222222\n', exitCode: 0 });
});

test('an interrupt in the terminal reaches the command of exec, which decides what becomes of it', async () => {
  const command = 'trap "echo interrupted; exit 42" INT; echo ready; while :; do sleep 0.1; done';
  const program = startStsTray(rig, ['exec', 'default', '--', 'sh', '-c', command]);
  await program.printed('ready');
  program.interrupt();
  expect(await program.ended).toEqual({ exitCode: 42, stdout: 'ready\ninterrupted\n', stderr: '' });
});

test('exec reads from a pipe and writes to one', async () => {
  const [program, dataFolder] = launcher(rig);
  const pipeline = `printf 'one\\ntwo\\nthree\\n' | "$0" "$1" exec default -- sort -r | head -n 1`;
  const ran = await runProgram('sh', ['-c', pipeline, program, dataFolder ?? ''], { env: rig.env });
  expect(ran).toEqual({ exitCode: 0, stdout: 'two\n', stderr: '' });
});

test('for an account that is not the session’s, a command gets a key that can only assume roles there', async () => {
  const run = (command: string, ...options: string[]) =>
    runStsTray(rig, ['exec', 'default', '--account', '222222222222', ...options, '--', 'sh', '-c', command]);
  const note =
    'sts-tray: default is in account 111111111111, and this run is for 222222222222: it can assume roles there, and do nothing in 111111111111 itself.\n';
  const listed = await run('aws s3api list-buckets');
  expect(listed.stderr).toContain(note);
  expect(listed.stderr).toContain('An error occurred (');
  expect(listed.stdout).toBe('');
  expect(listed.exitCode).not.toBe(0);
  const { deployRoleArn } = rig.aws.accounts.b;
  const assumed = await run(`aws sts assume-role --role-arn ${deployRoleArn} --role-session-name alice --query AssumedRoleUser.Arn --output text`);
  expect(assumed).toEqual({ exitCode: 0, stdout: 'arn:aws:sts::222222222222:assumed-role/deploy/alice\n', stderr: note });
});

test('a role profile of an account that is not the one meant stops exec before anything runs', async () => {
  const trace = join(rig.home, 'was-run');
  expect(await runStsTray(rig, ['exec', 'deploy', '--account', '111111111111', '--', 'touch', trace])).toEqual({
    exitCode: 3,
    stdout: '',
    stderr:
      'sts-tray: Profile deploy uses account 222222222222, not 111111111111; nothing was run. Use the profile of account 111111111111, or correct --account.\n',
  });
  expect(existsSync(trace)).toBe(false);
  expect(await runStsTray(rig, ['exec', 'deploy', '--account', '222222222222', '--', 'touch', trace])).toMatchObject({ exitCode: 0 });
  expect(existsSync(trace)).toBe(true);
});

test('a session that has less time left than wanted is renewed with a prompt', async () => {
  await endSessions(rig);
  rig.aws.sessionLifetimeOverrideSeconds = 1200;
  await login(rig, 'default');
  rig.aws.sessionLifetimeOverrideSeconds = null;
  const ran = runStsTray(rig, ['exec', 'default', '--min-left', '30m', '--', ...identity]);
  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('heading', { name: 'Renew session' })).toBeVisible();
  await rig.submitCode(mfa);
  expect(await ran).toEqual({ exitCode: 0, stdout: '111111111111\n', stderr: '' });
});

test('more time than a new session would have is refused, and nobody is asked for a code', async () => {
  await expect.poll(() => app.openViews()).not.toContain('mfa');
  const trace = join(rig.home, 'was-run-for-long');
  const prompts = app.timesOpened('mfa');
  const { exitCode, stderr } = await runStsTray(rig, ['exec', 'default', '--min-left', '9h', '--', 'touch', trace]);
  expect(stderr).toBe(
    'sts-tray: The session of profile default has 28800 seconds left, and 32400 are required. Choose a longer session in Settings, or a smaller --min-left.\n',
  );
  expect(app.timesOpened('mfa')).toBe(prompts);
  expect(exitCode).toBe(1);
  expect(existsSync(trace)).toBe(false);
});

test('with a role profile the command of exec is in the role’s account, and a role session that ran out is made anew without a code', async () => {
  const [codes, prompts] = [callsOf('GetSessionToken'), app.timesOpened('mfa')];
  const run = () => runStsTray(rig, ['exec', 'deploy', '--account', '222222222222', '--', ...identity]);
  const expected = { exitCode: 0, stdout: '222222222222\n', stderr: '' };
  rig.aws.sessionLifetimeOverrideSeconds = 5;
  expect(await run()).toEqual(expected);
  rig.aws.sessionLifetimeOverrideSeconds = null;
  await timePasses(6000);

  const roles = callsOf('AssumeRole');
  expect(await run()).toEqual(expected);
  expect(callsOf('AssumeRole')).toBe(roles + 1);
  expect(await run()).toEqual(expected);
  expect(callsOf('AssumeRole')).toBe(roles + 1);
  expect(callsOf('GetSessionToken')).toBe(codes);
  expect(app.timesOpened('mfa')).toBe(prompts);
});

test('only a command that asked for the credentials themselves holds any', async () => {
  const wait = ['sh', '-c', 'echo ready; exec sleep 600'];
  const renewable = startStsTray(rig, ['exec', 'default', '--', ...wait]);
  const fixed = startStsTray(rig, ['exec', 'default', '--static', '--', ...wait]);
  await Promise.all([renewable.printed('ready'), fixed.printed('ready')]);
  await app.openPanel();
  await app.window('panel');
  await app.tray.clickMenuItem(/^default · /, 'Renew…');
  await app.window('mfa');
  const secrets = rig.aws.secrets();
  expect(secrets.length).toBeGreaterThan(6);

  expect(processesWithSecretsInEnvironment(secrets).map(({ pid }) => pid)).toEqual([fixed.pid]);
  expect(leaksInArguments(secrets)).toEqual([]);
  expect(leaksInFolder(rig.dataFolder, secrets)).toEqual([]);
  for (const page of app.windows()) expect(await leaksInRenderer(page, secrets)).toEqual([]);
  for (const program of [renewable, fixed]) {
    program.interrupt();
    await program.ended;
  }
});
