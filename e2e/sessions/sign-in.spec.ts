import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { leaksInArguments, leaksInFolder } from '../../testing/app/canaries.ts';
import { PersonInChromium } from '../../testing/app/person-in-chromium.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { bucketsIn } from '../../testing/aws/clients/buckets.ts';
import { nothingHappensFor } from '../../testing/processes/deadline.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';
import { writeCliConfig, type TerraformEnv } from '../../testing/terraform/cli-config.ts';

// Signing in with the browser: a real Chromium plays the person, and the real Terraform waits.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform', 'aws', 'chromium'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let person: PersonInChromium;
let env: TerraformEnv & Record<string, string>;

test.beforeAll(async () => {
  rig = await AppRig.start();
  person = await PersonInChromium.start(join(rig.home, 'browser'));
  const { alice, startUrl } = rig.aws;
  const entries = [
    `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`,
    '[profile dev]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = AdministratorAccess\nregion = us-east-1\n',
    '[profile stg]\nsso_session = corp\nsso_account_id = 222222222222\nsso_role_name = AdministratorAccess\nregion = us-east-1\n',
    `[profile sandbox]\nlogin_session = ${alice.arn}\nregion = us-east-1\n`,
  ];
  await writeFile(rig.awsFiles.config, entries.join('\n'), { mode: 0o600 });
  env = { ...writeCliConfig(rig.home), TF_IN_AUTOMATION: '1' };
  app = await rig.startApp({ env: { PATH: person.path(process.env['PATH']) } });
});
test.afterAll(async () => {
  await person.close();
  await rig.close();
});

/** Runs in the page: clicks a button the moment that it is there. */
function clicksAtOnce(label: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label);
      if (button === undefined) return;
      seen.disconnect();
      button.click();
      resolve();
    };
    const seen = new MutationObserver(look);
    seen.observe(document, { childList: true, subtree: true });
  });
}

const provider = (alias: string, profile: string, account: string) =>
  `provider "aws" {\n  alias = "${alias}"\n  profile = "${profile}"\n  region = "us-east-1"\n  s3_use_path_style = true\n  allowed_account_ids = ["${account}"]\n}\nresource "aws_s3_bucket" "${alias}" {\n  provider = aws.${alias}\n  bucket = "signed-in-${alias}"\n}\n`;

const terraform = (folder: string, profile: string, ...args: string[]) =>
  runStsTray(rig, ['exec', profile, '--', 'terraform', ...args, '-no-color'], { cwd: folder, env });

async function project(name: string, text: string): Promise<string> {
  const folder = join(rig.home, name);
  await mkdir(folder);
  await writeFile(join(folder, 'main.tf'), text);
  return folder;
}

test('terraform waits while a person signs in to the access portal, and deploys into two of its accounts after one page', async () => {
  test.slow();
  const folder = await project('portal', provider('dev', 'dev', '111111111111') + provider('stg', 'stg', '222222222222'));
  const ready = runStsTray(rig, ['exec', 'dev', '--', 'terraform', 'init', '-no-color'], { cwd: folder, env });
  const page = await person.answers('sato');
  await expect(page.getByRole('heading', { name: 'Back to STS Tray' })).toBeVisible();
  expect((await ready).exitCode).toBe(0);
  const planned = await terraform(folder, 'dev', 'plan');
  expect([planned.exitCode, planned.stdout]).toEqual([0, expect.stringContaining('2 to add')]);
  const applied = await terraform(folder, 'dev', 'apply', '-auto-approve');
  expect([applied.exitCode, applied.stdout]).toEqual([0, expect.stringContaining('Resources: 2 added')]);
  expect(await bucketsIn(rig.aws, 'a')).toContain('signed-in-dev');
  expect(await bucketsIn(rig.aws, 'b')).toContain('signed-in-stg');
  expect(await person.addresses()).toHaveLength(1);
});

test('a project that the provider cannot deploy with aws login alone is planned and applied through the app, after one sign-in', async () => {
  test.slow();
  const folder = await project('sandbox', provider('sandbox', 'sandbox', '111111111111'));
  expect((await terraform(folder, 'dev', 'init')).exitCode).toBe(0);
  const applied = terraform(folder, 'sandbox', 'apply', '-auto-approve');
  await expect.poll(() => app.openViews(), { timeout: 120_000 }).toContain('sign-in');
  const window = await app.window('sign-in');
  await expect(window.getByRole('heading', { name: 'Sign in to sandbox' })).toBeVisible();
  await expect(window.getByText('127.0.0.1')).toBeVisible();
  await person.answers(rig.aws.alice.arn);
  const { exitCode, stdout, stderr } = await applied;
  expect([exitCode, stderr, stdout]).toEqual([0, expect.anything(), expect.stringContaining('Resources: 1 added')]);
  await expect.poll(() => app.openViews()).not.toContain('sign-in');
});

test('the command line lists who is signed in and signs out, after which the panel offers to sign in again', async () => {
  const listed = await runStsTray(rig, ['sign-ins']);
  expect(listed.stdout).toMatch(/corp +yes/);
  expect(listed.stdout).toContain(rig.aws.alice.arn);
  expect((await runStsTray(rig, ['sign-out', 'corp'])).stdout).toContain('Signed out of corp');
  expect((await runStsTray(rig, ['status'])).stdout).not.toContain('222222222222');
  await runStsTray(rig, []);
  const panel = await app.window('panel');
  await expect(panel.getByText('Not signed in to corp')).toBeVisible();
  await panel.getByRole('button', { name: 'Sign in to corp' }).click();
  await person.answers('sato');
  await expect(panel.getByText('Signed in to corp', { exact: true }).first()).toBeVisible();
});

test('a person who declines is told so, and the program that waited too', async () => {
  await runStsTray(rig, ['sign-out', 'corp']);
  const asked = runStsTray(rig, ['login', 'dev']);
  await person.answers('sato', 'Deny');
  expect((await asked).stderr).toContain('You declined to sign in to corp');
  const window = await app.window('sign-in');
  await expect(window.getByText('You declined to sign in to corp in the browser.')).toBeVisible();
  await window.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => app.openViews()).not.toContain('sign-in');
});

test('a click that was meant for something else gives programs no other identity than before, and the person has the last word', async () => {
  await runStsTray(rig, ['sign-out', 'sandbox']);
  const asked = runStsTray(rig, ['login', 'sandbox']);
  const page = await person.opens();
  const window = await app.window('sign-in');
  const clicked = window.evaluate(clicksAtOnce, 'Continue as the new user');
  await person.chooses(page, rig.aws.bob.arn);
  await clicked;
  await expect(window.getByText('A different user signed in than before')).toBeVisible();
  // A click that had been taken would have closed the window by now.
  await nothingHappensFor(700);
  await window.getByRole('button', { name: 'Keep the previous user' }).click();
  const { exitCode, stderr } = await asked;
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(rig.aws.bob.arn)]);
  await window.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => app.openViews()).not.toContain('sign-in');
});

test('no token, code or secret of a sign-in is in a file of the app, a log, an argument list, a window or what the app printed', async () => {
  const secrets = rig.aws.secrets().filter((secret) => secret.length > 20);
  expect(secrets.length).toBeGreaterThan(10);
  const shown = await Promise.all(app.windows().map((window) => window.content()));
  expect([
    ...leaksInFolder(rig.dataFolder, secrets),
    ...leaksInArguments(secrets),
    ...leaksIn('output', app.output, secrets),
    ...shown.flatMap((text) => leaksIn('a window', text, secrets)),
  ]).toEqual([]);
});
