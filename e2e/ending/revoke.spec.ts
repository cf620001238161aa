import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram, type Ran } from '../../testing/processes/run-program.ts';
import { runConfirmed } from '../../testing/app/answer-question.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { typeCommand, type Printed } from '../../testing/app/typed-command.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';

// Every session that was issued so far is denied. The real Terraform shows it in terminals where it worked
// before, and the AWS CLI reads back the policy that was written.

test.describe.configure({ mode: 'serial' });

const missing = [
  ...['terraform', 'aws', 'xterm', 'script'].filter((program) => findProgram(program) === null),
  ...missingPrograms().map(({ program }) => program),
];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let folder: string;

const policyName = 'STSTrayRevokeOlderSessions';
const ownPolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:DeleteUser', Resource: '*' }] };
const fixed = /^default - 111111111111 - until \d\d:\d\d$/;
const renewable = 'default - 111111111111 - auto-renewing';

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { accountId, deployRoleArn } = rig.aws.accounts.b;
  await rig.configureAws({ config: `\n[profile deploy]\nrole_arn = ${deployRoleArn}\nsource_profile = default\nregion = us-east-1\n` });
  folder = join(rig.home, 'network');
  await mkdir(folder);
  writeMainTf(folder, { roleArn: deployRoleArn, expectedAccountId: accountId, bucketName: 'network' });
  await awsCli('iam', 'put-user-policy', '--user-name', 'alice', '--policy-name', 'mine', '--policy-document', JSON.stringify(ownPolicy));
  app = await rig.startApp({ env: writeCliConfig(rig.home), args: [] });
});
test.afterAll(() => rig.close());

/** Runs with alice's access key, which no revocation denies. */
async function awsCli(...args: readonly string[]): Promise<Ran> {
  const ran = await runProgram('aws', [...args, '--output', 'json'], { env: { ...rig.env, AWS_PROFILE: 'default' } });
  expect(ran).toMatchObject({ stderr: '', exitCode: 0 });
  return ran;
}

const policyNames = async () =>
  (JSON.parse((await awsCli('iam', 'list-user-policies', '--user-name', 'alice')).stdout) as { PolicyNames: string[] }).PolicyNames;
const userPolicy = async (name: string) =>
  (JSON.parse((await awsCli('iam', 'get-user-policy', '--user-name', 'alice', '--policy-name', name)).stdout) as { PolicyDocument: unknown }).PolicyDocument;

async function type(window: string | RegExp, command: string): Promise<Printed> {
  return (await typeCommand(rig, { window, folder, command }))();
}

async function openTerminal(item: string): Promise<void> {
  const panel = await app.window('panel');
  await panel.getByRole('article', { name: 'default' }).getByRole('button', { name: 'More actions' }).click();
  await panel.getByRole('menuitem', { name: item }).click();
}

test('a terminal plans with the session that is to be revoked, and another one opens beside it', async () => {
  await login(rig, 'default');
  await openTerminal('Open terminal with fixed keys');
  expect(await type(fixed, 'terraform init -no-color')).toMatchObject({ exitCode: 0 });
  expect((await type(fixed, 'terraform plan -no-color')).output).toContain('Plan: 1 to add');
  await (await app.window('panel')).getByRole('article', { name: 'default' }).getByRole('button', { name: 'Open terminal' }).click();
  await rig.desktop.waitForWindow(renewable);
});

test('a dry run of a revocation prints the policy alone, and writes nothing', async () => {
  const { exitCode, stdout, stderr } = await runStsTray(rig, ['revoke', 'default', '--dry-run']);
  const [statement] = (JSON.parse(stdout) as { Statement: { Condition: { DateLessThan: Record<string, string> } }[] }).Statement;
  expect(Math.abs(Date.parse(statement?.Condition.DateLessThan['aws:TokenIssueTime'] ?? '') - Date.now())).toBeLessThan(10_000);
  expect(stderr).toContain('https://console.aws.amazon.com/iam/home#/users/details/alice?section=permissions');
  expect(exitCode).toBe(0);
  expect(await policyNames()).toEqual(['mine']);
});

test('a revocation is confirmed in the app’s window, and refused there it changes nothing', async () => {
  const { exitCode, stdout, stderr } = await runConfirmed(rig, app, ['revoke', 'default'], 'Cancel');
  expect(stderr).toContain('It ends the sessions that STS Tray holds: default.');
  expect(stderr).toContain('Nothing was done: it was refused in the window of STS Tray.');
  expect([exitCode, stdout]).toEqual([4, '']);
  expect(await policyNames()).toEqual(['mine']);
});

test('without the permission to revoke the policy and the page of the console are there to hand on', async () => {
  rig.aws.alice.withhold('iam:PutUserPolicy');
  const { exitCode, stdout, stderr } = await runConfirmed(rig, app, ['revoke', 'default'], 'Revoke sessions');
  rig.aws.alice.withhold();
  expect(JSON.parse(stdout)).toMatchObject({ Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'] }] });
  expect(stderr).toContain('iam:PutUserPolicy');
  expect(stderr).toContain('https://console.aws.amazon.com/iam/home#/users/details/alice?section=permissions');
  expect(exitCode).toBe(1);
  expect((await runStsTray(rig, ['status', '--json'])).stdout).toContain('"profile": "default"');
});

test('in the panel a preview shows the policy that revokes, and a click writes it', async () => {
  const panel = await app.window('panel');
  await openTerminal('Revoke sessions…');
  const sheet = panel.getByRole('dialog', { name: 'Revoke sessions of default' });
  await expect(sheet).toContainText('aws:TokenIssueTime');
  await expect(sheet).toContainText('alice');
  expect([...(await flawsOf(panel)), ...(await accessibilityFlaws(panel))]).toEqual([]);
  await sheet.getByRole('button', { name: 'Revoke sessions' }).click();
  await expect(sheet.getByRole('button', { name: 'Start a new session' })).toBeVisible();
  expect((await runStsTray(rig, ['status', '--json'])).stdout).toBe('[]\n');
});

test('the AWS CLI reads back exactly the documented policy, and the others are untouched', async () => {
  expect(new Set(await policyNames())).toEqual(new Set(['mine', policyName]));
  expect(await userPolicy('mine')).toEqual(ownPolicy);
  const written = (await userPolicy(policyName)) as { Statement: { Condition: { DateLessThan: Record<string, string> } }[] };
  const time = written.Statement[0]?.Condition.DateLessThan['aws:TokenIssueTime'];
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(written).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': time } } }],
  });
});

test('terraform plan fails with AccessDenied in the terminal that has the revoked credentials', async () => {
  // Without the guard, whose app no longer has a session: this test is about AWS's refusal.
  const plan = await type(fixed, 'STS_TRAY_GUARD= terraform plan -no-color');
  expect(plan.output).toContain('AccessDenied');
  expect(plan.exitCode).toBe(1);
});

test('a new session works at once after a revocation, and heals the terminal that asks the app', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('dialog').getByRole('button', { name: 'Start a new session' }).click();
  await rig.submitCode(await app.window('mfa'));
  const plan = await type(renewable, 'terraform plan -no-color');
  expect(plan.output).toContain('Plan: 1 to add');
  expect(plan.exitCode).toBe(0);
});

test('the ledger has how the sessions ended, and what was revoked', async () => {
  const { stdout } = await runStsTray(rig, ['history', 'default', '--json']);
  const records = JSON.parse(stdout) as { record: string; ended?: { how: string } | null; arn: string }[];
  const kept = records.filter(({ record }) => record !== 'reached');
  expect(kept.map(({ record, ended }) => [record, ended?.how ?? null])).toEqual([
    ['session', null],
    ['revoked', null],
    ['session', 'revoked'],
  ]);
  expect(leaksIn('the history', stdout, rig.aws.secrets())).toEqual([]);
});

test('the policy that revokes is taken off by the command line, and the others stay', async () => {
  expect(await runConfirmed(rig, app, ['revoke', 'default', '--remove'], 'Cancel')).toMatchObject({ exitCode: 4, stdout: '' });
  const { exitCode, stdout } = await runConfirmed(rig, app, ['revoke', 'default', '--remove'], 'Remove revocation');
  expect(stdout).toBe('Removed the policy from arn:aws:iam::111111111111:user/alice.\n');
  expect(exitCode).toBe(0);
  expect(await policyNames()).toEqual(['mine']);
  expect((await runStsTray(rig, ['revoke', 'default', '--remove'])).stderr).toContain('no policy that it wrote for default');
});

test('once no session from before can live, the panel offers to take the policy off', async () => {
  await runConfirmed(rig, app, ['revoke', 'default'], 'Revoke sessions');
  await app.quit('Quit');
  const file = join(rig.dataFolder, 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8')) as { revocations: Record<string, { neededUntil: number }> };
  for (const revocation of Object.values(settings.revocations)) revocation.neededUntil = Date.now() + 3000;
  await writeFile(file, JSON.stringify(settings));
  app = await rig.startApp({ args: [] });
  await login(rig, 'default');
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(panel.getByRole('status')).toContainText(`Removed policy ${policyName} from arn:aws:iam::111111111111:user/alice.`);
  await expect(panel.getByRole('button', { name: 'Remove', exact: true })).toHaveCount(0);
  expect(await policyNames()).toEqual(['mine']);
});

test('a revocation for a role profile denies the role’s sessions, and those of its user live on', async () => {
  const exports = await runStsTray(rig, ['export', 'deploy', '--shell', 'json']);
  const role = JSON.parse(exports.stdout) as Record<string, string>;
  const identity = (env: Record<string, string>) => runProgram('aws', ['s3api', 'list-buckets'], { env: { ...rig.env, ...env } });
  expect(await identity(role)).toMatchObject({ exitCode: 0 });
  const revoked = await runConfirmed(rig, app, ['revoke', 'deploy'], 'Revoke sessions');
  expect(revoked.stdout).toContain(`Every session issued to ${rig.aws.accounts.b.deployRoleArn} until now is blocked`);
  expect((await identity(role)).stderr).toContain('AccessDenied');
  expect((await runStsTray(rig, ['status', '--json'])).stdout).toContain('"profile": "default"');
  const again = JSON.parse((await runStsTray(rig, ['export', 'deploy', '--shell', 'json'])).stdout) as Record<string, string>;
  expect(await identity(again)).toMatchObject({ exitCode: 0 });
});
