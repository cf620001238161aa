import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { closeByButton, type RunningApp } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// What the user reads when something goes wrong: each sentence as it is shown.

let rig: AppRig;
let app: RunningApp;
let mfa: Page;

test.beforeAll(async () => {
  rig = await AppRig.start();
  app = await rig.startApp();
});
test.afterAll(() => rig.close());

async function openPrompt(): Promise<void> {
  await app.tray.clickMenuItem(/^(Start session|Renew|Enter MFA code)…$/);
  mfa = await app.window('mfa');
}

async function submit(code: string): Promise<void> {
  await mfa.getByRole('textbox', { name: 'MFA code' }).fill(code);
}

const refusal = () => mfa.getByRole('alert').filter({ hasText: /\S/ });

test.describe('a code', () => {
  test.beforeEach(openPrompt);
  test.afterEach(async () => {
    rig.aws.faults.clear();
    if (app.openViews().includes('mfa')) await closeByButton(mfa, 'Cancel');
    await expect.poll(() => app.openViews()).not.toContain('mfa');
  });

  test('an MFA code that is wrong is refused with the device’s name, and the field is ready for the next', async () => {
    await submit(rig.aws.alice.totpCode(0));
    await expect(refusal()).toContainText('AWS did not accept this code for arn:aws:iam::111111111111:mfa/alice.');
    await expect(refusal()).toContainText('Type the code that your device shows now.');
    await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toHaveValue('');
    await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toBeFocused();
  });

  test('an MFA code that was used already is refused without asking AWS, with a countdown to the next one', async () => {
    const code = await rig.aws.nextTotpCode();
    await submit(code);
    await expect.poll(() => app.openViews()).not.toContain('mfa');
    await openPrompt();
    const before = rig.aws.calls.filter(({ action }) => action === 'GetSessionToken').length;
    await submit(code);
    await expect(refusal()).toContainText('This code has been used; AWS takes each code once.');
    await expect(refusal()).toContainText('Wait for the next code on your device, then type that one.');
    await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toHaveValue('');
    await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toBeFocused();
    await expect(mfa.getByText(/Next code in \d+ s|shows a new code now/)).toBeVisible();
    expect(rig.aws.calls.filter(({ action }) => action === 'GetSessionToken')).toHaveLength(before);
  });

  test('an MFA code meets a clock that is off, and the prompt says by how much', async () => {
    rig.aws.faults.clockOffsetSeconds = 1200;
    await submit('123456');
    await expect(refusal()).toContainText(/This computer’s clock is 1,(19|20)\d seconds behind AWS, which refuses such requests\./);
    await expect(refusal()).toContainText('Turn on automatic time in the system settings, then try again.');
  });

  test('an MFA code meets an STS that is down', async () => {
    rig.aws.faults.set('sts:GetSessionToken', { kind: 'unavailable' });
    await submit('123456');
    await expect(refusal()).toContainText('AWS STS failed with status 503.');
    await expect(refusal()).toContainText('Wait a minute, then try again, with the next code where one is asked for.');
  });

  test('an MFA code meets a limit of AWS', async () => {
    rig.aws.faults.set('sts:GetSessionToken', { kind: 'throttled' });
    await submit('123456');
    await expect(refusal()).toContainText('AWS is limiting the rate of requests from this account.');
    await expect(refusal()).toContainText('Wait a few seconds, then try again, with the next code where one is asked for.');
  });

  test('an MFA code meets a network that is gone', async () => {
    rig.aws.faults.set('sts:GetSessionToken', { kind: 'dropped' });
    await submit('123456');
    await expect(refusal()).toContainText('AWS STS could not be reached (ECONNRESET).');
    await expect(refusal()).toContainText('Check the network, VPN and proxy, then try again.');
  });

  test('an MFA code may be pasted with spaces, and is sent once at the sixth digit', async () => {
    const code = await rig.aws.nextTotpCode();
    const before = rig.aws.calls.filter(({ action }) => action === 'GetSessionToken').length;
    await rig.desktop.clipboard.writeText(` ${code.slice(0, 3)} ${code.slice(3)} `);
    await mfa.getByRole('textbox', { name: 'MFA code' }).focus();
    await rig.desktop.focus(await rig.desktop.waitForWindow('MFA code · STS Tray'));
    await rig.desktop.pressKey('ctrl+v');
    await expect.poll(() => app.openViews()).not.toContain('mfa');
    expect(rig.aws.calls.filter(({ action }) => action === 'GetSessionToken')).toHaveLength(before + 1);
  });
});

test.describe('an MFA device', () => {
  test.afterEach(async () => {
    rig.aws.alice.deny();
    await closeByButton(mfa, 'Cancel');
  });

  test('an MFA device that is a security key cannot be used, and the prompt says what to add', async () => {
    const devices = rig.aws.alice.mfaDevices.splice(0);
    rig.aws.alice.mfaDevices.push({ kind: 'security-key', serialNumber: 'arn:aws:iam::111111111111:u2f/user/alice/key' });
    await openPrompt();
    await expect(mfa.getByText('is a security key or passkey, and the AWS API doesn’t support those.')).toBeVisible();
    await expect(mfa.getByText('Add an authenticator app as a second MFA device in the IAM console, then try again.')).toBeVisible();
    rig.aws.alice.mfaDevices.splice(0, 1, ...devices);
  });

  test('an MFA device that may not be looked up is asked for once', async () => {
    rig.aws.alice.deny('iam:ListMFADevices');
    await openPrompt();
    await expect(mfa.getByText('This access key isn’t allowed to list its MFA devices (iam:ListMFADevices).')).toBeVisible();
    await mfa.getByRole('textbox', { name: 'ARN of the MFA device' }).fill(rig.aws.alice.mfaSerial);
    await mfa.getByRole('button', { name: 'Use this device' }).click();
    await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toBeVisible();
  });
});

test.describe('the AWS files', () => {
  test.afterEach(() => rig.configureAws());

  test('the AWS files are followed while the app runs: what is broken is told by line, and the rest still loads', async () => {
    await app.openPanel();
    const panel = await app.window('panel');
    const { credentials } = rig.awsFiles;
    await writeFile(
      credentials,
      '[default]\naws_access_key_id = AKIAEXAMPLE\nbroken line\n[other]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = invented\n',
    );
    await expect(
      panel.getByText('Line 3 of ~/.aws/credentials is neither a [section] nor “name = value”. Here it was left out; the AWS CLI refuses the whole file.'),
    ).toBeVisible();
    await expect(panel.getByText('Profile default has an access key ID but no secret access key.')).toBeVisible();
    await expect(panel.getByText('Add aws_secret_access_key below it, or run “aws configure --profile default”.')).toBeVisible();
    await expect(panel.getByRole('article', { name: 'other' })).toBeVisible();
    await expect(panel.getByText('invented')).toHaveCount(0);
  });

  test('the AWS files that are gone, empty or unreadable are told in one sentence each, with what to do', async () => {
    await app.openPanel();
    const panel = await app.window('panel');
    const { config, credentials } = rig.awsFiles;
    await rm(config);
    await rm(credentials);
    await panel.getByText('Already use the AWS CLI?').click();
    await expect(panel.getByText('There is no ~/.aws/credentials yet.')).toBeVisible();
    await expect(panel.getByText('Run “aws configure” with the access key of your IAM user; the panel updates automatically.')).toBeVisible();

    await writeFile(credentials, '\n');
    await expect(panel.getByText('~/.aws/credentials is empty.')).toBeVisible();

    // Root may read every file, so something that nobody can read as a file takes its place.
    await rm(credentials);
    await mkdir(credentials);
    await writeFile(config, '[profile other]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = invented\n');
    await expect(panel.getByText('~/.aws/credentials can’t be read (EISDIR).')).toBeVisible();
    await expect(panel.getByText('Give your own user the right to read it: chmod 600', { exact: false })).toBeVisible();
    await expect(panel.getByRole('article', { name: 'other' })).toBeVisible();
    await rm(credentials, { recursive: true });
  });

  test('the AWS files with a secret that does not fit give the reason in the prompt', async () => {
    await rig.configureAws({ profile: 'mistyped', secret: 'wrong' });
    const panel = await app.window('panel');
    await panel.getByRole('article', { name: 'mistyped' }).getByRole('button', { name: 'Start session' }).click();
    mfa = await app.window('mfa');
    await expect(mfa.getByText('The secret access key of profile mistyped does not match its access key ID.').first()).toBeVisible();
    await closeByButton(mfa, 'Cancel');
  });
});
