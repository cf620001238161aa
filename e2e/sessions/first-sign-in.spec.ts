import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { PersonInChromium } from '../../testing/app/person-in-chromium.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';

// From no AWS files at all to a session, with the browser: a real Chromium plays the person.

const missing = [...(findProgram('chromium') === null ? ['chromium'] : []), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let person: PersonInChromium;

test.beforeEach(async () => {
  rig = await AppRig.start();
  await Promise.all(Object.values(rig.awsFiles).map((file) => rm(file)));
  person = await PersonInChromium.start(join(rig.home, 'browser'));
  app = await rig.startApp({ args: [], env: { PATH: person.path(process.env['PATH']) } });
});
test.afterEach(async () => {
  await person.close();
  await rig.close();
});

const step = async (name: string | RegExp) =>
  (await app.window('panel')).getByRole('list', { name: 'First steps' }).getByRole('listitem').filter({ hasText: name });

test('the first run signs in to an AWS account with the browser by keyboard alone, writes its profile and starts its session', async () => {
  const panel = await app.window('panel');
  await expect(panel.getByRole('button', { name: 'Sign in with the browser' })).toBeFocused();
  await panel.keyboard.press('Enter');
  await expect(await step('Where you sign in')).toHaveAttribute('aria-current', 'step');
  await expect(await step('Access key')).toHaveCount(0);
  await expect(await step('MFA device')).toHaveCount(0);
  await expect(panel.getByRole('radio', { name: 'AWS account' })).toBeFocused();
  await panel.keyboard.press('Tab');
  await panel.keyboard.press('Control+A');
  await panel.keyboard.type('sandbox');
  await panel.keyboard.press('Enter');
  const window = await app.window('sign-in');
  await expect(window.getByRole('heading', { name: 'Sign in to sandbox' })).toBeVisible();
  await expect(await step(/Sign in$/)).toHaveAttribute('aria-current', 'step');
  await person.answers(rig.aws.alice.arn);
  await expect(panel.getByRole('article', { name: 'sandbox' }).getByRole('timer')).toBeVisible();
  await expect(panel.getByRole('list', { name: 'First steps' })).toHaveCount(0);
  expect(await readFile(rig.awsFiles.config, 'utf8')).toBe(`[profile sandbox]\nlogin_session = ${rig.aws.alice.arn}\nregion = us-east-1\n`);
  expect(await person.addresses()).toHaveLength(1);
});

test('the first run signs in to an access portal, whose entry is there from then on, and says what an address lacks', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Sign in with the browser' }).click();
  await panel.getByRole('radio', { name: 'Access portal' }).click();
  await panel.getByRole('textbox', { name: 'Start URL' }).fill('example');
  await panel.getByRole('button', { name: 'Open the browser' }).click();
  await expect(panel.getByRole('alert').filter({ hasText: 'This isn’t a start URL' })).toBeVisible();
  await panel.getByRole('textbox', { name: 'Start URL' }).fill(rig.aws.startUrl);
  await panel.getByRole('textbox', { name: 'Name' }).fill('corp');
  await panel.getByRole('button', { name: 'Open the browser' }).click();
  await person.answers('sato');
  await expect(panel.getByText('Signed in to corp', { exact: true }).first()).toBeVisible();
  await expect(await step('First session')).toHaveAttribute('aria-current', 'step');
  expect(await readFile(rig.awsFiles.config, 'utf8')).toContain(`[sso-session corp]\nsso_start_url = ${rig.aws.startUrl}\n`);
});

test('a sign-in of root shows red in the panel, and its session waits for a person who confirms root', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Sign in with the browser' }).click();
  await panel.getByRole('button', { name: 'Open the browser' }).click();
  await person.answers('arn:aws:iam::111111111111:root');
  const question = await app.window('question');
  await expect(question.getByRole('heading', { name: 'Give programs root access?' })).toBeVisible();
  await expect(question.getByText('Root', { exact: true })).toBeVisible();
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  // It takes no click in its first half second.
  await expect(async () => {
    await question.getByRole('button', { name: 'Give root access' }).click({ timeout: 1_000 });
    await expect.poll(() => app.openViews(), { timeout: 1_000 }).not.toContain('question');
  }).toPass();
  const card = panel.getByRole('article', { name: 'default' });
  await expect(card.getByRole('timer')).toBeVisible();
  await expect(card.getByText('Root', { exact: true })).toBeVisible();
});
