import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'playwright/test';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { answerQuestion } from '../../testing/app/answer-question.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { endSessions, login } from '../../testing/app/sessions.ts';
import { runAtTerminal, runStsTray } from '../../testing/app/sts-tray.ts';
import { writeCliConfig, type TerraformEnv } from '../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { initialise } from '../../testing/terraform/initialised.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The account guard in front of the real Terraform: what it lets pass, what it stops, and when it asks.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws', 'script'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let env: TerraformEnv & Record<string, string>;

test.beforeAll(async () => {
  rig = await AppRig.start();
  env = { ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  app = await rig.startApp({ env });
  await login(rig, 'default');
  // The guard asks AWS about no account that the user never had to do with.
  for (const id of ['222222222222', '333333333333']) expect(await runStsTray(rig, ['account', id, '--colour', 'blue'])).toMatchObject({ exitCode: 0 });
});
test.afterAll(() => rig.close());

const check = (folder: string, ...args: string[]) => runStsTray(rig, ['check', 'default', folder, ...args], { env });
const terraform = (folder: string, ...args: string[]) => runStsTray(rig, ['exec', 'default', '--', 'terraform', ...args, '-no-color'], { cwd: folder, env });
/** What is broken into lines and coloured, as one line. */
const flat = (text: string): string => stripVTControlCharacters(text).replaceAll(/\s+/g, ' ');
const apply = ['apply', '-auto-approve', '-no-color'] as const;

async function folderOf(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(rig.home, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

/** The article's project, with the role of one account and a check that the account is B. */
async function article(name: string, account: 'b' | 'c' = 'b'): Promise<string> {
  const folder = await folderOf(name, {});
  await mkdir(folder);
  const { b } = rig.aws.accounts;
  writeMainTf(folder, { roleArn: rig.aws.accounts[account].deployRoleArn, expectedAccountId: b.accountId, bucketName: name });
  return folder;
}

async function expectNowhere(bucket: string): Promise<void> {
  for (const account of ['a', 'b', 'c'] as const) expect(await bucketsIn(rig.aws, account)).not.toContain(bucket);
}

const provider = (...lines: string[]) =>
  `provider "aws" {\n  region            = "us-east-1"\n  s3_use_path_style = true\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const role = (roleArn: string) => `assume_role {\n    role_arn = "${roleArn}"\n  }`;
const bucket = (name: string, more = '') => `resource "aws_s3_bucket" "this" {\n  bucket = "${name}"\n${more}}\n`;

test('the article’s project is a match, with what is known of its provider', async () => {
  const { exitCode, stdout } = await check(await article('match'));
  expect(stdout).toBe(
    '✓ match with profile default\n  ✓ aws: match\n    account  2222-2222-2222\n    role     deploy\n    region   us-east-1\n    file     main.tf:9\n',
  );
  expect(exitCode).toBe(0);
  const json = await check(join(rig.home, 'match'), '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'match', rows: [{ address: 'aws', account: { accountId: '222222222222' } }] });
});

test('with the wrong role an apply is stopped before anything is created', async () => {
  const folder = await article('wrong-role', 'c');
  await initialise(folder, env);
  const stopped = await runStsTray(rig, ['exec', 'default', '--', 'terraform', ...apply], { cwd: folder, env });
  expect(stopped.stderr).toContain('✗ STS Tray stopped terraform apply\n  ✗ aws: MISMATCH\n');
  expect(flat(stopped.stderr)).toContain('aws reaches account 333333333333, not 222222222222, which check.account asks for.');
  expect(stopped).toMatchObject({ exitCode: 3, stdout: '' });
  await expectNowhere('wrong-role');
  expect((await check(folder)).exitCode).toBe(3);
});

test('an alias without a role, which falls back to the account of the session, is stopped', async () => {
  const { b } = rig.aws.accounts;
  const folder = await folderOf('forgotten', {
    'main.tf': `${provider(role(b.deployRoleArn), `allowed_account_ids = ["${b.accountId}"]`)}${provider('alias = "logs"')}${bucket('forgotten', '  provider = aws.logs\n')}`,
  });
  const { exitCode, stderr } = await terraform(folder, ...apply);
  expect(flat(stderr)).toContain('aws.logs reaches account 111111111111, but the project only names 222222222222.');
  expect(exitCode).toBe(3);
  await expectNowhere('forgotten');
});

test('keys in a provider, and a profile of its own, are stopped as the session would not be used', async () => {
  const keys = await folderOf('keys', { 'main.tf': provider('access_key = "AKIAIOSFODNN7EXAMPLE"', 'secret_key = "not-shown"') });
  const refused = await check(keys);
  expect(flat(refused.stdout)).toContain('aws brings credentials of its own (access_key, secret_key)');
  expect(refused.stdout).not.toContain('not-shown');
  expect(refused.exitCode).toBe(3);
  const other = await check(await folderOf('profile', { 'main.tf': provider('profile = "other"') }));
  expect(flat(other.stdout)).toContain('aws asks for profile other');
  expect(other.exitCode).toBe(3);
});

test('modules are read with the providers that they are passed', async () => {
  const { b, c } = rig.aws.accounts;
  const site = `variable "account" {}
data "aws_caller_identity" "here" {}
resource "aws_s3_bucket" "site" {
  bucket = "site"
  lifecycle {
    precondition {
      condition     = data.aws_caller_identity.here.account_id == var.account
      error_message = "x"
    }
  }
}
`;
  const main = (account: string) => `${provider(role(b.deployRoleArn))}module "site" {\n  source  = "./site"\n  account = "${account}"\n}\n`;
  const folder = await folderOf('modules', { 'main.tf': main(b.accountId), 'site/main.tf': site });
  expect((await check(folder)).exitCode).toBe(0);
  await writeFile(join(folder, 'main.tf'), main(c.accountId));
  const { exitCode, stdout } = await check(folder);
  expect(flat(stdout)).toContain('aws reaches account 222222222222, not 333333333333, which module.site.aws_s3_bucket.site asks for.');
  expect(exitCode).toBe(3);
});

test('-chdir and variables lead to the project that Terraform would run', async () => {
  const { b } = rig.aws.accounts;
  const folder = await folderOf('chdir', {
    'infra/main.tf': `variable "account" {}\n${provider('assume_role {\n    role_arn = "arn:aws:iam::${var.account}:role/deploy"\n  }', `allowed_account_ids = ["${b.accountId}"]`)}`,
  });
  const run = (account: string) =>
    runStsTray(rig, ['exec', 'default', '--', 'terraform', '-chdir=infra', 'plan', '-no-color', '-var', `account=${account}`], { cwd: folder, env });
  expect((await run('333333333333')).exitCode).toBe(3);
  // The guard lets it pass, and Terraform says that the folder is not initialised.
  const { stderr } = await run(b.accountId);
  expect(stderr).toContain('terraform init');
  const left = await runStsTray(rig, ['exec', 'default', '--', 'terraform', '-chdir=infra', 'plan'], { cwd: folder, env });
  expect(left.stderr).toContain('● STS Tray  aws → not known (arn:aws:iam::${var.account}:role/deploy)  decided at run time\n');
  const args = ['exec', 'default', '--', 'terraform', '-chdir=infra', 'plan'];
  const unknown = await runStsTray(rig, args, { cwd: folder, env: { ...env, STS_TRAY_RELAY: 'off' } });
  expect(flat(unknown.stderr)).toContain('Can’t determine which account aws uses before Terraform runs: arn:aws:iam::${var.account}:role/deploy.');
  expect(unknown.exitCode).toBe(3);
});

test('a program that starts Terraform itself, as Terragrunt does, finds it guarded', async () => {
  const folder = await folderOf('wrapped', {});
  await mkdir(folder);
  await cp(join(rig.home, 'wrong-role'), join(folder, 'infra'), { recursive: true });
  const terragrunt = join(folder, 'terragrunt');
  await writeFile(terragrunt, '#!/bin/sh\nexec terraform -chdir=infra "$@" -no-color\n');
  await chmod(terragrunt, 0o755);
  const run = (...args: string[]) => runStsTray(rig, ['exec', 'default', ...args, '--', terragrunt, 'plan'], { cwd: folder, env });
  const stopped = await run();
  expect(stopped.stderr).toContain('MISMATCH');
  expect(stopped.exitCode).toBe(3);
  expect((await run('--no-guard')).exitCode).toBe(0);
});

test('a project that states nothing is warned, gets the lines to add, and is bound by the first run that is confirmed', async () => {
  const { b, c } = rig.aws.accounts;
  const main = (roleArn: string) => `${provider(role(roleArn))}${bucket('unstated')}`;
  const folder = await folderOf('unstated', { 'main.tf': main(b.deployRoleArn) });
  await initialise(folder, env);
  const shown = await check(folder);
  expect(flat(shown.stdout)).toContain('no expected account');
  expect(shown.stdout).toContain('    # main.tf:1, inside of provider "aws":\n      allowed_account_ids = ["222222222222"]\n');
  expect(shown.stdout).toContain('    check "account_aws" {\n');
  expect(flat(shown.stdout)).toContain('A failing check only warns, and the apply goes through; allowed_account_ids stops it.');
  expect(shown.exitCode).toBe(0);

  const exec = ['exec', 'default', '--', 'terraform', ...apply];
  const [declined] = await Promise.all([runAtTerminal(rig, exec, { cwd: folder, env, answer: 'yes' }), answerQuestion(app, 'Cancel')]);
  expect(flat(declined.output)).toContain('If 222222222222 is meant, confirm it in the window of STS Tray');
  expect(declined.exitCode).toBe(3);
  await expectNowhere('unstated');

  const [confirmed] = await Promise.all([runAtTerminal(rig, exec, { cwd: folder, env, answer: 'no' }), answerQuestion(app, 'Pin folder')]);
  expect(confirmed.output).toContain('Resources: 1 added');
  expect(await bucketsIn(rig.aws, 'b')).toContain('unstated');

  // From now on the folder is bound to account B, and nobody is asked.
  expect((await check(folder)).stdout).toContain('match');
  await writeFile(join(folder, 'main.tf'), main(c.deployRoleArn));
  const elsewhere = await terraform(folder, ...apply);
  expect(flat(elsewhere.stderr)).toContain('aws reaches account 333333333333, but the project only names 222222222222.');
  expect(elsewhere.exitCode).toBe(3);
  await writeFile(join(folder, 'main.tf'), main(b.deployRoleArn));
});

test('--account is what every provider has to reach, whatever the project says', async () => {
  const folder = join(rig.home, 'match');
  expect((await check(folder, '--account', '222222222222')).exitCode).toBe(0);
  const other = await check(folder, '--account', '111111111111');
  expect(flat(other.stdout)).toContain('aws reaches account 222222222222, not 111111111111, which --account asks for.');
  expect(other.exitCode).toBe(3);
});

test('a production account wants its ID typed for what changes it, or given as --account', async () => {
  await app.openPanel();
  const panel = await app.window('panel');
  await panel.evaluate(() => window.stsTray.setAccount({ accountId: '222222222222', color: null, production: true }));
  const folder = join(rig.home, 'unstated');
  const destroy = ['exec', 'default', '--', 'terraform', 'destroy', '-auto-approve', '-no-color'];
  // Terraform itself stops at once in a folder that is not initialised.
  const started = expect.stringContaining('terraform init');
  expect(await terraform(join(rig.home, 'match'), 'plan')).toMatchObject({ exitCode: 1, stderr: started });

  const nobody = await runStsTray(rig, destroy, { cwd: folder, env });
  expect(flat(nobody.stderr)).toContain('222222222222 is a production account, and there is no terminal to confirm it in; nothing was run.');
  expect(nobody.exitCode).toBe(3);
  const wrong = await runAtTerminal(rig, destroy, { cwd: folder, env, answer: '111111111111' });
  expect(flat(wrong.output)).toContain('That is not 222222222222; nothing was run.');
  expect(wrong.exitCode).toBe(3);
  expect(await bucketsIn(rig.aws, 'b')).toContain('unstated');

  const typed = await runAtTerminal(rig, destroy, { cwd: folder, env, answer: '222222222222' });
  expect(flat(typed.output)).toContain('2222-2222-2222 PRODUCTION (deploy)');
  expect(flat(typed.output)).toContain('Resources: 1 destroyed');
  const given = ['exec', 'default', '--account', '222222222222', '--', 'terraform', ...apply];
  expect(await runStsTray(rig, given, { cwd: join(rig.home, 'match'), env })).toMatchObject({ exitCode: 1, stderr: started });
  await panel.evaluate(() => window.stsTray.setAccount({ accountId: '222222222222', color: null, production: false }));
});

test('a saved plan is judged by the files and the values in it, whatever the folder holds by now', async () => {
  const folder = await folderOf('planned', {
    'main.tf': `variable "account" {}\n${provider('assume_role {\n    role_arn = "arn:aws:iam::${var.account}:role/deploy"\n  }')}${bucket('planned')}`,
  });
  await initialise(folder, env);
  const planned = await runStsTray(
    rig,
    ['exec', 'default', '--account', '333333333333', '--', 'terraform', 'plan', '-no-color', '-var=account=333333333333', '-out=saved.tfplan'],
    { cwd: folder, env },
  );
  expect(planned).toMatchObject({ exitCode: 0 });
  const stopped = await runStsTray(rig, ['exec', 'default', '--account', '222222222222', '--', 'terraform', 'apply', '-no-color', 'saved.tfplan'], {
    cwd: folder,
    env,
  });
  expect(flat(stopped.stderr)).toContain('aws reaches account 333333333333, not 222222222222');
  expect(stopped.exitCode).toBe(3);
  await writeFile(join(folder, 'main.tf'), `${provider(role(rig.aws.accounts.b.deployRoleArn))}${bucket('planned')}`);
  const changed = await runStsTray(rig, ['exec', 'default', '--account', '222222222222', '--', 'terraform', 'apply', '-no-color', 'saved.tfplan'], {
    cwd: folder,
    env,
  });
  expect(flat(changed.stderr)).toContain('aws reaches account 333333333333, not 222222222222');
  expect(changed.exitCode).toBe(3);
  await expectNowhere('planned');
});

test('what is wrong with a role is said in plain words', async () => {
  const { b, a } = rig.aws.accounts;
  const saysOf = async (...lines: string[]) => {
    const { stdout, exitCode } = await check(await folderOf('refused', { 'main.tf': provider(...lines) }));
    expect(exitCode).toBe(3);
    return flat(stdout);
  };
  expect(await saysOf(role(`arn:aws:iam::${a.accountId}:role/gone`))).toContain('The role arn:aws:iam::111111111111:role/gone does not exist.');
  expect(await saysOf(role(b.partnerRoleArn))).toContain(
    'AWS does not let arn:aws:iam::111111111111:user/alice assume arn:aws:iam::222222222222:role/partner.',
  );
  rig.aws.alice.deny('sts:AssumeRole');
  expect(await saysOf(role(b.deployRoleArn))).toContain('A policy explicitly denies');
  rig.aws.alice.deny();
});

test('broken HCL is told by its file and line', async () => {
  const folder = await folderOf('broken', { 'main.tf': provider(), 'network.tf': 'resource "aws_vpc" "main" {\n  cidr_block =\n}\n' });
  const { exitCode, stderr } = await check(folder);
  expect(flat(stderr)).toContain('network.tf, line 2, cannot be read as Terraform');
  expect(exitCode).toBe(1);
});

test('when the session is likely to end before the run, the prompt to renew it comes first', async () => {
  const folder = join(rig.home, 'unstated');
  await endSessions(rig);
  rig.aws.sessionLifetimeOverrideSeconds = 45;
  await login(rig, 'default');
  rig.aws.sessionLifetimeOverrideSeconds = null;
  const ran = runStsTray(rig, ['exec', 'default', '--', 'terraform', ...apply], { cwd: folder, env });
  const mfa = await app.window('mfa');
  await rig.submitCode(mfa);
  const { exitCode, stderr } = await ran;
  expect(stderr).toMatch(/Session default has 1 min left, but an apply here took up to 1 min; renewing first\./);
  expect(exitCode).toBe(0);
});
