import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { leaksInFolder } from '../../testing/app/canaries.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';

// The report of a problem after a session, a code that was refused and a run that was: useful, and without anything secret.

test.describe.configure({ mode: 'serial' });

const missing = [...['aws'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

/** AWS would take it one time in a million. */
const refusedCode = '918273';

let rig: AppRig;
let app: RunningApp;
let panel: Page;
let sheet: Locator;
let codes: string[];

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { b, c } = rig.aws.accounts;
  await rig.configureAws({ config: `\n[profile canary-acme]\nrole_arn = ${b.deployRoleArn}\nsource_profile = default\n` });
  app = await rig.startApp({ args: [], env: { XDG_CURRENT_DESKTOP: 'canary:XFCE' } });
  panel = await app.window('panel');
  await panel.getByRole('article', { name: 'default', exact: true }).getByRole('button', { name: 'Start session' }).click();
  const mfa = await app.window('mfa');
  await mfa.getByRole('textbox', { name: 'MFA code' }).fill(refusedCode);
  await expect(mfa.getByRole('alert')).toBeVisible();
  const taken = await rig.aws.nextTotpCode();
  codes = [refusedCode, taken];
  const closed = mfa.waitForEvent('close');
  await mfa.getByRole('textbox', { name: 'MFA code' }).fill(taken);
  await closed;
  const assume = ['aws', 'sts', 'assume-role', '--role-arn', c.deployRoleArn, '--role-session-name', 'session'];
  const refused = await runStsTray(rig, ['exec', 'default', '--account', b.accountId, '--', ...assume]);
  expect(refused.exitCode).not.toBe(0);
});
test.afterAll(() => rig.close());

const report = (...args: string[]) => runStsTray(rig, ['report', ...args]);

/** What nobody may find in a report, besides the secrets: who and where the user is, and what was typed. */
const personal = () => [...codes, rig.home, rig.dataFolder, 'canary'];
const accountIds = () => Object.values(rig.aws.accounts).map(({ accountId }) => accountId);
const foundIn = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));

test('a session, a code that is refused and a run that is refused leave lines in the log', async () => {
  const lines = async () => (await readFile(join(rig.dataFolder, 'logs', 'main.log'), 'utf8')).split('\n').map((line) => line.slice(25));
  for (const line of [
    /^started app=\d.* electron=\d.* platform=linux .* desktop=xfce$/,
    /^profiles-read users=1 roles=1 installed=0 problems=0$/,
    /^local-api state=open$/,
    /^prompt-opened for=user purpose=start$/,
    /^prompt-step step=enter-code programs=0 code=mfa-code-wrong$/,
    /^prompt-closed how=answered$/,
    /^session-started kind=base$/,
    /^run state=opened open=1$/,
    /^asked name=hand-off outcome=done ms=\d+$/,
    /^handed-off way=exec credentials=renewable$/,
    /^relay-refused code=relay-account-not-meant$/,
    /^run state=closed open=0$/,
  ]) {
    await expect.poll(async () => (await lines()).filter((each) => line.test(each)), String(line)).toHaveLength(1);
  }
});

test('sts-tray report has no secret, and no account ID or name while these are masked', async () => {
  const { stdout, stderr, exitCode } = await report();
  expect([exitCode, stderr]).toEqual([0, '']);
  for (const line of ['running: yes', 'code=mfa-code-wrong', 'code=relay-account-not-meant', 'profile-1: user', 'account-1, ', 'local API: open']) {
    expect(stdout).toContain(line);
  }
  expect(leaksIn('the report', stdout, rig.aws.secrets())).toEqual([]);
  expect(foundIn(stdout, [...personal(), ...accountIds()])).toEqual([]);
});

test('sts-tray report shows account IDs and names where they are wanted, and still no secret', async () => {
  const { stdout } = await report('--show-accounts');
  expect(stdout).toContain(rig.aws.accounts.a.accountId);
  expect(stdout).toContain('canary-acme: role, from default');
  expect(leaksIn('the report', stdout, rig.aws.secrets())).toEqual([]);
  expect(foundIn(stdout, [...codes, rig.home, rig.dataFolder])).toEqual([]);
});

test('the panel shows the whole text that is copied or saved, and nothing is unmasked before the user says so', async () => {
  await panel.getByRole('button', { name: 'Settings' }).click();
  const settings = await app.window('settings');
  await settings.getByRole('button', { name: 'Report a problem' }).press('Enter');
  sheet = panel.getByRole('dialog', { name: 'Report a problem' });
  await expect(sheet).toContainText('STS Tray sends nothing itself.');
  const shown = async () => (await sheet.getByRole('region', { name: 'Text of the report' }).textContent()) ?? '';
  await expect(sheet.getByRole('switch', { name: 'Mask account IDs' })).toBeChecked();
  const masked = await shown();
  expect(masked).toContain('code=mfa-code-wrong');
  expect(leaksIn('the sheet', masked, rig.aws.secrets())).toEqual([]);
  expect(foundIn(masked, [...personal(), ...accountIds()])).toEqual([]);

  await sheet.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(() => rig.desktop.clipboard.readText()).toBe(masked);

  const file = join(rig.home, 'report.txt');
  await app.answerFileDialogs(file);
  await sheet.getByRole('button', { name: 'Save…' }).click();
  await expect(sheet.getByRole('status').filter({ hasText: '~/report.txt' })).toBeVisible();
  expect(await readFile(file, 'utf8')).toBe(masked);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  await sheet.getByRole('switch', { name: 'Mask account IDs' }).click();
  await expect.poll(shown).toContain(rig.aws.accounts.a.accountId);
  expect(await shown()).toContain(masked.split('\n')[1]);
  expect(leaksIn('the sheet', await shown(), rig.aws.secrets())).toEqual([]);
});

test('a report that cannot be saved says why, and stays where it can be copied', async () => {
  await app.answerFileDialogs(join(rig.home, 'no such folder', 'report.txt'));
  await sheet.getByRole('button', { name: 'Save…' }).click();
  await expect(sheet.getByRole('alert')).toContainText('ENOENT');
  await panel.keyboard.press('Escape');
  await expect(sheet.getByRole('alert')).toHaveCount(0);
  await panel.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('sts-tray report tells what it can when the app has ended, and starts none', async () => {
  await app.quit('Quit');
  const { stdout, exitCode } = await report();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('running: no');
  expect(stdout).toMatch(/ quitting\n$/);
  expect(foundIn(stdout, [...personal(), ...accountIds()])).toEqual([]);
  expect(leaksInFolder(join(rig.dataFolder, 'logs'), [...rig.aws.secrets(), ...codes])).toEqual([]);
});
