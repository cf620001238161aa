import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { leaksInRenderer } from '../../testing/app/canaries.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The first run, without AWS files: from nothing to a session, with only the keyboard.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start({ aws: { moto: 'never' } });
  await Promise.all(Object.values(rig.awsFiles).map((file) => rm(file)));
  app = await rig.startApp({ args: [] });
});
test.afterAll(async () => {
  await rig.close();
});

test('the panel asks for an access key, and says what a wrong paste lacks', async () => {
  const panel = await app.window('panel');
  await expect(panel.getByRole('textbox', { name: 'Access key ID' })).toBeFocused();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Access key' })).toHaveAttribute('aria-current', 'step');
  await paste('Access key ID,Secret access key\n');
  await expect(panel.getByRole('alert').filter({ hasText: 'holds no access key ID' })).toBeVisible();
});

test('a key that AWS does not take is refused, and nothing is written', async () => {
  const panel = await app.window('panel');
  await paste(`Access key ID,Secret access key\r\n${rig.aws.alice.accessKeyId},${'x'.repeat(40)}\r\n`);
  await expect(panel.getByRole('button', { name: 'Add access key' })).toBeFocused();
  // The desktop has no keychain, so moving the key there is refused first.
  await panel.keyboard.press('Enter');
  await expect(panel.getByRole('alert').filter({ hasText: 'does not match its access key ID' })).toBeVisible();
  await expect(readFile(rig.awsFiles.credentials, 'utf8')).rejects.toThrow('ENOENT');
  await expect(panel.getByLabel('Secret access key')).toHaveValue('');
});

test('without a keychain the form says so, and offers the credentials file', async () => {
  const panel = await app.window('panel');
  await panel.keyboard.press('Escape');
  await panel.getByRole('textbox', { name: 'Access key ID' }).focus();
  await paste(`${rig.aws.alice.accessKeyId},${rig.aws.alice.secretAccessKey}`);
  await panel.keyboard.press('Enter');
  await expect(panel.getByRole('alert').filter({ hasText: 'keychain' })).toBeVisible();
  await expect(panel.getByRole('radio')).toHaveCount(1);
});

test('a pasted key and a code lead to the first session, by keyboard alone', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('textbox', { name: 'Access key ID' }).focus();
  await paste(`${rig.aws.alice.accessKeyId},${rig.aws.alice.secretAccessKey}`);
  await panel.keyboard.press('Enter');

  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toBeFocused();
  await expect(panel.getByRole('listitem').filter({ hasText: 'First session' })).toHaveAttribute('aria-current', 'step');
  await rig.typeCode(mfa);

  await expect(panel.getByRole('article', { name: 'default' }).getByRole('timer')).toBeVisible();
  await expect(panel.getByRole('list', { name: 'First steps' })).toHaveCount(0);
  expect(await readFile(rig.awsFiles.credentials, 'utf8')).toContain('[default]\naws_access_key_id = ');
  expect(await leaksInRenderer(panel, [rig.aws.alice.secretAccessKey])).toEqual([]);
});

test('AWS files elsewhere are read at once', async () => {
  const elsewhere = join(rig.home, 'work-credentials');
  await writeFile(elsewhere, '');
  await app.answerFileDialogs(elsewhere);
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'End session' }).click();
  await rm(rig.awsFiles.credentials);
  await panel.getByRole('button', { name: 'Choose credentials file…' }).click();
  await writeFile(elsewhere, `[work]\naws_access_key_id = ${rig.aws.alice.accessKeyId}\naws_secret_access_key = ${rig.aws.alice.secretAccessKey}\n`);
  await expect(panel.getByRole('article', { name: 'work' })).toBeVisible();
});

/** Pastes into the field that has the focus, as Ctrl+V does. */
async function paste(text: string): Promise<void> {
  const panel = await app.window('panel');
  await panel.getByRole('textbox', { name: 'Access key ID' }).focus();
  await rig.desktop.clipboard.writeText(text);
  await panel.keyboard.press('Control+V');
}
