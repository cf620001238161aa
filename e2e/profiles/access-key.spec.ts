import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { leaksInFolder } from '../../testing/app/canaries.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The access key, moved from the file, where it is in clear, into the keychain, and back.

let rig: AppRig;
let app: RunningApp;
let panel: Page;
let written: string;

test.beforeAll(async () => {
  rig = await AppRig.start({ desktop: { keyring: 'unlocked' } });
});
test.afterAll(() => rig.close());
test.beforeEach(async () => {
  rig.aws.forgetUsedCodes();
  const { accessKeyId, secretAccessKey } = rig.aws.alice;
  written = `; my keys\r\n\r\n[default]\r\n# since spring\r\naws_access_key_id = ${accessKeyId}\r\naws_secret_access_key=${secretAccessKey}\r\n\r\n[other] # kept\r\nregion = eu-west-1`;
  await writeFile(rig.awsFiles.credentials, written);
  await start();
});
test.afterEach(async () => {
  rig.aws.faults.clear();
  await app.close();
  await rm(rig.dataFolder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  app = await rig.startApp();
  await app.openPanel();
  panel = await app.window('panel');
  await expect(panel.getByRole('article', { name: 'default' })).toBeVisible();
}

async function choose(item: string): Promise<void> {
  await panel.getByRole('article', { name: 'default' }).getByRole('button', { name: 'More actions' }).click();
  await panel.getByRole('menuitem', { name: item }).click();
}

const credentialsFile = () => readFile(rig.awsFiles.credentials, 'utf8');
const vaultFile = () => join(rig.dataFolder, 'vault', 'access-keys');

test('once an access key is moved to the keychain, its two lines are gone, nothing else has changed, and sessions start from it', async () => {
  await choose('Move access key to keychain');
  await expect(panel.getByRole('status')).toContainText('Access key moved to the keychain');
  expect(await credentialsFile()).toBe('; my keys\r\n\r\n[default]\r\n# since spring\r\n\r\n[other] # kept\r\nregion = eu-west-1');
  const secrets = rig.aws.secrets();
  expect(leaksInFolder(rig.home, secrets)).toEqual([]);
  expect(leaksInFolder(rig.dataFolder, secrets)).toEqual([]);

  await rig.startSession(app);
  await app.tray.clickMenuItem('End session');
  await app.tray.waitFor('no session', async (tray) => (await tray.tooltip()) === 'STS Tray: no session');
});

test('a restarted app still starts sessions from a key in the keychain, and moves it back on request', async () => {
  await choose('Move access key to keychain');
  await expect(panel.getByRole('status')).toContainText('Access key moved to the keychain');
  await app.quit('Quit');
  await start();
  const { exitCode, stdout } = await runStsTray(rig, ['login', 'default', '--code-stdin'], { input: await rig.aws.nextTotpCode() });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('111111111111');

  await choose('Move access key to ~/.aws/credentials');
  await expect(panel.getByRole('status')).toContainText('Access key moved to the credentials file');
  const { accessKeyId, secretAccessKey } = rig.aws.alice;
  const back = `[default]\r\naws_access_key_id = ${accessKeyId}\r\naws_secret_access_key = ${secretAccessKey}\r\n# since spring\r\n`;
  expect(await credentialsFile()).toBe(`; my keys\r\n\r\n${back}\r\n[other] # kept\r\nregion = eu-west-1`);
  expect(existsSync(vaultFile())).toBe(false);
});

test('a key that AWS could not be asked about stays where it is, to the byte, and the panel says why', async () => {
  rig.aws.faults.set('sts:GetCallerIdentity', { kind: 'unavailable' });
  await choose('Move access key to keychain');
  await expect(panel.getByRole('alert')).toContainText('AWS STS failed with status 503.', { timeout: 30_000 });
  expect(await credentialsFile()).toBe(written);
  expect(existsSync(vaultFile())).toBe(false);
  rig.aws.faults.clear();
  await rig.startSession(app);
});

test('a key whose secret AWS refuses stays where it is', async () => {
  const mistyped = written.replace(rig.aws.alice.secretAccessKey, 'mistyped');
  await writeFile(rig.awsFiles.credentials, mistyped);
  await choose('Move access key to keychain');
  await expect(panel.getByRole('alert')).toContainText('The secret access key of profile default does not match its access key ID.');
  await expect(panel.getByRole('alert')).toContainText('Run “aws configure --profile default” and paste both again.');
  expect(await credentialsFile()).toBe(mistyped);
  expect(existsSync(vaultFile())).toBe(false);
});
