import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { expect, test } from 'playwright/test';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { typeCommand } from '../../testing/app/typed-command.ts';

// Terraform projects in the panel, and the guard in the terminals that are opened from there.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'xterm'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let folder: string;

test.beforeAll(async () => {
  rig = await AppRig.start();
  folder = join(rig.home, 'network');
  await mkdir(folder);
  app = await rig.startApp({ args: [] });
  await rig.startSession(app);
  // The guard asks AWS about no account that the user never had to do with.
  await (await panel()).evaluate(() => window.stsTray.setAccount({ accountId: '222222222222', color: 'blue', production: false }));
});
test.afterAll(() => rig.close());

const terminalTitle = 'default - 111111111111 - auto-renewing';
const panel = () => app.window('panel');
const card = async (): Promise<Locator> => (await panel()).getByRole('article', { name: 'network' });
const main = (...lines: string[]) =>
  `provider "aws" {\n  region = "us-east-1"\n  assume_role {\n    role_arn = "${rig.aws.accounts.b.deployRoleArn}"\n  }\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;

async function inTerminal(command: string) {
  const printed = await typeCommand(rig, { window: terminalTitle, folder, command });
  return printed();
}

test('a folder that is added is checked at once, and where nothing is stated the lines to add can be copied', async () => {
  await writeFile(join(folder, 'main.tf'), main());
  await app.answerFileDialogs(folder);
  const window = await panel();
  await window.getByRole('button', { name: 'Add project folder' }).click();
  const row = (await card()).getByRole('row', { name: 'aws us-east-1' });
  await expect(row).toContainText('222222222222');
  await expect(row).toContainText('role deploy');
  await expect(row).toContainText('No expected account');
  expect([...(await flawsOf(window)), ...(await accessibilityFlaws(window))]).toEqual([]);

  await (await card()).getByRole('button', { name: 'Copy lines to add' }).click();
  await expect((await card()).getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await rig.desktop.clipboard.readText()).toContain('allowed_account_ids = ["222222222222"]');
});

test('a folder can be bound to its account, and the binding is kept and taken away', async () => {
  await (await card()).getByRole('button', { name: 'Pin to 222222222222' }).click();
  await expect(await card()).toContainText('Pinned to account 222222222222');
  await (await card()).getByRole('button', { name: 'Check accounts' }).click();
  await expect((await card()).getByRole('row', { name: 'aws us-east-1' })).toContainText('Match');
  const kept = JSON.parse(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8')) as { projects: Record<string, unknown> };
  expect(kept.projects[folder]).toMatchObject({ profile: 'default', accounts: { default: ['222222222222'] } });
  await (await card()).getByRole('button', { name: 'Unpin' }).click();
  await expect(await card()).not.toContainText('Pinned to');
});

test('what is wrong with a provider stands below it, and broken HCL in place of the table', async () => {
  await writeFile(join(folder, 'main.tf'), main('allowed_account_ids = ["333333333333"]'));
  await (await card()).getByRole('button', { name: 'Check accounts' }).click();
  await expect(await card()).toContainText('aws reaches account 222222222222, not 333333333333, which allowed_account_ids asks for.');
  // In one line too, which the arrow keys reach from the session above it.
  const line = (await card()).getByRole('button', { expanded: true });
  await line.click();
  await expect((await card()).getByRole('button')).toHaveCount(1);
  await expect(await card()).toContainText('Mismatch');
  await (await panel()).getByRole('button', { name: 'Open terminal: default' }).focus();
  await (await panel()).keyboard.press('ArrowDown');
  await (await panel()).keyboard.press('Enter');
  await writeFile(join(folder, 'main.tf'), 'provider "aws" {\n  region =\n}\n');
  await (await card()).getByRole('button', { name: 'Check accounts' }).click();
  await expect((await card()).getByRole('alert')).toContainText('main.tf, line 2, cannot be read as Terraform');
});

test('a terminal opens in the project’s folder, with a guarded terraform in front of the real one', async () => {
  await writeFile(join(folder, 'main.tf'), main('allowed_account_ids = ["333333333333"]'));
  await (await card()).getByRole('button', { name: 'Open terminal' }).click();
  await rig.desktop.waitForWindow(terminalTitle);
  expect((await inTerminal('pwd')).output).toBe(`${folder}\n`);
  expect((await inTerminal('command -v terraform')).output).toBe(`${join(rig.dataFolder, 'terminals', 'bin', 'terraform')}\n`);
  const stopped = await inTerminal('terraform plan');
  expect(stopped.output).toContain('MISMATCH');
  expect(stopped.exitCode).toBe(3);
  // A command that reaches no account goes straight to the real program.
  expect((await inTerminal('terraform version')).output).toMatch(/^Terraform v\d/);
  expect((await inTerminal('terraform plan -help')).output).toContain('Usage: terraform');
});

test('with other credentials in the terminal the guard refuses, as it could not tell where they lead', async () => {
  const { output, exitCode } = await inTerminal('AWS_PROFILE=other terraform plan');
  expect(output).toContain('This command was to run with the session of default, and has other credentials by now');
  expect(exitCode).toBe(3);
  expect((await inTerminal('STS_TRAY_GUARD= terraform plan')).output).not.toContain('MISMATCH');
});

test('with the guard turned off in the settings a terminal has the real terraform alone', async () => {
  await rig.desktop.focus(await rig.desktop.waitForWindow(terminalTitle));
  await rig.desktop.typeText('exit\n');
  await expect.poll(async () => (await rig.desktop.windows()).map(({ title }) => title)).not.toContain(terminalTitle);
  await (await panel()).getByRole('button', { name: 'Settings' }).click();
  await (await app.window('settings')).getByRole('switch', { name: 'Guard Terraform in terminals' }).click();
  await (await card()).getByRole('button', { name: 'Open terminal' }).click();
  await rig.desktop.waitForWindow(terminalTitle);
  expect((await inTerminal('command -v terraform; echo "[$STS_TRAY_GUARD]"')).output).not.toContain(rig.dataFolder);
});

test('a project is taken off the list, and put back with what was known of it', async () => {
  const settings = async () => (JSON.parse(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8')) as { projects: Record<string, unknown> }).projects;
  const before = await settings();
  await (await card()).getByRole('button', { name: 'Remove from list' }).click();
  await expect(await card()).toHaveCount(0);
  await expect.poll(settings).toEqual({});
  await (await panel()).getByRole('button', { name: 'Undo' }).click();
  await expect(await card()).toContainText('Mismatch');
  await expect.poll(settings).toEqual(before);
  await (await card()).getByRole('button', { name: 'Remove from list' }).click();
  await expect((await panel()).getByText('Add a Terraform folder')).toBeVisible();
});

test('a project whose folder is gone says so, when a terminal is to open in it', async () => {
  await (await panel()).getByRole('button', { name: 'Add project folder' }).click();
  await expect(await card()).toBeVisible();
  await rm(folder, { recursive: true });
  await (await card()).getByRole('button', { name: 'Open terminal' }).click();
  await expect((await panel()).getByRole('alert').filter({ hasText: 'There is no folder ~/network' })).toBeVisible();
});
