import { appendFile, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { answerQuestion } from '../../testing/app/answer-question.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { leaksInArguments, leaksInFolder } from '../../testing/app/canaries.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { startBaseSession, type ClientSession } from '../../testing/aws/clients/sdk-session.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { isRunning } from '../../testing/processes/is-running.ts';
import { printed, printing } from '../../testing/rigs/foreign-rig.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';
import { writeCliConfig, type TerraformEnv } from '../../testing/terraform/cli-config.ts';

// A profile whose credentials another tool gives, as Okta and SAML tools do: the same files under the AWS CLI and
// under the app, with the real Terraform.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let env: TerraformEnv & Record<string, string>;
let session: ClientSession;
let tool: string;

const runs = async (): Promise<number> => (await readFile(`${tool}.runs`, 'utf8')).split('\n').length - 1;

test.beforeAll(async () => {
  rig = await AppRig.start();
  session = await startBaseSession(rig.aws);
  tool = join(rig.home, 'corp-sso');
  await writeFile(tool, ['#!/bin/sh', ...printing(printed(session)), ''].join('\n'));
  await chmod(tool, 0o755);
  const { b } = rig.aws.accounts;
  const entries = [
    `[profile corp]\nregion = us-east-1\ncredential_process = ${tool} --account dev\n`,
    `[profile deploy]\nregion = us-east-1\nrole_arn = ${b.deployRoleArn}\nsource_profile = corp\n`,
  ];
  await writeFile(rig.awsFiles.config, entries.join('\n'), { mode: 0o600 });
  env = { ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  app = await rig.startApp({ env });
});
test.afterAll(() => rig.close());

const whoIs = ['aws', 'sts', 'get-caller-identity', '--output', 'json'] as const;
const arnIn = (text: string): unknown => (JSON.parse(text) as { Arn?: unknown }).Arn;

test('a profile with another tool’s command, and a role from it, are who the AWS CLI says they are, after one confirmation of the whole line', async () => {
  const byCli = async (profile: string) => arnIn((await runProgram('aws', [...whoIs.slice(1), '--profile', profile], { env: rig.env })).stdout);
  const known = [await byCli('corp'), await byCli('deploy')];
  expect(known[0]).toBe('arn:aws:iam::111111111111:user/alice');
  const before = await runs();
  const first = runStsTray(rig, ['exec', 'corp', '--', ...whoIs]);
  await expect.poll(() => app.openViews(), { timeout: 60_000 }).toContain('question');
  await expect((await app.window('question')).getByText(`${tool} --account dev`)).toBeVisible();
  await answerQuestion(app, 'Run it');
  const second = await runStsTray(rig, ['exec', 'deploy', '--', ...whoIs]);
  expect(arnIn((await first).stdout)).toBe(known[0]);
  expect(String(arnIn(second.stdout)).split('/')[1]).toBe(String(known[1]).split('/')[1]);
  expect((await runs()) - before).toBe(1);
});

test('terraform deploys through another tool’s command, as a profile and at the end of a chain, with the guard in front and without another run of the tool', async () => {
  const folder = join(rig.home, 'project');
  await mkdir(folder);
  const provider = (alias: string, profile: string, account: string) =>
    `provider "aws" {\n${alias}  profile = "${profile}"\n  region = "us-east-1"\n  s3_use_path_style = true\n  allowed_account_ids = ["${account}"]\n}\n`;
  const bucket = (name: string, more = '') => `resource "aws_s3_bucket" "${name}" {\n  bucket = "foreign-${name}"\n${more}}\n`;
  const main = [
    provider('', 'corp', '111111111111'),
    provider('  alias = "b"\n', 'deploy', '222222222222'),
    bucket('own'),
    bucket('chained', '  provider = aws.b\n'),
  ];
  await writeFile(join(folder, 'main.tf'), main.join(''));
  const terraform = (...args: string[]) => runStsTray(rig, ['exec', 'corp', '--', 'terraform', ...args, '-no-color'], { cwd: folder, env });
  expect(await terraform('init')).toMatchObject({ exitCode: 0 });
  const before = await runs();
  const planned = await terraform('plan');
  expect([planned.exitCode, planned.stdout]).toEqual([0, expect.stringContaining('2 to add')]);
  const applied = await terraform('apply', '-auto-approve');
  expect([applied.exitCode, applied.stdout]).toEqual([0, expect.stringContaining('Resources: 2 added')]);
  expect(await bucketsIn(rig.aws, 'a')).toContain('foreign-own');
  expect(await bucketsIn(rig.aws, 'b')).toContain('foreign-chained');
  expect(await runs()).toBe(before);
  await writeFile(join(folder, 'main.tf'), main.join('').replace('allowed_account_ids = ["111111111111"]', 'allowed_account_ids = ["333333333333"]'));
  const stopped = await terraform('apply', '-auto-approve');
  expect(stopped.exitCode).toBe(3);
});

test('what another tool printed is in no file of the app, no log, no argument list, and not in what the app printed', async () => {
  const secrets = [session.secretAccessKey, session.sessionToken];
  await expect.poll(() => leaksIn('the tool', secrets.join(' '), secrets).length).toBeGreaterThan(0);
  expect([...leaksInFolder(rig.dataFolder, secrets), ...leaksInArguments(secrets), ...leaksIn('output', app.output, secrets)]).toEqual([]);
});

test('the panel shows where the credentials come from and how long they last', async () => {
  await runStsTray(rig, []);
  const panel = await app.window('panel');
  const card = panel.getByRole('article', { name: 'corp', exact: true });
  await expect(card.getByText('from corp-sso')).toBeVisible();
  await expect(card.getByRole('timer')).toBeVisible();
  await expect(card.getByText('1111-1111-1111').or(card.getByText('111111111111')).first()).toBeVisible();
});

test('a tool that takes twenty seconds is waited for, and one that never ends is ended, with a sentence in time for the program that waits', async () => {
  test.slow();
  const commands = { slow: ['sleep 20', ...printing(printed(session))], hangs: [`echo $$ >'${rig.home}/hangs.pid'`, 'exec sleep 600'] };
  const entries = Object.entries(commands).map(async ([name, lines]) => {
    await writeFile(join(rig.home, name), ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
    return `\n[profile ${name}]\nregion = us-east-1\ncredential_process = ${join(rig.home, name)}\n`;
  });
  await appendFile(rig.awsFiles.config, (await Promise.all(entries)).join(''));
  const asked = async (name: keyof typeof commands) => {
    const begin = Date.now();
    const answer = runStsTray(rig, ['credential-process', name]).then((ran) => ({ ...ran, seconds: (Date.now() - begin) / 1000 }));
    await expect.poll(() => app.openViews(), { timeout: 60_000 }).toContain('question');
    await answerQuestion(app, 'Run it');
    await expect.poll(() => app.openViews()).not.toContain('question');
    return answer;
  };
  const slow = asked('slow');
  const late = await slow;
  expect([late.exitCode, JSON.parse(late.stdout)]).toMatchObject([0, { AccessKeyId: session.accessKeyId }]);
  expect(late.seconds).toBeGreaterThan(20);
  const never = await asked('hangs');
  expect([never.exitCode, never.stdout]).toEqual([1, '']);
  expect(never.stderr).toContain('hangs');
  expect(never.seconds).toBeLessThan(60);
  const pid = Number(await readFile(join(rig.home, 'hangs.pid'), 'utf8'));
  await expect.poll(() => isRunning(pid), { timeout: 30_000 }).toBe(false);
});
