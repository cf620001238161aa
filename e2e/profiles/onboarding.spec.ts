import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { leaksInRenderer } from '../../testing/app/canaries.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { endInPanel } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The first run, without AWS files: from nothing to a session, with only the keyboard.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  await Promise.all(Object.values(rig.awsFiles).map((file) => rm(file)));
  app = await rig.startApp({ args: [] });
});
test.afterAll(async () => {
  await rig.close();
});

test('the panel asks for an access key, and says what a wrong paste lacks', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Access key and MFA code' }).click();
  await expect(panel.getByRole('textbox', { name: 'Access key ID' })).toBeFocused();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Access key' })).toHaveAttribute('aria-current', 'step');
  await paste('Access key ID,Secret access key\n');
  await expect(panel.getByRole('alert').filter({ hasText: 'No access key in what you pasted' })).toBeVisible();
});

test('each field says for itself what is wrong with it, in view, and the first one gets the focus', async () => {
  const panel = await app.window('panel');
  await panel.getByText('More options').click();
  await panel.getByLabel('Default region').fill('Tokyo');
  await panel.keyboard.press('Enter');
  for (const [label, complaint] of [
    ['Access key ID', 'This isn’t an access key ID'],
    ['Secret access key', 'This isn’t a secret access key'],
    ['Default region', 'Not a region name'],
  ] as const) {
    const field = panel.getByLabel(label);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(new RegExp(complaint));
  }
  await expect(panel.getByLabel('Access key ID')).toBeFocused();
  await expect(panel.getByRole('alert').filter({ hasText: 'This isn’t an access key ID' })).toBeInViewport();
  await expect(panel.getByRole('button', { name: 'Add access key' })).toBeInViewport();
  await panel.getByLabel('Default region').fill('');
  await expect(panel.getByLabel('Default region')).toHaveAttribute('aria-invalid', 'false');
  await panel.getByText('More options').click();
});

test('a key that AWS does not take is refused at the field that is wrong, which keeps it, and nothing is written', async () => {
  const panel = await app.window('panel');
  await paste(`Access key ID,Secret access key\r\n${rig.aws.alice.accessKeyId},${'x'.repeat(40)}\r\n`);
  await expect(panel.getByRole('button', { name: 'Add access key' })).toBeFocused();
  // The desktop has no keychain, so moving the key there is refused first.
  await panel.keyboard.press('Enter');
  await expect(panel.getByLabel('Secret access key')).toHaveAccessibleDescription(/doesn’t accept this secret access key/);
  await expect(panel.getByLabel('Secret access key')).toBeFocused();
  await expect(panel.getByRole('main')).not.toContainText('aws configure --profile');
  await expect(readFile(rig.awsFiles.credentials, 'utf8')).rejects.toThrow('ENOENT');
  await expect(panel.getByLabel('Secret access key')).toHaveValue('x'.repeat(40));
  await panel.keyboard.press('End');
  await panel.keyboard.type('y');
  await expect(panel.getByLabel('Secret access key')).toHaveAttribute('aria-invalid', 'false');
});

test('without a keychain the form says so, and offers the credentials file', async () => {
  const panel = await app.window('panel');
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

test('after the first session the panel says how Terraform gets it, copies a line that works, and says it no more once closed', async () => {
  const panel = await app.window('panel');
  const ready = panel.getByRole('region', { name: 'How to use the session' });
  await expect(ready.getByRole('heading')).toHaveText('Session ready – 8 h');
  await expect(panel.getByRole('article', { name: 'default' }).getByRole('timer')).toBeInViewport();
  await ready.getByRole('button', { name: 'Set up & copy' }).click();
  await expect(ready.getByRole('button', { name: 'Line copied' })).toBeVisible();
  // The button has said it.
  await expect(panel.getByText('Added default-sts to the AWS config file')).toHaveCount(0);
  expect(await rig.desktop.clipboard.readText()).toBe('AWS_PROFILE=default-sts terraform plan');
  expect(await readFile(rig.awsFiles.config, 'utf8')).toContain('[profile default-sts]');
  await ready.getByRole('button', { name: 'Close these steps' }).click();
  await expect(ready).toHaveCount(0);
});

test('AWS files elsewhere are read at once', async () => {
  const elsewhere = join(rig.home, 'work-credentials');
  await writeFile(elsewhere, '');
  await app.answerFileDialogs(elsewhere);
  const panel = await app.window('panel');
  await endInPanel(panel, 'default');
  await rm(rig.awsFiles.credentials);
  await panel.getByText('More options').click();
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
