import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { answerQuestion } from '../../testing/app/answer-question.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { clientEnv } from '../../testing/aws/clients/client-env.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { writeCliConfig, type TerraformEnv } from '../../testing/terraform/cli-config.ts';
import { initialise } from '../../testing/terraform/initialised.ts';
import { unframed } from '../../testing/terraform/unframed.ts';

// The account relay behind the real Terraform and the AWS CLI: what no reading could know, and the question in its window.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws', 'make'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let env: TerraformEnv & Record<string, string>;

test.beforeAll(async () => {
  rig = await AppRig.start();
  env = { ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  app = await rig.startApp({ env });
  await login(rig, 'default');
});
test.afterAll(() => rig.close());

const exec = (folder: string, ...args: string[]) => runStsTray(rig, ['exec', 'default', ...args], { cwd: folder, env });
const terraform = (folder: string, ...args: string[]) => exec(folder, '--', 'terraform', ...args, '-no-color');

async function folderOf(name: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = join(rig.home, name);
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

async function initialised(name: string, main: string): Promise<string> {
  const folder = await folderOf(name, { 'main.tf': main });
  await initialise(folder, env);
  return folder;
}

async function whereIs(bucketName: string): Promise<readonly string[]> {
  const accounts = ['a', 'b', 'c'] as const;
  const held = await Promise.all(accounts.map((account) => bucketsIn(rig.aws, account)));
  return accounts.filter((_, index) => held[index]?.includes(bucketName));
}

/** The AWS CLI as alice, past the app. */
async function asAlice(...args: string[]): Promise<void> {
  const ran = await runProgram('aws', [...args, '--output', 'json'], { env: clientEnv(rig.aws, rig.aws.alice) });
  expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
}

const provider = (...lines: string[]) =>
  `provider "aws" {\n  region            = "us-east-1"\n  s3_use_path_style = true\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const assumes = (roleArn: string) => `assume_role {\n    role_arn = ${roleArn}\n  }`;
const bucket = (name: string) => `resource "aws_s3_bucket" "this" {\n  bucket = "${name}"\n}\n`;
/** The article's check, which only warns. */
const checks = (accountId: string) => `data "aws_caller_identity" "current" {}
check "account" {
  assert {
    condition     = data.aws_caller_identity.current.account_id == "${accountId}"
    error_message = "Not account ${accountId}."
  }
}
`;

/** Keeps a role's ARN as an SSM parameter, and another's as a secret. */
async function storeRoles({ parameter, secret }: { readonly parameter: string; readonly secret: string }): Promise<void> {
  await asAlice('ssm', 'put-parameter', '--name', '/deploy/role', '--type', 'String', '--overwrite', '--value', parameter);
  const created = await runProgram('aws', ['secretsmanager', 'create-secret', '--name', 'deploy-role', '--secret-string', secret], {
    env: clientEnv(rig.aws, rig.aws.alice),
  });
  if (created.exitCode !== 0) await asAlice('secretsmanager', 'put-secret-value', '--secret-id', 'deploy-role', '--secret-string', secret);
}

test('roles that come from an SSM parameter and from a secret are assumed in the account that is meant, and refused in another, where nothing is created', async () => {
  const { a, b, c } = rig.aws.accounts;
  const main = `${provider('alias = "hub"', `allowed_account_ids = ["${a.accountId}"]`)}
data "aws_ssm_parameter" "role" {
  provider = aws.hub
  name     = "/deploy/role"
}
data "aws_secretsmanager_secret_version" "role" {
  provider  = aws.hub
  secret_id = "deploy-role"
}
${provider(assumes('data.aws_ssm_parameter.role.value'))}${checks(b.accountId)}${bucket('from-parameter')}
${provider('alias = "secret"', assumes('data.aws_secretsmanager_secret_version.role.secret_string'), `allowed_account_ids = ["${b.accountId}"]`)}
resource "aws_s3_bucket" "secret" {
  provider = aws.secret
  bucket   = "from-secret"
}
`;
  const folder = await initialised('from-data', main);
  await storeRoles({ parameter: c.deployRoleArn, secret: c.auditRoleArn });
  const refused = await terraform(folder, 'apply', '-auto-approve');
  for (const roleArn of [c.deployRoleArn, c.auditRoleArn]) {
    expect(unframed(refused.stderr)).toContain(`This run asks for the role ${roleArn} in account 333333333333, but it is meant for`);
  }
  expect(refused.exitCode).toBe(1);
  expect([await whereIs('from-parameter'), await whereIs('from-secret')]).toEqual([[], []]);

  await storeRoles({ parameter: b.deployRoleArn, secret: b.deployRoleArn });
  const applied = await terraform(folder, 'apply', '-auto-approve');
  expect(applied.stdout).toContain('Resources: 2 added');
  expect(applied.exitCode).toBe(0);
  expect([await whereIs('from-parameter'), await whereIs('from-secret')]).toEqual([['b'], ['b']]);
});

test('the Terraform that make starts is stopped at the wrong role, and deploys with the right one', async () => {
  const { b, c } = rig.aws.accounts;
  const main = (roleArn: string) => `${provider(assumes(`"${roleArn}"`))}${checks(b.accountId)}${bucket('made')}`;
  const folder = await initialised('made', main(c.deployRoleArn));
  await writeFile(join(folder, 'Makefile'), 'apply:\n\tterraform apply -auto-approve -no-color\n');
  const stopped = await exec(folder, '--', 'make', 'apply');
  expect(stopped.exitCode).not.toBe(0);
  expect(stopped.stderr).toContain('333333333333');
  expect(await whereIs('made')).toEqual([]);
  await writeFile(join(folder, 'main.tf'), main(b.deployRoleArn));
  const made = await exec(folder, '--', 'make', 'apply');
  expect(made.stdout).toContain('Resources: 1 added');
  expect(made.exitCode).toBe(0);
  expect(await whereIs('made')).toEqual(['b']);
});

test('the Terraform that a script starts with a role that it assumed itself is not started, and is told to take the role in its provider', async () => {
  const { b } = rig.aws.accounts;
  const folder = await initialised('own-role', `${provider()}${checks(b.accountId)}${bucket('own-role')}`);
  const query = 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]';
  const assumed = `aws sts assume-role --role-arn ${b.deployRoleArn} --role-session-name script --query '${query}' --output text`;
  const script = `set -e; set -- $(${assumed}); export AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=$2 AWS_SESSION_TOKEN=$3; unset AWS_PROFILE; terraform apply -auto-approve`;
  const { exitCode, stderr } = await exec(folder, '--', 'sh', '-c', script);
  expect(stderr).toContain('This command was to run with the session of default, and has other credentials by now');
  expect(stderr).toContain('name that role in the provider’s assume_role');
  expect([exitCode, await whereIs('own-role')]).toEqual([3, []]);
});

test('a state that is kept in another account by the backend’s own role is reached, while the provider keeps to its account', async () => {
  const { b, c } = rig.aws.accounts;
  const cEnv = clientEnv(rig.aws, rig.aws.alice);
  const assumed = await runProgram('aws', ['sts', 'assume-role', '--role-arn', c.deployRoleArn, '--role-session-name', 'state', '--output', 'json'], {
    env: cEnv,
  });
  const { AccessKeyId, SecretAccessKey, SessionToken } = (JSON.parse(assumed.stdout) as { Credentials: Record<string, string> }).Credentials;
  const made = await runProgram('aws', ['s3api', 'create-bucket', '--bucket', 'states'], {
    env: { ...cEnv, AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, AWS_SESSION_TOKEN: SessionToken },
  });
  expect(made.exitCode).toBe(0);
  const backend = `terraform {\n  backend "s3" {\n    bucket         = "states"\n    key            = "one"\n    region         = "us-east-1"\n    use_path_style = true\n    ${assumes(`"${c.deployRoleArn}"`).replace('assume_role {', 'assume_role = {')}\n  }\n}\n`;
  const folder = await folderOf('with-state', {
    'main.tf': `${backend}${provider(assumes(`"${b.deployRoleArn}"`))}${checks(b.accountId)}${bucket('with-state')}`,
  });
  expect(await terraform(folder, 'init')).toMatchObject({ exitCode: 0 });
  const applied = await terraform(folder, 'apply', '-auto-approve');
  expect(applied.stdout).toContain('Resources: 1 added');
  expect(await whereIs('with-state')).toEqual(['b']);
});

test.describe('where nothing says which account is meant', () => {
  const assume = (roleArn: string) => [
    'sh',
    '-c',
    `aws sts assume-role --role-arn ${roleArn} --role-session-name alice --query AssumedRoleUser.Arn --output text`,
  ];

  test('the person is asked while the call waits, and allows the account for this run', async () => {
    const { b } = rig.aws.accounts;
    const folder = await folderOf('asked');
    const ran = exec(folder, '--', ...assume(b.deployRoleArn));
    const question = await app.window('question');
    await expect(question.getByText('222222222222').or(question.getByText('2222 2222 2222')).first()).toBeVisible();
    await answerQuestion(app, 'Allow for this run');
    expect(await ran).toEqual({ exitCode: 0, stdout: expect.stringContaining('arn:aws:sts::222222222222:assumed-role/deploy/alice'), stderr: '' });
  });

  test('a person who refuses is obeyed, and the program hears why', async () => {
    const { b } = rig.aws.accounts;
    const ran = exec(await folderOf('asked'), '--', ...assume(b.deployRoleArn));
    await answerQuestion(app, 'Refuse');
    const { exitCode, stderr } = await ran;
    expect(stderr).toContain('Account 222222222222 was refused for this run, in STS Tray’s window.');
    expect(exitCode).not.toBe(0);
  });

  test('a folder that is said to be for the account is asked about no more, and about another account it is', async () => {
    const { b, c } = rig.aws.accounts;
    const folder = await folderOf('pinned');
    const ran = exec(folder, '--', ...assume(b.deployRoleArn));
    await answerQuestion(app, 'Pin this folder to it');
    expect(await ran).toMatchObject({ exitCode: 0 });
    const opened = app.timesOpened('question');
    expect(await exec(folder, '--', ...assume(b.deployRoleArn))).toMatchObject({ exitCode: 0 });
    expect(app.timesOpened('question')).toBe(opened);
    const elsewhere = exec(folder, '--', ...assume(c.deployRoleArn));
    await answerQuestion(app, 'Refuse');
    expect((await elsewhere).exitCode).not.toBe(0);
  });

  test('a production account is allowed only with its name typed', async () => {
    await app.openPanel();
    const panel = await app.window('panel');
    await panel.evaluate(() => window.stsTray.setAccount({ accountId: '222222222222', color: null, production: true }));
    const ran = exec(await folderOf('asked'), '--', ...assume(rig.aws.accounts.b.deployRoleArn));
    const question = await app.window('question');
    await expect(question.getByRole('button', { name: 'Allow for this run' })).toBeDisabled();
    await answerQuestion(app, 'Allow for this run', { typed: '222222222222' });
    expect(await ran).toMatchObject({ exitCode: 0 });
    await panel.evaluate(() => window.stsTray.setAccount({ accountId: '222222222222', color: null, production: false }));
  });
});

test('what a run reached and was kept from stands in its history', async () => {
  const { stdout } = await runStsTray(rig, ['history']);
  expect(stdout).toContain('222222222222');
  expect(stdout).toContain('333333333333');
});

test('a run whose app has gone gets no credentials any more', async () => {
  const folder = await folderOf('gone');
  const script = `echo ready; touch started; while [ ! -e go ]; do sleep 0.1; done; aws sts assume-role --role-arn ${rig.aws.accounts.b.deployRoleArn} --role-session-name alice`;
  const ran = exec(folder, '--account', '222222222222', '--static', '--', 'sh', '-c', script);
  // Not before: an exec that finds no app starts one, and waits for a code.
  await expect.poll(() => existsSync(join(folder, 'started'))).toBe(true);
  const calls = rig.aws.calls.length;
  await app.close();
  await writeFile(join(folder, 'go'), '');
  const { exitCode, stdout } = await ran;
  expect(exitCode).not.toBe(0);
  expect(stdout).toBe('ready\n');
  expect(rig.aws.calls.slice(calls).filter(({ action }) => action === 'AssumeRole')).toEqual([]);
});
