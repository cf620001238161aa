import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'playwright/test';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { endSessions, login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';

// What a session did, according to a CloudTrail that speaks the service's own protocol.

test.describe.configure({ mode: 'serial' });

const missing = [...['aws'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

type Event = {
  readonly service: string;
  readonly name: string;
  readonly region: string;
  readonly error: string | null;
  readonly assumed: { readonly roleArn: string; readonly accessKeyId: string } | null;
  readonly consoleUrl: string;
};
type Activity = { readonly accessKeyId: string; readonly regions: readonly string[]; readonly events: readonly Event[]; readonly more: boolean };

let rig: AppRig;
let app: RunningApp;
let session: Record<string, string>;

test.beforeAll(async () => {
  rig = await AppRig.start();
  await rig.configureAws({
    config: `\n[profile deploy]\nrole_arn = ${rig.aws.accounts.b.deployRoleArn}\nsource_profile = default\nregion = eu-central-1\n`,
  });
  app = await rig.startApp({ args: [] });
  await login(rig, 'default');
  session = JSON.parse((await runStsTray(rig, ['export', 'default', '--shell', 'json'])).stdout) as Record<string, string>;
});
test.afterAll(() => rig.close());

const aws = (...args: readonly string[]) => runProgram('aws', args, { env: { ...rig.env, ...session } });

async function activity(profile: string, ...args: readonly string[]): Promise<Activity> {
  const { exitCode, stdout, stderr } = await runStsTray(rig, ['activity', profile, ...args, '--json']);
  expect(stderr).toContain('about 15 minutes');
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as Activity;
}

test('every call of a session is there with service, event, region and error, and leads to its page in the console', async () => {
  await aws('s3api', 'create-bucket', '--bucket', 'made-by-the-session');
  await aws('iam', 'get-role', '--role-name', 'no-such-role');
  const { deployRoleArn } = rig.aws.accounts.b;
  await aws('sts', 'assume-role', '--role-arn', deployRoleArn, '--role-session-name', 'by-hand');
  const found = await activity('default');
  expect(found.accessKeyId).toBe(session['AWS_ACCESS_KEY_ID']);
  const event = (name: string) => found.events.find((one) => one.name === name);
  expect(event('CreateBucket')).toMatchObject({ service: 's3', region: 'us-east-1', error: null });
  expect(event('GetRole')).toMatchObject({ service: 'iam' });
  expect(event('GetRole')?.error).not.toBeNull();
  expect(event('AssumeRole')?.assumed?.roleArn).toBe(deployRoleArn);
  expect(event('AssumeRole')?.assumed?.accessKeyId).toMatch(/^ASIA/);
  expect(event('CreateBucket')?.consoleUrl).toMatch(/^https:\/\/console\.aws\.amazon\.com\/cloudtrailv2\/home\?region=us-east-1#\/events\/[\da-f-]{36}$/);
  expect(leaksIn('the events', JSON.stringify(found), rig.aws.secrets())).toEqual([]);
});

test('more than a page of events is read to the end, and no event twice', async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken = '' } = session;
  const iam = new IAMClient({ region: 'us-east-1', endpoint: rig.aws.endpoint, credentials: { accessKeyId, secretAccessKey, sessionToken } });
  for (let call = 0; call < 60; call += 1) await iam.send(new ListAccountAliasesCommand({}));
  iam.destroy();
  const all = await activity('default', '--limit', '200');
  const urls = all.events.map(({ consoleUrl }) => consoleUrl);
  expect(urls.length).toBeGreaterThan(60);
  expect(new Set(urls).size).toBe(urls.length);
  expect(all.more).toBe(false);
  expect((await activity('default', '--limit', '5')).events).toHaveLength(5);
});

test('throttling by CloudTrail is waited for, and told when it does not end', async () => {
  rig.aws.faults.setOnce('cloudtrail:LookupEvents', { kind: 'throttled' });
  expect((await activity('default')).events.length).toBeGreaterThan(0);
  rig.aws.faults.set('cloudtrail:LookupEvents', { kind: 'throttled' });
  const { exitCode, stderr } = await runStsTray(rig, ['activity', 'default']);
  rig.aws.faults.clear();
  expect(stderr).toMatch(/^sts-tray: AWS is limiting|too many|throttl/i);
  expect(exitCode).toBe(1);
});

test('without the permission to look events up a sentence says which one is missing', async () => {
  rig.aws.alice.withhold('cloudtrail:LookupEvents');
  const { exitCode, stderr } = await runStsTray(rig, ['activity', 'default']);
  rig.aws.alice.withhold();
  expect(stderr).toContain('cloudtrail:LookupEvents');
  expect(exitCode).toBe(1);
});

test('a role session is asked for in its own account, in its own region and in that of IAM', async () => {
  const role = JSON.parse((await runStsTray(rig, ['export', 'deploy', '--shell', 'json'])).stdout) as Record<string, string>;
  await runProgram('aws', ['ec2', 'describe-vpcs', '--region', 'eu-central-1'], { env: { ...rig.env, ...role } });
  const found = await activity('deploy');
  expect(found.regions).toEqual(['eu-central-1', 'us-east-1']);
  expect(found.events.find(({ name }) => name === 'DescribeVpcs')).toMatchObject({ service: 'ec2', region: 'eu-central-1' });
});

test('what a session did that has ended is still there', async () => {
  await endSessions(rig);
  await login(rig, 'default');
  const found = await activity('default', '--access-key-id', session['AWS_ACCESS_KEY_ID'] ?? '', '--limit', '200');
  expect(found.events.map(({ name }) => name)).toContain('CreateBucket');
});

test('the panel shows what a session did, page after page, and changes alone on request', async () => {
  session = JSON.parse((await runStsTray(rig, ['export', 'default', '--shell', 'json'])).stdout) as Record<string, string>;
  await aws('s3api', 'create-bucket', '--bucket', 'another-one');
  await aws('s3api', 'list-buckets');
  const panel = await app.window('panel');
  await panel.getByRole('article', { name: 'default' }).getByRole('button', { name: 'More actions' }).click();
  await panel.getByRole('menuitem', { name: 'Activity…' }).click();
  const sheet = panel.getByRole('dialog', { name: 'Activity – default' });
  await expect(sheet).toContainText('CreateBucket');
  await expect(sheet).toContainText('ListBuckets');
  await expect(sheet).toContainText('after about 15 minutes');
  expect([...(await flawsOf(panel)), ...(await accessibilityFlaws(panel))]).toEqual([]);
  await sheet.getByRole('switch', { name: 'Only changes' }).click();
  await expect(sheet).not.toContainText('ListBuckets');
  await expect(sheet).toContainText('CreateBucket');
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toHaveCount(0);
});

test('from the history the panel shows what a session did that has ended', async () => {
  const before = session['AWS_ACCESS_KEY_ID'] ?? '';
  await runStsTray(rig, ['logout', 'default']);
  await login(rig, 'default');
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'History' }).click();
  const ended = panel.getByRole('dialog', { name: 'History' }).getByRole('listitem').filter({ hasText: before });
  await ended.getByRole('button', { name: 'Activity…' }).first().click();
  const sheet = panel.getByRole('dialog', { name: 'Activity – default' });
  await expect(sheet).toContainText(before);
  await expect(sheet).toContainText('CreateBucket');
  await sheet.getByRole('button', { name: 'Close' }).click();
});
