import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { answerQuestion } from '../../testing/app/answer-question.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { unlessClosed, type RunningApp } from '../../testing/app/running-app.ts';
import { endSessions } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { clientEnv } from '../../testing/aws/clients/client-env.ts';
import type { LocalUser } from '../../testing/aws/local-aws.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { writeCliConfig, type TerraformEnv } from '../../testing/terraform/cli-config.ts';
import { unframed } from '../../testing/terraform/unframed.ts';

// A project that names profiles, as teams share it: the same files, untouched, under the AWS CLI's own
// configuration and under the app. Each profile is a user with an MFA device, in an account of its own.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let env: TerraformEnv & Record<string, string>;
let users: Readonly<Record<'dev' | 'prod' | 'state', LocalUser>>;

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { alice, bob, carol } = rig.aws;
  users = { dev: alice, prod: bob, state: carol };
  const keys = Object.entries(users).map(
    ([name, { accessKeyId, secretAccessKey }]) => `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  const sections = Object.entries(users).map(([name, { mfaSerial }]) => `[profile ${name}]\nregion = us-east-1\nmfa_serial = ${mfaSerial}\n`);
  const foreign = `[profile foreign]\nregion = us-east-1\nsso_start_url = https://example.awsapps.com/start\ncredential_process = touch ${join(rig.home, 'foreign-was-run')}\n`;
  await writeFile(rig.awsFiles.credentials, keys.join('\n'), { mode: 0o600 });
  await writeFile(rig.awsFiles.config, [...sections, foreign].join('\n'), { mode: 0o600 });
  env = { ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  await asCarol('s3api', 'create-bucket', '--bucket', 'states');
  const hub = { version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'hub', outputs: { name: { value: 'from-hub', type: 'string' } }, resources: [] };
  await writeFile(join(rig.home, 'hub.json'), JSON.stringify(hub));
  await asCarol('s3api', 'put-object', '--bucket', 'states', '--key', 'hub', '--body', join(rig.home, 'hub.json'));
  app = await rig.startApp({ env });
});
test.afterAll(() => rig.close());

/** The AWS CLI as carol, past the app. */
async function asCarol(...args: string[]): Promise<void> {
  const ran = await runProgram('aws', [...args, '--output', 'json'], { env: clientEnv(rig.aws, rig.aws.carol) });
  expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
}

const states = (key: string) =>
  `bucket         = "states"\n    key            = "${key}"\n    region         = "us-east-1"\n    use_path_style = true\n    profile        = "state"`;
const provider = (...lines: string[]) =>
  `provider "aws" {\n  region            = "us-east-1"\n  s3_use_path_style = true\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const profile = (name: string) => `profile = "${name}"`;
const allowed = (accountId: string) => `allowed_account_ids = ["${accountId}"]`;

/** `prod` is the profile of the provider with that alias. */
const project = (key: string, prod = 'prod') => `terraform {
  backend "s3" {
    ${states(key)}
  }
}
data "terraform_remote_state" "hub" {
  backend = "s3"
  config = {
    ${states('hub')}
  }
}
${provider(profile('dev'), allowed('111111111111'))}
${provider('alias = "prod"', profile(prod), allowed('222222222222'))}
resource "aws_s3_bucket" "dev" {
  bucket = "${key}-dev-\${data.terraform_remote_state.hub.outputs.name}"
}
resource "aws_s3_bucket" "prod" {
  provider = aws.prod
  bucket   = "${key}-prod"
}
`;

async function folderOf(name: string, main: string): Promise<string> {
  const folder = join(rig.home, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'main.tf'), main);
  return folder;
}

const exec = (folder: string, ...args: string[]) => runStsTray(rig, ['exec', ...args], { cwd: folder, env });
const terraform = (folder: string, ...args: string[]) => exec(folder, 'dev', '--', 'terraform', ...args, '-no-color');

async function whereIs(bucketName: string): Promise<readonly string[]> {
  const accounts = ['a', 'b', 'c'] as const;
  const held = await Promise.all(accounts.map((account) => bucketsIn(rig.aws, account)));
  return accounts.filter((_, index) => held[index]?.includes(bucketName));
}

/** Types a code for the user whose profile the prompt names, and waits until it has closed. */
async function answerPrompt(name: keyof typeof users): Promise<void> {
  await expect.poll(() => app.openViews(), { timeout: 60_000 }).toContain('mfa');
  const mfa = await app.window('mfa');
  await expect(mfa.getByText(name, { exact: true }).first()).toBeVisible();
  await mfa
    .getByRole('textbox', { name: 'MFA code' })
    .fill(await users[name].nextTotpCode())
    .catch(unlessClosed(mfa));
  await expect.poll(() => rig.aws.calls.filter(({ action }) => action === 'GetSessionToken').length).toBe((answered += 1));
  if (!mfa.isClosed()) await mfa.waitForEvent('close').catch(() => undefined);
}
let answered = 0;

test('a project with a backend, providers and a remote state of three profiles deploys under the AWS CLI’s own configuration, and untouched under the app, which asks once for each user', async () => {
  const folder = await folderOf('shared', project('shared'));
  const own = async (...args: string[]) => runProgram('terraform', [...args, '-no-color'], { cwd: folder, env: { ...rig.env, ...env, AWS_PROFILE: 'dev' } });
  expect(await own('init')).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await own('apply', '-auto-approve')).stdout).toContain('Resources: 2 added');
  expect([await whereIs('shared-dev-from-hub'), await whereIs('shared-prod')]).toEqual([['a'], ['b']]);
  expect((await own('destroy', '-auto-approve')).stdout).toContain('2 destroyed');
  const longTerm = Object.values(users).map(({ accessKeyId }) => accessKeyId);
  const before = rig.aws.calls.length;

  const applying = terraform(folder, 'apply', '-auto-approve');
  for (const name of ['dev', 'prod', 'state'] as const) await answerPrompt(name);
  const applied = await applying;
  expect(applied.stdout).toContain('Resources: 2 added');
  expect(applied.exitCode).toBe(0);
  expect(applied.stderr).toBe('✓ STS Tray  aws      → example-dev 1111-1111-1111  as expected\n            aws.prod → prod 2222-2222-2222  as expected\n');
  expect([await whereIs('shared-dev-from-hub'), await whereIs('shared-prod')]).toEqual([['a'], ['b']]);
  const written = rig.aws.calls.slice(before).filter(({ action }) => action.startsWith('PUT '));
  expect(written.length).toBeGreaterThan(2);
  expect(written.filter(({ accessKeyId }) => longTerm.includes(accessKeyId ?? ''))).toEqual([]);
  expect((await terraform(folder, 'plan')).stdout).toContain('No changes.');
});

test('check shows the profile of each provider and the account that it reaches', async () => {
  const folder = await folderOf('shared', project('shared'));
  const { exitCode, stdout } = await runStsTray(rig, ['check', 'dev', folder], { env });
  expect(stdout).toContain('profile  prod');
  expect(stdout).toContain('2222-2222-2222');
  expect(exitCode).toBe(0);
});

test('a provider with the profile of another account than the one that is meant for it is stopped before it starts, by the name of its profile', async () => {
  const folder = await folderOf('wrong', project('wrong', 'state'));
  const { exitCode, stderr } = await terraform(folder, 'apply', '-auto-approve');
  expect(unframed(stderr)).toContain('state');
  expect(stderr).toContain('aws.prod: MISMATCH');
  expect(stderr).toContain('3333-3333-3333');
  expect(exitCode).toBe(3);
});

test('a profile that the app cannot serve stops the run with the reason, and no program of its own is run for it', async () => {
  const folder = await folderOf('foreign', project('foreign', 'foreign'));
  const { exitCode, stderr } = await terraform(folder, 'apply', '-auto-approve');
  expect(unframed(stderr)).toContain('asks for profile foreign, which STS Tray cannot serve');
  expect(exitCode).toBe(3);
  const missingProfile = await terraform(await folderOf('nowhere', project('nowhere', 'nowhere')), 'apply', '-auto-approve');
  expect(unframed(missingProfile.stderr)).toContain('asks for profile nowhere, which is in neither AWS file. For account 222222222222 there is prod.');
  expect(missingProfile.exitCode).toBe(3);
  const direct = await exec(rig.home, 'dev', '--no-guard', '--', 'aws', '--profile', 'foreign', 'sts', 'get-caller-identity');
  expect(direct.stderr).toContain('foreign');
  expect(direct.exitCode).not.toBe(0);
  expect(existsSync(join(rig.home, 'foreign-was-run'))).toBe(false);
});

const identity = (name: string) => ['aws', '--profile', name, 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'];

test('with --only a run has the chosen profile, and no other', async () => {
  expect(await exec(rig.home, 'dev', '--only', '--', ...identity('dev'))).toMatchObject({ exitCode: 0, stdout: '111111111111\n' });
  const other = await exec(rig.home, 'dev', '--only', '--', ...identity('prod'));
  expect(other.stderr).toContain('prod');
  expect(other.exitCode).not.toBe(0);
  const folder = await folderOf('shared', project('shared'));
  const { exitCode, stderr } = await exec(folder, 'dev', '--only', '--', 'terraform', 'plan');
  expect(unframed(stderr)).toContain('aws.prod asks for profile prod, so the session of dev would not be used');
  expect(exitCode).toBe(3);
});

test('a program gets the session of another profile only for an account that is meant for its run, or that a person allows', async () => {
  const meant = await exec(rig.home, 'dev', '--account', '111111111111', '--', ...identity('prod'));
  expect(meant.stdout).toBe('');
  expect(meant.stderr).toContain('profile prod');
  expect(meant.exitCode).not.toBe(0);
  expect(await exec(rig.home, 'dev', '--account', '111111111111,222222222222', '--', ...identity('prod'))).toMatchObject({
    exitCode: 0,
    stdout: '222222222222\n',
  });
  const asked = exec(await folderOf('asked', ''), 'dev', '--', ...identity('prod'));
  await answerQuestion(app, 'Refuse');
  expect((await asked).exitCode).not.toBe(0);
  const again = exec(await folderOf('asked', ''), 'dev', '--', ...identity('prod'));
  await answerQuestion(app, 'Allow for this run');
  expect(await again).toMatchObject({ exitCode: 0, stdout: '222222222222\n' });
});

test('a provider whose profile only the run decides on gets no session of an account that is not meant, and creates nothing there', async () => {
  const main = `data "terraform_remote_state" "hub" {
  backend = "s3"
  config = {
    ${states('profiles')}
  }
}
${provider('profile = data.terraform_remote_state.hub.outputs.name', 'skip_credentials_validation = true', 'skip_requesting_account_id = true')}
resource "aws_s3_bucket" "late" {
  bucket = "late"
}
`;
  const hub = { version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'profiles', outputs: { name: { value: 'prod', type: 'string' } }, resources: [] };
  await writeFile(join(rig.home, 'profiles.json'), JSON.stringify(hub));
  await asCarol('s3api', 'put-object', '--bucket', 'states', '--key', 'profiles', '--body', join(rig.home, 'profiles.json'));
  const folder = await folderOf('late', main);
  expect(await exec(folder, 'dev', '--', 'terraform', 'init', '-no-color')).toMatchObject({ exitCode: 0 });
  // Past the reading of files: a script that finds the real Terraform by its path.
  const real = findProgram('terraform') ?? '';
  const apply = (accounts: string) => exec(folder, 'dev', '--account', accounts, '--', 'sh', '-c', `"${real}" apply -auto-approve -no-color`);
  const refused = await apply('111111111111,333333333333');
  expect(refused.stdout).toContain('data.terraform_remote_state.hub: Read complete');
  expect(refused.exitCode).not.toBe(0);
  expect(await whereIs('late')).toEqual([]);
  expect(await apply('111111111111,222222222222,333333333333')).toMatchObject({ exitCode: 0 });
  expect(await whereIs('late')).toEqual(['b']);
});

test('a profile whose header Terraform’s SDK takes for a comment gives its session to no other: the one above it in the files reaches its own account', async () => {
  const before = await readFile(rig.awsFiles.credentials, 'utf8');
  const { accessKeyId, secretAccessKey } = users.prod;
  const [dev = '', ...others] = before.split('\n\n');
  const odd = `[prod#old]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;
  await writeFile(rig.awsFiles.credentials, [dev, odd, ...others].join('\n\n'));
  const folder = await folderOf('odd', `${provider(profile('dev'))}\nresource "aws_s3_bucket" "odd" {\n  bucket = "odd"\n}\n`);
  expect(await exec(folder, 'dev', '--', 'terraform', 'init', '-no-color')).toMatchObject({ exitCode: 0 });
  const applied = await exec(folder, 'dev', '--account', '111111111111,222222222222', '--', 'terraform', 'apply', '-auto-approve', '-no-color');
  await writeFile(rig.awsFiles.credentials, before);
  expect(await whereIs('odd')).toEqual(['a']);
  expect(applied.exitCode).toBe(0);
});

test('a run whose second user gives no code does not start', async () => {
  await endSessions(rig);
  const folder = await folderOf('shared', project('shared'));
  const planning = terraform(folder, 'plan');
  await answerPrompt('dev');
  await expect.poll(() => app.openViews(), { timeout: 60_000 }).toContain('mfa');
  const mfa = await app.window('mfa');
  await expect(mfa.getByText('prod', { exact: true }).first()).toBeVisible();
  await mfa.keyboard.press('Escape').catch(unlessClosed(mfa));
  const { exitCode, stdout } = await planning;
  expect(exitCode).toBe(4);
  expect(stdout).toBe('');
});
