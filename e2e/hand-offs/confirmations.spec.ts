import { spawn } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { answerQuestion } from '../../testing/app/answer-question.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { closeByEscape, type RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram, type Ran } from '../../testing/processes/run-program.ts';

// A program of the same user asks for what cannot be taken back. Only a person, in the app's window, lets it.

test.describe.configure({ mode: 'serial' });

const missing = [...['curl', 'ss'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  await rig.configureAws({ config: `\n[profile deploy]\nrole_arn = ${rig.aws.accounts.b.deployRoleArn}\nsource_profile = default\n` });
  app = await rig.startApp({ args: [] });
  await login(rig, 'default');
});
test.afterAll(() => rig.close());

function post(name: string, fields: object, ...more: readonly string[]): Promise<Ran> {
  const request = ['--header', 'content-type: application/json', '--data', JSON.stringify(fields), `http://localhost/v1/${name}`];
  const args = ['-q', '--silent', '--unix-socket', join(rig.dataFolder, 'run', 'api.sock'), ...more, ...request];
  return runProgram('curl', args, { env: rig.env });
}

const changes = () => rig.aws.calls.map(({ action }) => action).filter((action) => /^(Create|Update|Delete)AccessKey$|^(Put|Delete)UserPolicy$/.test(action));

test('curl that rotates and deletes a key, revokes or binds without a person waits in vain, and nothing is changed', async () => {
  const before = await readFile(rig.awsFiles.credentials, 'utf8');
  for (const [name, fields] of [
    ['rotate', { profile: 'default' }],
    ['delete-old-key', { profile: 'default' }],
    ['revoke', { profile: 'default' }],
    ['bind', { profile: 'default', folder: '/home/alice/network', workspace: 'default', accountIds: ['333333333333'] }],
    ['console', { profile: 'deploy', addressOnly: true }],
  ] as const) {
    const { stdout } = await post(name, fields, '--max-time', '2');
    expect(stdout).not.toContain('signin');
    if (stdout !== '') expect(stdout).toContain('"code":"rotation-none"');
  }
  expect(changes()).toEqual([]);
  expect(await readFile(rig.awsFiles.credentials, 'utf8')).toBe(before);
  const { projects } = JSON.parse(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8')) as { projects: unknown };
  expect(projects).toEqual({});
  // Whoever asked has gone, and with it the question.
  await expect.poll(() => app.openViews().includes('question')).toBe(false);
});

test('the window says what would be done and who asks, has the focus on Cancel, and Escape refuses', async () => {
  const asked = post('rotate', { profile: 'default', pid: process.pid });
  await expect.poll(() => app.openViews().includes('question')).toBe(true);
  const question = await app.window('question');
  await expect(question.getByRole('heading', { name: 'Replace this access key?' })).toBeVisible();
  await expect(question.getByRole('main')).toContainText(`${rig.aws.alice.accessKeyId} is deactivated and replaced by a new key.`);
  await expect(question.getByRole('main')).toContainText('Profile default');
  await expect(question.getByRole('main')).toContainText(`PID ${process.pid}`);
  await expect(question.getByRole('main')).not.toContainText('unverified');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect([...(await flawsOf(question)), ...(await accessibilityFlaws(question))]).toEqual([]);
  await closeByEscape(question);
  expect((await asked).stdout).toContain('"code":"action-refused"');
  expect(changes()).toEqual([]);
});

test('a process that claims to be another one is shown as unverified, with what is really connected, in the question and in the history', async () => {
  const other = spawn('sleep', ['600']);
  const claimed = { profile: 'default', pid: other.pid };
  try {
    const asked = post('rotate', claimed);
    await expect.poll(() => app.openViews().includes('question')).toBe(true);
    const question = await app.window('question');
    await expect(question.getByRole('main')).toContainText(`sleep PID ${other.pid}`);
    await expect(question.getByRole('main')).toContainText(/unverified: curl \(PID \d+\) is connected/);
    await answerQuestion(app, 'Cancel');
    await asked;
    await post('hand-off', { ...claimed, credentials: 'static', program: { command: 'terraform plan', folder: '/home/alice/infra' } });
    const { stdout } = await runStsTray(rig, ['history', 'default']);
    expect(stdout).toMatch(new RegExp(`exec: terraform plan \\(process ${other.pid}, /home/alice/infra, unverified: curl, process \\d+, was connected\\)`));
  } finally {
    other.kill();
  }
});

test('in production the button works only once the name of the account is typed', async () => {
  const panel = await app.window('panel');
  await panel.evaluate(() => window.stsTray.setAccount({ accountId: '111111111111', name: 'prod-eu', color: null, production: true }));
  const asked = post('rotate', { profile: 'default' });
  await expect.poll(() => app.openViews().includes('question')).toBe(true);
  const question = await app.window('question');
  await expect(question.getByRole('button', { name: 'Replace key' })).toBeDisabled();
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await answerQuestion(app, 'Replace key', { typed: 'prod-eu' });
  expect((await asked).stdout).toContain('"rotation":');
  expect(changes()).toEqual(['CreateAccessKey', 'UpdateAccessKey']);
});

test('where the user wants it, a program is asked for before it gets the session, and then no more', async () => {
  const panel = await app.window('panel');
  await panel.evaluate(() => window.stsTray.setAccount({ accountId: '111111111111', production: false }));
  await app.tray.clickMenuItem('Settings…');
  const settingsWindow = await app.window('settings');
  await settingsWindow.evaluate(() => window.stsTray.changeSettings({ askPrograms: true }));
  const get = () => {
    const args = ['-q', '--silent', '--unix-socket', join(rig.dataFolder, 'run', 'api.sock'), 'http://localhost/v1/credential-process?profile=default'];
    return runProgram('curl', args, { env: rig.env });
  };
  const refused = get();
  await answerQuestion(app, 'Refuse');
  expect((await refused).stdout).toContain('"code":"program-refused"');
  const allowed = get();
  await answerQuestion(app, 'Allow');
  expect((await allowed).stdout).toContain('SecretAccessKey');
  expect((await get()).stdout).toContain('SecretAccessKey');
  const settings = JSON.parse(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8')) as { knownPrograms: string[] };
  expect(settings.knownPrograms).toContain(await realpath(findProgram('curl') ?? ''));
});
