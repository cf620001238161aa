import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { initialise } from '../../testing/terraform/initialised.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// A project that was applied through the app and has not been destroyed.

test.describe.configure({ mode: 'serial' });

const missing = [...['terraform'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

type Kept = { projects: Record<string, { remindAfterHours: number | null; deployed: { at: number; accountIds: string[] } | null }> };

let rig: AppRig;
let app: RunningApp;
let folder: string;

test.beforeAll(async () => {
  rig = await AppRig.start();
  folder = join(rig.home, 'network');
  await mkdir(folder);
  const { accountId, deployRoleArn } = rig.aws.accounts.b;
  writeMainTf(folder, { roleArn: deployRoleArn, expectedAccountId: accountId, bucketName: 'network' });
  app = await rig.startApp({ args: [] });
  await login(rig, 'default');
  await initialise(folder, writeCliConfig(rig.home));
});
test.afterAll(() => rig.close());

const terraform = (...args: readonly string[]) =>
  runStsTray(rig, ['exec', 'default', '--', 'terraform', ...args, '-no-color'], { cwd: folder, env: writeCliConfig(rig.home) });
const settingsFile = () => join(rig.dataFolder, 'settings.json');
const kept = async () => (JSON.parse(await readFile(settingsFile(), 'utf8')) as Kept).projects[folder];
const isReminder = ({ summary }: { readonly summary: string }) => summary === 'network is still deployed';
const reminders = () => rig.desktop.notifications.received().filter(isReminder);
const card = async () => (await app.window('panel')).getByRole('article', { name: 'network' });

test('an apply is remembered with its account, and shown with the project', async () => {
  expect(await terraform('apply', '-auto-approve')).toMatchObject({ exitCode: 0 });
  await expect(await card()).toContainText('still deployed');
  await expect(await card()).toContainText('not destroyed yet');
  await expect.poll(async () => (await kept())?.deployed?.accountIds).toEqual(['222222222222']);
});

test('by choice a notification reminds of account and folder, so many hours after an apply', async () => {
  await (await card()).getByRole('combobox', { name: 'Remind me to destroy' }).selectOption('1');
  await expect.poll(async () => (await kept())?.remindAfterHours).toBe(1);
  expect(reminders()).toEqual([]);

  await app.quit('Quit');
  const settings = JSON.parse(await readFile(settingsFile(), 'utf8')) as Kept;
  const project = settings.projects[folder];
  if (!project?.deployed) throw new Error('nothing is deployed');
  // Three seconds less than an hour ago.
  project.deployed.at = Date.now() - 3_600_000 + 3_000;
  await writeFile(settingsFile(), JSON.stringify(settings));
  app = await rig.startApp();
  const shown = await rig.desktop.notifications.waitFor(isReminder);
  expect(shown.body).toContain('222222222222');
  expect(shown.body).toContain(folder.replace(rig.home, '~'));
  // A click opens the project; the next reminder comes tomorrow.
  rig.desktop.notifications.invoke(shown.id);
  await expect(await card()).toContainText('still deployed');
  expect(reminders()).toHaveLength(1);
});

test('after a destroy that took everything away there is nothing to remind of', async () => {
  await login(rig, 'default');
  expect(await terraform('destroy', '-auto-approve')).toMatchObject({ exitCode: 0 });
  await expect(await card()).not.toContainText('still deployed');
  await expect.poll(async () => (await kept())?.deployed).toBeNull();
});
