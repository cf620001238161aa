import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { FakeBrowser } from '../../testing/app/fake-browser.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runConfirmed } from '../../testing/app/answer-question.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The AWS console, opened as a role session.

test.describe.configure({ mode: 'serial' });

const missing = [...['curl'].filter((program) => findProgram(program) === null), ...missingPrograms().map(({ program }) => program)];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let rig: AppRig;
let app: RunningApp;
let browser: FakeBrowser;

test.beforeAll(async () => {
  rig = await AppRig.start();
  const { deployRoleArn } = rig.aws.accounts.b;
  const role = (name: string, seconds: number) =>
    `\n[profile ${name}]\nrole_arn = ${deployRoleArn}\nsource_profile = default\nregion = eu-central-1\nduration_seconds = ${seconds}\n`;
  await rig.configureAws({ config: role('deploy', 3600) + role('deploy-long', 14_400) });
  browser = await FakeBrowser.install(join(rig.home, 'bin'));
  app = await rig.startApp({ args: [], env: { PATH: browser.path(rig.env['PATH']) } });
  await login(rig, 'default');
});
test.afterAll(() => rig.close());

const signedIn = async (count: number) => {
  await expect.poll(() => rig.aws.signIns.length).toBe(count);
  return rig.aws.signIns.at(-1);
};

test('the console opened from the panel is in the role’s account, and the browser’s command line has no secret', async () => {
  await runStsTray(rig, ['login', 'deploy']);
  const panel = await app.window('panel');
  await panel.getByRole('article', { name: 'deploy', exact: true }).getByRole('button', { name: 'More actions' }).click();
  await panel.getByRole('menuitem', { name: 'Open AWS console' }).click();
  expect(await signedIn(1)).toMatchObject({
    accountId: '222222222222',
    roleArn: rig.aws.accounts.b.deployRoleArn,
    destination: 'https://console.aws.amazon.com/console/home?region=eu-central-1',
  });
  await expect(panel.getByRole('status')).toContainText('Opening the AWS console in your browser.');
  const [address] = await browser.opened();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
  for (const token of rig.aws.signinTokens()) expect(address?.includes(token)).toBe(false);
  // The address worked only once, and its port is closed.
  await expect(fetch(address ?? '')).rejects.toThrow();
});

test('the command line opens the console at a service, or prints the address alone', async () => {
  expect(await runConfirmed(rig, app, ['console', 'deploy', '--service', 's3'], 'Open console')).toMatchObject({
    stdout: 'The browser opens the AWS console.\n',
    exitCode: 0,
  });
  expect(await signedIn(2)).toMatchObject({ destination: 'https://console.aws.amazon.com/s3/home?region=eu-central-1' });
  const { stdout } = await runConfirmed(rig, app, ['console', 'deploy', '--url'], 'Give out address');
  const url = new URL(stdout.trim());
  expect(url.searchParams.get('Action')).toBe('login');
  expect(await browser.opened()).toHaveLength(2);
});

test('a role session straight from the access key may stay in the console for as long as it lasts', async () => {
  const code = await rig.aws.nextTotpCode();
  await runStsTray(rig, ['login', 'deploy-long', '--duration', '4h', '--code-stdin'], { input: `${code}\n` });
  await runConfirmed(rig, app, ['console', 'deploy-long'], 'Open console');
  const { durationSeconds = 0 } = (await signedIn(3)) ?? {};
  expect(durationSeconds).toBeGreaterThan(14_300);
  expect(durationSeconds).toBeLessThanOrEqual(14_400);
});

test('a session of a user is told why AWS does not let it into the console, and which roles there are', async () => {
  const { exitCode, stderr } = await runStsTray(rig, ['console', 'default']);
  expect(stderr).toContain('AWS lets only role sessions into its console');
  expect(stderr).toContain('deploy, deploy-long');
  expect(exitCode).toBe(1);
});

test('that the console was opened is in the ledger', async () => {
  const { stdout } = await runStsTray(rig, ['history', 'deploy', '--json']);
  expect(stdout).toContain('"way": "console"');
  for (const token of rig.aws.signinTokens()) expect(stdout.includes(token)).toBe(false);
});

test('without a browser a sentence says that none could be opened', async () => {
  await app.quit('Quit');
  app = await rig.startApp({ env: { PATH: join(rig.home, 'no-programs') } });
  await login(rig, 'default');
  const { exitCode, stderr } = await runConfirmed(rig, app, ['console', 'deploy'], 'Open console');
  expect(stderr).toContain('No browser could be opened');
  expect(exitCode).toBe(1);
});
