import { expect, test } from 'playwright/test';
import { awsClients, missingAwsClients, type AwsClient } from '../../testing/app/aws-clients.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login, renewEndedInPanel } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { typeCommand, type Printed } from '../../testing/app/typed-command.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';

// A terminal that asks the app for credentials works as long as the app runs, not only as long as a session lives.

test.describe.configure({ mode: 'serial' });

const missing = [
  ...['curl', 'xterm'].filter((program) => findProgram(program) === null),
  ...missingAwsClients(),
  ...missingPrograms().map(({ program }) => program),
];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let clients: readonly AwsClient[];

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { deployRoleArn } = rig.aws.accounts.b;
  await rig.configureAws({ config: `\n[profile deploy]\nrole_arn = ${deployRoleArn}\nsource_profile = default\nregion = us-east-1\n` });
  clients = await awsClients(rig.home);
  app = await rig.startApp();
});
test.afterAll(() => rig.close());

const renewable = 'default - 111111111111 - auto-renewing';
const renewableRole = 'deploy - 222222222222 - auto-renewing';
const fixed = /^default - 111111111111 - until \d\d:\d\d$/;

async function type(window: string | RegExp, command: string): Promise<Printed> {
  return (await typeCommand(rig, { window, folder: rig.home, command }))();
}

const identity = 'aws sts get-caller-identity --query Account --output text';
const account = (id: string) => ({ output: `${id}\n`, exitCode: 0 });

const callsOf = (action: string) => rig.aws.calls.filter((call) => call.action === action).length;
const promptGone = () => expect.poll(() => app.openViews()).not.toContain('mfa');

async function sessionRunsOut(): Promise<void> {
  await app.tray.waitFor('expired', async (tray) => (await tray.tooltip()).includes('default · 111111111111 · expired'), 30_000);
}

test('in a renewable terminal the AWS CLI, boto3 and the JavaScript SDK are in the account of its title', async () => {
  await login(rig, 'default');
  await app.tray.clickMenuItem(/^default · /, 'Open terminal');
  for (const { name, command } of clients) expect(await type(renewable, command.join(' ')), name).toEqual(account('111111111111'));
});

test('the environment of a renewable terminal holds no credentials, only the way to them', async () => {
  const { output } = await type(renewable, 'env');
  expect(output).toMatch(/^AWS_CONFIG_FILE=/m);
  expect(output).toMatch(/^AWS_PROFILE=default$/m);
  expect(output).not.toMatch(/^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)=/m);
  expect(leaksIn('the environment', output, rig.aws.secrets())).toEqual([]);
});

test('a renewable terminal for a role profile is in the role’s account', async () => {
  expect(await runStsTray(rig, ['terminal', 'deploy'])).toMatchObject({ stdout: 'Opened xterm.\n', exitCode: 0 });
  for (const { name, command } of clients) expect(await type(renewableRole, command.join(' ')), name).toEqual(account('222222222222'));
});

test('a terminal that was opened before the session ran out works again after Renew, with no prompt of its own', async () => {
  rig.aws.sessionLifetimeOverrideSeconds = 20;
  await app.tray.clickMenuItem(/^default · /, 'Renew…');
  await rig.submitCode(await app.window('mfa'));
  await promptGone();
  const panel = await openPanel();
  await panel.getByRole('article', { name: 'default' }).getByRole('button', { name: 'More actions' }).click();
  await panel.getByRole('menuitem', { name: 'Open terminal with fixed keys' }).click();
  expect(await type(fixed, identity)).toEqual(account('111111111111'));
  await sessionRunsOut();

  rig.aws.sessionLifetimeOverrideSeconds = null;
  const prompts = app.timesOpened('mfa');
  await renewEndedInPanel(panel, 'default');
  await rig.submitCode(await app.window('mfa'));
  await promptGone();
  expect(await type(renewable, identity)).toEqual(account('111111111111'));
  expect(await type(renewableRole, identity)).toEqual(account('222222222222'));
  expect(app.timesOpened('mfa')).toBe(prompts + 1);

  const dead = await type(fixed, identity);
  expect(dead.output).toContain('expired');
  expect(dead.exitCode).not.toBe(0);
});

test('in a terminal whose session has run out a program opens the prompt by itself, and goes on after the code', async () => {
  rig.aws.sessionLifetimeOverrideSeconds = 8;
  await app.tray.clickMenuItem(/^default · /, 'Renew…');
  await rig.submitCode(await app.window('mfa'));
  await promptGone();
  await sessionRunsOut();
  rig.aws.sessionLifetimeOverrideSeconds = null;
  const [calls, prompts] = [callsOf('GetSessionToken'), app.timesOpened('mfa')];

  const answer = await typeCommand(rig, { window: renewable, folder: rig.home, command: identity });
  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('listitem')).toContainText('aws sts');
  await rig.submitCode(mfa);
  expect(await answer()).toEqual(account('111111111111'));
  expect(callsOf('GetSessionToken')).toBe(calls + 1);
  expect(app.timesOpened('mfa')).toBe(prompts + 1);
});

test('a renewable terminal goes on working after the app was quit and started again', async () => {
  await app.quit('Quit');
  app = await rig.startApp();
  await login(rig, 'default');
  expect(await type(renewable, identity)).toEqual(account('111111111111'));
});

async function openPanel() {
  await app.openPanel();
  return app.window('panel');
}
