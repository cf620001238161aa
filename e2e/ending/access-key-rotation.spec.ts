import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { leaksInFolder } from '../../testing/app/canaries.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram } from '../../testing/processes/run-program.ts';
import { runConfirmed } from '../../testing/app/answer-question.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The access key that everything begins with: how old it is, and how a new one takes its place.

test.describe.configure({ mode: 'serial' });

const missing = [...['aws'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

type Keys = {
  readonly keys: readonly { readonly accessKeyId: string; readonly active: boolean; readonly current: boolean }[];
  readonly rotation: { readonly done: string } | null;
};

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start({ aws: { accessKeyAgeDays: 412 } });
  app = await rig.startApp({ args: [] });
});
test.afterAll(() => rig.close());

const credentialsFile = () => readFile(rig.awsFiles.credentials, 'utf8');
const keys = async () => JSON.parse((await runStsTray(rig, ['keys', 'default', '--json'])).stdout) as Keys;
const identity = () => runProgram('aws', ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'], { env: { ...rig.env, AWS_PROFILE: 'default' } });

test('a key that is older than the settings allow is told of, in the panel and on the command line', async () => {
  await login(rig, 'default');
  const panel = await app.window('panel');
  const card = panel.getByRole('article', { name: 'default' });
  await expect(card).toContainText('The access key is 412 days old.');
  const { stdout } = await runStsTray(rig, ['keys', 'default']);
  expect(stdout).toMatch(/AKIA\w{16} +active, in use here +412 d/);
  await panel.getByRole('button', { name: 'Settings' }).click();
  const settings = await app.window('settings');
  const field = settings.getByRole('textbox', { name: /Warn about access keys older than/ });
  await field.fill('0');
  await field.press('Enter');
  await expect(card).not.toContainText('days old');
  await field.fill('90');
  await field.press('Enter');
  await expect(card).toContainText('The access key is 412 days old.');
});

test('a rotation that is cut off after AWS made the key goes on, and only the key’s own lines change', async () => {
  const before = await credentialsFile();
  const file = `# of the team\n${before.replace('[default]\n', '[default]\n# mine\n')}\n[other]\nregion = eu-west-1\n`;
  await writeFile(rig.awsFiles.credentials, file);
  const { accessKeyId: oldId, secretAccessKey: oldSecret } = rig.aws.alice;
  rig.aws.faults.setOnce('iam:CreateAccessKey', { kind: 'answer-dropped' });
  const cut = await runConfirmed(rig, app, ['rotate', 'default'], 'Replace key');
  expect(cut.exitCode).toBe(1);
  expect(await credentialsFile()).toBe(file);
  expect(await identity()).toMatchObject({ exitCode: 0 });
  expect((await keys()).keys).toHaveLength(2);

  const { exitCode, stderr } = await runConfirmed(rig, app, ['rotate', 'default'], 'Replace key');
  expect(stderr).toContain(`The old key ${oldId} is inactive.`);
  expect(exitCode).toBe(0);
  const { keys: now, rotation } = await keys();
  const current = now.find((key) => key.current);
  expect(now.filter(({ active }) => active)).toHaveLength(1);
  expect(now).toHaveLength(2);
  expect(current?.active).toBe(true);
  expect(rotation?.done).toBe('deactivated');
  const written = await credentialsFile();
  expect(written.replace(current?.accessKeyId ?? '', oldId).replace(/(aws_secret_access_key\s*=\s*).*/, `$1${oldSecret}`)).toBe(file);
  expect(await identity()).toMatchObject({ stdout: 'arn:aws:iam::111111111111:user/alice\n', exitCode: 0 });
});

test('the session from before a rotation goes on, and the card has nothing to warn of any more', async () => {
  expect((await runStsTray(rig, ['status', '--json'])).stdout).toContain('"profile": "default"');
  await expect((await app.window('panel')).getByRole('article', { name: 'default' })).not.toContainText('days old');
});

test('the old key is deleted once a person confirms it in the app’s window, and not before', async () => {
  const { stderr, exitCode } = await runConfirmed(rig, app, ['rotate', 'default', '--delete-old'], 'Cancel');
  expect(stderr).toContain('Confirm it in the window of STS Tray');
  expect(stderr).toContain('Nothing was done: it was refused in the window of STS Tray.');
  expect(exitCode).toBe(4);
  expect((await keys()).keys).toHaveLength(2);
  await runConfirmed(rig, app, ['rotate', 'default', '--delete-old'], 'Delete key');
  expect(await keys()).toMatchObject({ keys: [{ active: true, current: true }], rotation: null });
});

test('in the panel a refused step of a rotation is told, and the next click goes on to the end', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('article', { name: 'default' }).getByRole('button', { name: 'More actions' }).click();
  await panel.getByRole('menuitem', { name: 'Access keys…' }).click();
  const sheet = panel.getByRole('dialog', { name: 'Access keys of default' });
  rig.aws.alice.withhold('iam:UpdateAccessKey');
  await sheet.getByRole('button', { name: 'Rotate…' }).click();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  expect((await keys()).keys).toHaveLength(1);
  await expect(sheet.getByRole('button', { name: 'Rotate…' })).toBeFocused();
  await sheet.getByRole('button', { name: 'Rotate…' }).click();
  await sheet.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(sheet).toContainText('iam:UpdateAccessKey');
  expect([...(await flawsOf(panel)), ...(await accessibilityFlaws(panel))]).toEqual([]);
  expect(await identity()).toMatchObject({ exitCode: 0 });
  rig.aws.alice.withhold();
  await sheet.getByRole('button', { name: 'Continue' }).click();
  await sheet.getByRole('button', { name: 'Delete the old key' }).click();
  await sheet.getByRole('button', { name: 'Delete the old key' }).click();
  await expect(sheet.getByRole('button', { name: 'Rotate…' })).toBeVisible();
  await expect(sheet.getByRole('status').filter({ hasText: 'Deleted the old access key' })).toBeVisible();
  // The button that had the focus is gone, and the keyboard is still in the sheet.
  expect(await sheet.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  expect((await keys()).keys).toHaveLength(1);
});

test('a second key that somebody made stands in the way, and is named', async () => {
  const made = JSON.parse(
    (await runProgram('aws', ['iam', 'create-access-key', '--user-name', 'alice', '--output', 'json'], { env: { ...rig.env, AWS_PROFILE: 'default' } })).stdout,
  ) as { AccessKey: { AccessKeyId: string } };
  const { exitCode, stderr } = await runConfirmed(rig, app, ['rotate', 'default'], 'Replace key');
  expect(stderr).toContain('has two access keys already');
  expect(stderr).toContain(`delete it in the IAM console, then rotate again`);
  expect(stderr).toContain(made.AccessKey.AccessKeyId);
  expect(exitCode).toBe(1);
});

test('no secret of any key is in the app’s files or in the ledger', async () => {
  expect(leaksInFolder(rig.dataFolder, rig.aws.secrets())).toEqual([]);
  const ledger = await readFile(join(rig.dataFolder, 'ledger.jsonl'), 'utf8');
  for (const change of ['created', 'put-in-place', 'deactivated', 'deleted']) expect(ledger).toContain(`"change":"${change}"`);
});
