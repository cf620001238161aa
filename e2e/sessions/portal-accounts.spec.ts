import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { PersonInChromium } from '../../testing/app/person-in-chromium.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { findProgram } from '../../testing/processes/find-program.ts';

// The accounts and roles of an access portal: found in the panel, used by their names, and written as profiles.

test.describe.configure({ mode: 'serial' });
const missing = ['chromium', 'aws'].filter((program) => findProgram(program) === null);
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let person: PersonInChromium;

test.beforeAll(async () => {
  rig = await AppRig.start();
  person = await PersonInChromium.start(join(rig.home, 'browser'));
  const others = Array.from({ length: 2_000 }, (_none, index) => ({
    accountId: String(400_000_000_000 + index),
    accountName: `team-${index}`,
    emailAddress: `team-${index}@example.com`,
    roleNames: ['ReadOnlyAccess'],
  }));
  const stg = { accountId: '222222222222', accountName: 'shop stg', emailAddress: 'stg@example.com', roleNames: ['AdministratorAccess', 'ReadOnlyAccess'] };
  rig.aws.identityCenter.assign('mori', [...others, stg]);
  await writeFile(rig.awsFiles.config, `[sso-session corp]\nsso_start_url = ${rig.aws.startUrl}\nsso_region = us-east-1\n`, { mode: 0o600 });
  app = await rig.startApp({ env: { PATH: person.path(process.env['PATH']) } });
});
test.afterAll(async () => {
  await person.close();
  await rig.close();
});

test('a role is used by the number of its account and its name, without a profile, once somebody has signed in', async () => {
  const asked = runStsTray(rig, ['exec', '222222222222/AdministratorAccess', '--', 'sh', '-c', 'echo "$AWS_PROFILE"']);
  await person.answers('mori');
  expect(await asked).toMatchObject({ exitCode: 0, stdout: '222222222222/AdministratorAccess\n' });
  const { stdout } = await runStsTray(rig, ['credential-process', '222222222222/ReadOnlyAccess']);
  expect(JSON.parse(stdout)).toMatchObject({ AccountId: '222222222222' });
  const absent = await runStsTray(rig, ['credential-process', '222222222222/Absent']);
  expect(absent).toMatchObject({ exitCode: 1, stdout: '' });
  expect(absent.stderr).toContain('The access portal corp gives you no role Absent in account 222222222222.');
  expect(await person.addresses()).toHaveLength(1);
});

test('the command line lists every role by the name that stands in the place of a profile', async () => {
  test.slow();
  const { stdout, exitCode } = await runStsTray(rig, ['roles']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^222222222222\/AdministratorAccess +shop stg$/m);
  expect(stdout.split('\n')).toHaveLength(2_004);
  const listed = JSON.parse((await runStsTray(rig, ['roles', 'corp', '--json'])).stdout) as unknown[];
  expect(listed).toContainEqual({
    profile: '400000001999/ReadOnlyAccess',
    accountId: '400000001999',
    account: 'team-1999',
    email: 'team-1999@example.com',
    role: 'ReadOnlyAccess',
  });
});

test('one of two thousand accounts is found by a few letters, and a session of its role is started', async () => {
  test.slow();
  await app.openPanel();
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Accounts of corp' }).click();
  const sheet = panel.getByRole('dialog', { name: 'Accounts and roles of corp' });
  await expect(sheet.getByText('Accounts: 2,001')).toBeVisible({ timeout: 60_000 });
  await sheet.getByRole('searchbox', { name: 'Find account or role' }).fill('shop readonly');
  await expect(sheet.getByRole('article')).toHaveCount(1, { timeout: 120_000 });
  await expect(sheet.getByRole('article')).toContainText('shop stg');
  await sheet.getByRole('button', { name: 'Start session: ReadOnlyAccess in shop stg (222222222222)' }).click();
  await expect.poll(async () => (await runStsTray(rig, ['status'])).stdout).toContain('222222222222/ReadOnlyAccess');
});

test('profiles for chosen roles are shown before they are written, and are profiles for the AWS CLI too', async () => {
  test.slow();
  const panel = await app.window('panel');
  const sheet = panel.getByRole('dialog', { name: 'Accounts and roles of corp' });
  await sheet.getByRole('searchbox', { name: 'Find account or role' }).fill('shop');
  await sheet.getByRole('checkbox', { name: 'AdministratorAccess in shop stg (222222222222)' }).check();
  await sheet.getByRole('button', { name: 'Write profiles' }).click();
  await expect(sheet.getByText('[profile shop-stg]')).toBeVisible();
  expect(await readFile(rig.awsFiles.config, 'utf8')).not.toContain('shop-stg');
  await sheet.getByRole('button', { name: 'Write', exact: true }).click();
  await expect(sheet.getByText(/Written to .*: shop-stg/)).toBeVisible();
  const { stdout } = await runStsTray(rig, ['credential-process', 'shop-stg']);
  expect(JSON.parse(stdout)).toMatchObject({ AccountId: '222222222222' });
  const env = { ...process.env, AWS_CONFIG_FILE: rig.awsFiles.config, AWS_PROFILE: 'shop-stg' };
  const ofCli = (setting: string) => promisify(execFile)('aws', ['configure', 'get', setting], { env });
  expect((await ofCli('sso_account_id')).stdout.trim()).toBe('222222222222');
  expect((await ofCli('sso_session')).stdout.trim()).toBe('corp');
});
