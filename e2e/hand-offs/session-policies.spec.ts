import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { quotePosix } from '../../src-main/core/hand-offs/exports.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { ask, login } from '../../testing/app/sessions.ts';
import { launcher, runStsTray } from '../../testing/app/sts-tray.ts';
import { typeCommand, type Printed } from '../../testing/app/typed-command.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';
import { initialise } from '../../testing/terraform/initialised.ts';
import { writeCliConfig, type TerraformEnv } from '../../testing/terraform/cli-config.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// A session that session policies limit: Terraform can plan with it, AWS refuses what it may not do, and what has
// it gets nothing else from the app.

test.describe.configure({ mode: 'serial' });

const missing = [
  ...['terraform', 'aws', 'curl', 'xterm'].filter((program) => findProgram(program) === null),
  ...missingPrograms().map(({ program }) => program),
];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let project: string;
let env: TerraformEnv;

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { b, c } = rig.aws.accounts;
  const profile = (name: string, role: string, source: string) => `\n[profile ${name}]\nrole_arn = ${role}\nsource_profile = ${source}\nregion = us-east-1\n`;
  await rig.configureAws({ config: profile('deploy', b.deployRoleArn, 'default') + profile('audit', c.auditRoleArn, 'deploy') });
  env = writeCliConfig(rig.home);
  project = join(rig.home, 'limited');
  await mkdir(project);
  await writeFile(join(project, 'main.tf'), mainTf);
  await initialise(project, env);
  app = await rig.startApp();
  await login(rig, 'default');
  await inSession('deploy', [], 'aws s3api create-bucket --bucket existing');
});
test.afterAll(() => rig.close());

const mainTf = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region              = "us-east-1"
  s3_use_path_style   = true
  allowed_account_ids = ["222222222222"]
}

data "aws_s3_bucket" "existing" {
  bucket = "existing"
}

resource "aws_s3_bucket" "this" {
  bucket = "made-by-a-limited-session"
}

output "existing" {
  value = data.aws_s3_bucket.existing.arn
}
`;

const title = 'deploy - 222222222222 - auto-renewing - read-only';
const refused = /no session policy allows the s3:CreateBucket action|AccessDenied|Access Denied|StatusCode: 403/;
const stsTray = () => launcher(rig).map(quotePosix).join(' ');

/** Runs a shell's line in a command of `exec`. */
function inSession(profile: string, options: readonly string[], line: string) {
  return runStsTray(rig, ['exec', profile, ...options, '--', 'sh', '-c', line], { cwd: project, env });
}

async function type(command: string): Promise<Printed> {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quotePosix(value)}`);
  return (await typeCommand(rig, { window: title, folder: project, command: `env ${variables.join(' ')} ${command}` }))();
}

async function nothingWasMade(): Promise<void> {
  for (const account of ['a', 'b', 'c'] as const) expect(await bucketsIn(rig.aws, account)).not.toContain('made-by-a-limited-session');
}

test('the menu of a role profile’s card opens a terminal that can only read, from the keyboard too', async () => {
  await ask(rig, 'login', { profile: 'deploy' });
  await app.openPanel();
  const panel = await app.window('panel');
  const card = panel.getByRole('article', { name: 'deploy' });
  await card.getByRole('button', { name: 'More actions' }).press('Enter');
  const item = panel.getByRole('menuitem', { name: 'Open read-only terminal' });
  await expect(item).toBeVisible();
  for (let presses = 0; presses < 20 && !(await item.evaluate((element) => element === document.activeElement)); presses += 1)
    await panel.keyboard.press('ArrowDown');
  await panel.keyboard.press('Enter');
  await rig.desktop.waitForWindow(title);
  await expect(card.getByRole('list', { name: 'Limited sessions' })).toContainText('deploy: limited session (read-only) until');
});

test('in a read-only terminal terraform plan works', async () => {
  const { exitCode, output } = await type('terraform plan -no-color');
  expect(output).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
  expect(output).toContain('"arn:aws:s3:::existing"');
  expect(exitCode).toBe(0);
});

test('in a read-only terminal AWS refuses terraform apply, and the bucket is in no account', async () => {
  const { exitCode, output } = await type('terraform apply -auto-approve -no-color');
  expect(output).toMatch(refused);
  expect(output).not.toContain('Apply complete');
  expect(exitCode).not.toBe(0);
  await nothingWasMade();
});

test('exec with --policy does the same, and the same project is deployed by the whole session', async () => {
  const plan = await runStsTray(rig, ['exec', 'deploy', '--policy', 'read-only', '--', 'terraform', 'plan', '-no-color'], { cwd: project, env });
  expect(plan.stdout).toContain('Plan: 1 to add');
  expect(plan.exitCode).toBe(0);
  const apply = ['terraform', 'apply', '-auto-approve', '-no-color'];
  const limited = await runStsTray(rig, ['exec', 'deploy', '--policy', 'read-only', '--', ...apply], { cwd: project, env });
  expect(limited.stdout + limited.stderr).toMatch(refused);
  expect(limited.exitCode).toBe(1);
  await nothingWasMade();
  const whole = await runStsTray(rig, ['exec', 'deploy', '--', ...apply], { cwd: project, env });
  expect(whole.exitCode).toBe(0);
  expect(await bucketsIn(rig.aws, 'b')).toContain('made-by-a-limited-session');
  expect((await runStsTray(rig, ['exec', 'deploy', '--', 'terraform', 'destroy', '-auto-approve', '-no-color'], { cwd: project, env })).exitCode).toBe(0);
});

test('a state in S3 is read with a read-only session, and not locked: plan takes -lock=false', async () => {
  const folder = join(rig.home, 'with-state');
  await mkdir(folder);
  const backend = `backend "s3" {\n    bucket         = "existing"\n    key            = "state"\n    region         = "us-east-1"\n    use_path_style = true\n    use_lockfile   = true\n  }\n  required_providers`;
  await writeFile(join(folder, 'main.tf'), mainTf.replace('required_providers', backend));
  await initialise(folder, env);
  const terraform = (...words: string[]) =>
    runStsTray(rig, ['exec', 'deploy', '--policy', 'read-only', '--', 'terraform', ...words, '-no-color'], { cwd: folder, env });
  expect(await terraform('init')).toMatchObject({ exitCode: 0 });
  const locking = await terraform('plan');
  expect(locking.stdout + locking.stderr).toContain('Error acquiring the state lock');
  const plan = await terraform('plan', '-lock=false');
  expect(plan.stdout).toContain('Plan: 1 to add');
  expect(plan.exitCode).toBe(0);
});

test('what runs with a limited session gets no other one by the ways of the app', async () => {
  const own = await inSession('deploy', [], `${stsTray()} credential-process deploy`);
  const limited = (line: string) => inSession('deploy', ['--policy', 'read-only'], line);
  const keyIn = (text: string): string => /ASIA[A-Z0-9]{16}/.exec(text)?.[0] ?? text;
  const key = keyIn((await limited(`${stsTray()} credential-process deploy`)).stdout);
  expect(key).toMatch(/^ASIA/);
  expect(key).not.toBe(keyIn(own.stdout));
  const config = /--limit-id=\w+/.exec((await limited('cat "$AWS_CONFIG_FILE"')).stdout)?.[0] ?? '';
  expect(config).not.toBe('');
  const ways = [
    `${stsTray()} export deploy`,
    `eval "$(${stsTray()} export deploy)"; ${stsTray()} export deploy`,
    `${stsTray()} exec deploy -- ${stsTray()} export deploy`,
    `${stsTray()} exec deploy --static -- env`,
    `${stsTray()} exec deploy --no-guard -- ${stsTray()} credential-process deploy`,
    // The line of the configuration asks for no more where the mark has gone.
    `env -u STS_TRAY_LIMIT ${stsTray()} credential-process ${config} deploy`,
  ];
  // In one run, since each start of the command line takes a second.
  const { stdout: got } = await limited(ways.map((way) => `echo "--"; (${way})`).join('\n'));
  expect(got.split('--\n').slice(1).map(keyIn)).toEqual(ways.map(() => key));
  await writeFile(join(project, 'policy.json'), JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }));
  const others = [
    'export default',
    'export audit',
    'exec default -- env',
    'credential-process default',
    'exec deploy --policy policy.json -- env',
    'console deploy --url',
  ];
  const { stdout, stderr } = await limited(others.map((way) => `${stsTray()} ${way}; echo "exit $?"`).join('\n'));
  expect(stdout).toBe(others.map(() => 'exit 1\n').join(''));
  const sentences = stderr.split('\n').filter((line) => line.startsWith('sts-tray: This terminal or run has a '));
  expect(sentences, stderr).toHaveLength(others.length);
  expect(
    sentences.every((line) => line.includes('read-only')),
    stderr,
  ).toBe(true);
  expect((await limited(`AWS_PROFILE=default aws sts get-caller-identity`)).stderr).toContain('The config profile (default) could not be found');
  for (const unmarked of ['', 'env -u STS_TRAY_LIMIT ']) {
    expect((await limited(`${unmarked}aws s3api create-bucket --bucket made-by-a-limited-session`)).stderr).toMatch(refused);
  }
  await nothingWasMade();
});

test('a role that a read-only session would assume is refused by AWS', async () => {
  const line = `aws sts assume-role --role-arn ${rig.aws.accounts.c.auditRoleArn} --role-session-name alice --query AssumedRoleUser.Arn --output text`;
  // The relay would refuse both, since the project is for another account.
  expect((await inSession('deploy', ['--no-guard'], line)).stdout).toContain('assumed-role/audit/alice');
  expect((await inSession('deploy', ['--no-guard', '--policy', 'read-only'], line)).stderr).toContain('no session policy allows the sts:AssumeRole action');
});

test('a user’s session cannot be limited, and the sentence says what can', async () => {
  const { exitCode, stderr } = await runStsTray(rig, ['exec', 'default', '--policy', 'read-only', '--', 'env']);
  expect(stderr).toBe(
    'sts-tray: default is a session of a user, and STS lets a policy limit only sessions of roles. Use one of its role profiles: deploy, audit.\n',
  );
  expect(exitCode).toBe(1);
});

test('a read-only terminal stays one after the app was quit and started again', async () => {
  await app.quit('Quit');
  app = await rig.startApp();
  await login(rig, 'default');
  const answer = await type('aws s3api create-bucket --bucket made-by-a-limited-session');
  expect(answer.output).toMatch(refused);
  expect((await type('aws s3api list-buckets --query Buckets[].Name --output text')).output).toContain('existing');
  await nothingWasMade();
});

test('a session that a policy of the user’s own limits is told of in status and history', async () => {
  const file = join(rig.home, 'list-only.json');
  await writeFile(file, JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] }, null, 2));
  const listed = await inSession(
    'deploy',
    ['--policy', file],
    'aws s3api list-buckets --query Buckets[].Name --output text; aws s3api head-bucket --bucket existing',
  );
  expect(listed.stdout).toContain('existing');
  expect(listed.stderr).toMatch(/403|Forbidden/);
  expect((await runStsTray(rig, ['status'])).stdout).toMatch(/^deploy \(list-only\.json\) +222222222222 /m);
  expect((await runStsTray(rig, ['history', 'deploy'])).stdout).toMatch(/role deploy as alice, list-only\.json/);
  expect(leaksIn('the ledger', await readFile(join(rig.dataFolder, 'ledger.jsonl'), 'utf8'), rig.aws.secrets())).toEqual([]);
});
