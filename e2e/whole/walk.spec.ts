import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { leaksInArguments, leaksInFolder, leaksInRenderer, openFiles, processesWithSecretsInEnvironment } from '../../testing/app/canaries.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { closeByButton, type RunningApp } from '../../testing/app/running-app.ts';
import { endInPanel } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { typeCommand, type Printed } from '../../testing/app/typed-command.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { initialise } from '../../testing/terraform/initialised.ts';

// The article's walk, done by hand as a person would: tray, prompt, terminal, Terraform.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws', 'xterm'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  app = await rig.startApp({ env: writeCliConfig(rig.home) });
});
test.afterAll(async () => {
  await rig.close();
});

/** A folder with the article's main.tf, whose role is in account B unless another account is named. */
async function project(name: string, account: 'b' | 'c' = 'b'): Promise<string> {
  const folder = join(rig.home, name);
  await mkdir(folder);
  const { b } = rig.aws.accounts;
  writeMainTf(folder, { roleArn: rig.aws.accounts[account].deployRoleArn, expectedAccountId: b.accountId, bucketName: name });
  return folder;
}

const terminalTitle = 'default - 111111111111 - auto-renewing';
const staticTerminalTitle = /^default - 111111111111 - until \d\d:\d\d$/;

/** Types a command into the terminal that the app opened, and waits for what it printed. */
async function runInTerminal(folder: string, command: string): Promise<Printed> {
  const printed = await typeCommand(rig, { window: terminalTitle, folder, command });
  return printed();
}

test('a session starts from the tray, and panel and tray show account A and eight hours', async () => {
  await rig.startSession(app);

  expect(await app.tray.tooltip()).toBe('default · 111111111111 · 8 h left');
  await app.openPanel();
  const card = (await app.window('panel')).getByRole('article', { name: 'default' });
  await expect(card).toContainText('111111111111');
  await expect(card.getByRole('timer')).toHaveText(/^8\s?h$/);
  await expect.poll(() => app.openViews()).toEqual(['panel']);
});

test('a renewable terminal opens, and Terraform plans for account B and deploys there from it', async () => {
  const folder = await project('from-terminal');
  await app.tray.clickMenuItem('Open terminal');

  expect(await runInTerminal(folder, 'terraform init -no-color')).toMatchObject({ exitCode: 0 });
  // It plans first, and shows the plan.
  const apply = await runInTerminal(folder, 'terraform apply -no-color -auto-approve');
  expect(apply.output).toContain('Plan: 1 to add');
  expect(apply.output).toContain('+ account_id = "222222222222"');
  expect(apply.output).not.toContain('Check block assertion failed');
  expect(apply.output).toContain('Resources: 1 added');
  expect(apply.output).toContain('account_id = "222222222222"');

  expect(await bucketsIn(rig.aws, 'b')).toContain('from-terminal');
  expect(await bucketsIn(rig.aws, 'a')).not.toContain('from-terminal');
});

test('no secret is anywhere: not with the renewable terminal, and with a static one in its shell alone', async () => {
  const secrets = rig.aws.secrets();
  expect(secrets.length).toBeGreaterThan(3);

  expect(leaksInFolder(rig.dataFolder, secrets)).toEqual([]);
  expect(leaksInArguments(secrets)).toEqual([]);
  expect(processesWithSecretsInEnvironment(secrets)).toEqual([]);

  const panel = await app.window('panel');
  await panel.getByRole('article', { name: 'default' }).getByRole('button', { name: 'More actions' }).click();
  await panel.getByRole('menuitem', { name: 'Open terminal with fixed keys' }).click();
  const terminal = await rig.desktop.waitForWindow(staticTerminalTitle);
  // The window is there before its shell has the variables.
  await expect.poll(() => processesWithSecretsInEnvironment(secrets).map(({ parent }) => parent)).toEqual(['xterm']);
  const holders = processesWithSecretsInEnvironment(secrets);
  // That shell has no file of the app open either, but the FIFO by which its end is seen.
  const isExpected = (file: string): boolean => file.startsWith('/dev/') || file.startsWith(join(rig.dataFolder, 'terminals', 'runs'));
  for (const { pid } of holders) expect(openFiles(pid).filter((file) => !isExpected(file))).toEqual([]);
  expect(leaksInArguments(secrets)).toEqual([]);
  await rig.desktop.focus(terminal);
  await rig.desktop.typeText('exit\n');
  await expect.poll(async () => (await rig.desktop.windows()).map(({ title }) => title)).not.toContain(terminal.title);

  await app.tray.clickMenuItem('Settings…');
  await app.window('settings');
  await app.tray.clickMenuItem('Renew…');
  await app.window('mfa');
  expect(new Set(app.openViews())).toEqual(new Set(['mfa', 'panel', 'settings']));
  for (const page of app.windows()) expect(await leaksInRenderer(page, secrets)).toEqual([]);
  await closeByButton(await app.window('mfa'), 'Cancel');
});

test('the search for secrets finds the one that is where it may be', async () => {
  const leaks = leaksInFolder(join(rig.home, '.aws'), rig.aws.secrets());
  expect(leaks.map(({ where }) => where)).toEqual([rig.awsFiles.credentials]);
});

test('copied exports, pasted into a plain shell, deploy as well', async () => {
  const folder = await project('from-exports');
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Copy exports' }).click();
  await expect(panel.getByRole('status')).toContainText('copied');
  const exports = await rig.desktop.clipboard.readText();

  const cliConfig = writeCliConfig(rig.home);
  await initialise(folder, cliConfig);
  const input = `${exports}terraform apply -no-color -auto-approve\n`;
  const { exitCode, stdout } = await runProgram('bash', ['--norc'], { env: { ...rig.env, ...cliConfig }, cwd: folder, input });
  expect(stdout).toContain('Resources: 1 added');
  expect(exitCode).toBe(0);
  expect(await bucketsIn(rig.aws, 'b')).toContain('from-exports');
  expect(await bucketsIn(rig.aws, 'a')).not.toContain('from-exports');
});

test('with the role of a wrong account nothing is deployed, and without the guard the check block only warns', async () => {
  const folder = await project('wrong-account', 'c');
  await initialise(folder, writeCliConfig(rig.home));
  const guarded = await runInTerminal(folder, 'terraform apply -no-color -auto-approve');
  expect(guarded.output.replaceAll(/\s+/g, ' ')).toContain('aws reaches account 333333333333, not 222222222222, which check.account asks for.');
  expect(guarded.exitCode).toBe(3);
  for (const account of ['a', 'b', 'c'] as const) expect(await bucketsIn(rig.aws, account)).not.toContain('wrong-account');

  const unguarded = await runInTerminal(folder, 'STS_TRAY_GUARD= terraform apply -no-color -auto-approve');
  expect(unguarded.output).toContain('Warning: Check block assertion failed');
  expect(unguarded.output).toContain('This is account 333333333333, not 222222222222.');
  expect(unguarded.exitCode).toBe(0);
  expect(await bucketsIn(rig.aws, 'c')).toContain('wrong-account');
});

test('terraform destroy takes its bucket away, and no other', async () => {
  const { output } = await runInTerminal(join(rig.home, 'from-terminal'), 'terraform destroy -no-color -auto-approve');
  expect(output).toContain('Resources: 1 destroyed');
  expect(await bucketsIn(rig.aws, 'b')).toEqual(['from-exports']);
});

test('ending the session takes the credentials out of the app', async () => {
  const panel = await app.window('panel');
  await endInPanel(panel, 'default');

  await expect(panel.getByRole('button', { name: 'Start session' })).toBeVisible();
  await app.tray.waitFor('no session', async (tray) => (await tray.tooltip()) === 'STS Tray: no session');
  const labels = (await app.tray.menu()).map(({ label }) => label);
  expect(labels).not.toContain('Copy exports');
  expect(labels).not.toContain('Open terminal');
});

test('quitting clears the copied exports too, and leaves the open terminal to the user', async () => {
  await rig.startSession(app);
  await app.tray.clickMenuItem('Copy exports');
  await expect.poll(() => rig.desktop.clipboard.readText()).toContain('AWS_SESSION_TOKEN');
  await app.quit('Quit');
  expect(await rig.desktop.clipboard.readText()).not.toContain('AWS_SESSION_TOKEN');
  expect((await rig.desktop.windows()).map(({ title }) => title)).toEqual([terminalTitle]);
});
