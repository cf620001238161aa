import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { SessionStatus } from '../../src-main/contract/local-api.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { nothingHappensFor } from '../../testing/processes/deadline.ts';
import { isRunning } from '../../testing/processes/is-running.ts';
import { heldSessions, login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';

// What of the desktop can go wrong while the app runs.

let rig: AppRig;
test.afterEach(() => rig.close());

test('a notification server that hangs keeps nobody waiting, and one that works again is told of the next session', async () => {
  rig = await AppRig.start();
  const { notifications } = rig.desktop;
  const app = await rig.startApp();
  rig.aws.sessionLifetimeOverrideSeconds = 4;
  notifications.hangs = true;
  await login(rig, 'default');
  await expect.poll(() => notifications.timesLeft, { timeout: 20_000 }).toBeGreaterThan(0);
  for (let time = 0; time < 40; time++) {
    const asked = performance.now();
    await heldSessions(rig);
    expect(performance.now() - asked).toBeLessThan(3000);
    await nothingHappensFor(100);
  }
  notifications.hangs = false;
  await login(rig, 'default');
  await notifications.waitFor(({ summary }) => summary === 'default: session has expired', 20_000);
  await app.close();
});

test('an app whose display is lost ends, and the next start has its session, its settings and its history again', async () => {
  rig = await AppRig.start({ desktop: { keyring: 'unlocked' } });
  const app = await rig.startApp();
  await login(rig, 'default');
  const before = await heldSessions(rig);
  await app.openPanel();
  await app.window('panel');
  await expect.poll(() => existsSync(join(rig.dataFolder, 'vault', 'sessions'))).toBe(true);
  const history = async () => (await runStsTray(rig, ['history', '--json'])).stdout;
  const told = await history();
  expect(told).toContain('111111111111');
  const settings = await readFile(join(rig.dataFolder, 'settings.json'), 'utf8');

  const { pid } = app;
  await rig.desktop.loseDisplay();
  await expect.poll(() => isRunning(pid)).toBe(false);
  await rig.desktop.regainDisplay();
  await rig.startApp();
  await expect.poll(async () => (await heldSessions(rig)).map(withoutTime)).toEqual(before.map(withoutTime));
  expect(rig.aws.calls.filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);
  expect(await history()).toBe(told);
  expect(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8')).toBe(settings);
});

test('an app whose session bus ends has its session again at the next start, whose log says how it ended', async () => {
  rig = await AppRig.start({ desktop: { keyring: 'unlocked' } });
  const app = await rig.startApp();
  await login(rig, 'default');
  const before = await heldSessions(rig);
  await expect.poll(() => existsSync(join(rig.dataFolder, 'vault', 'sessions'))).toBe(true);
  const { pid } = app;
  await rig.desktop.loseSessionBus();
  // Whichever is first: Chromium ends the process when its connection to the bus does, GIO asks it to with SIGTERM.
  await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  const said = (await logLines()).some((line) => line.includes(' quitting'));
  await rig.startApp({ env: await rig.desktop.regainSessionBus() });
  await expect.poll(async () => (await heldSessions(rig)).map(withoutTime)).toEqual(before.map(withoutTime));
  expect(rig.aws.calls.filter(({ action }) => action === 'GetSessionToken')).toHaveLength(1);
  expect(await endsOfRunsBefore()).toEqual([undefined, said ? 'quit' : 'cut-off']);
});

test('the log says of an app that was killed that it was cut off, and of one that quit that it quit', async () => {
  rig = await AppRig.start();
  const { pid } = await rig.startApp();
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isRunning(pid)).toBe(false);
  await (await rig.startApp()).close();
  await rig.startApp();
  await expect.poll(endsOfRunsBefore).toEqual([undefined, 'cut-off', 'quit']);
});

test('an app that waits for a file which never answers can be quit all the same', async () => {
  rig = await AppRig.start();
  const autostart = join(rig.home, '.config', 'autostart');
  await mkdir(autostart, { recursive: true });
  execFileSync('mkfifo', [join(autostart, 'sts-tray.desktop')]);
  const app = await rig.startApp({ env: { XDG_CONFIG_HOME: join(rig.home, '.config') } });
  const { pid } = app;
  await heldSessions(rig);
  await app.quit('Quit');
  await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
});

/** How each run whose start the log tells of found the one before it. */
const endsOfRunsBefore = async () => (await logLines()).filter((line) => line.includes(' started ')).map((line) => / before=(\S+)/.exec(line)?.[1]);

const logLines = async () => (await readFile(join(rig.dataFolder, 'logs', 'main.log'), 'utf8')).split('\n');

/** The name of the account comes a moment after the session, and may be lost with what ends then. */
const withoutTime = ({ secondsLeft: _secondsLeft, accountAlias: _accountAlias, ...rest }: SessionStatus) => rest;
