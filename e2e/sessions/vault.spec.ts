import { existsSync, statSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { SessionStatus } from '../../src-main/contract/local-api.ts';
import { poll, timePasses } from '../../testing/processes/deadline.ts';
import { isRunning } from '../../testing/processes/is-running.ts';
import { leaksInFolder } from '../../testing/app/canaries.ts';
import type { DesktopOptions } from '../../testing/desktop/desktop.ts';
import { lockKeyring, unlockKeyring } from '../../testing/desktop/bus/keyring.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// What remains after the app has ended, and what never reaches the disk: with a keychain, with a locked one, with none.

let rig: AppRig;
let app: RunningApp;

function onDesktopWith(keyring: NonNullable<DesktopOptions['keyring']>): void {
  test.beforeAll(async () => {
    rig = await AppRig.start({ desktop: { keyring } });
  });
  test.afterAll(() => rig.close());
  test.beforeEach(async () => {
    rig.aws.forgetUsedCodes();
    app = await rig.startApp();
  });
  test.afterEach(async () => {
    await app.close();
    await rm(rig.dataFolder, { recursive: true, force: true });
  });
}

const vaultFolder = () => join(rig.dataFolder, 'vault');
const sessionsFile = () => join(vaultFolder(), 'sessions');
const issuedSessions = () => rig.aws.calls.filter(({ action }) => action === 'GetSessionToken').length;

/** The sessions as `sts-tray status --json` prints them, without what changes every second. */
async function sessions(): Promise<Omit<SessionStatus, 'secondsLeft'>[]> {
  // The app has started once its icon is there; it listens a moment after that.
  const { stdout } = await poll(15_000, 'sts-tray status failed', async () => {
    const ran = await runStsTray(rig, ['status', '--json']);
    return ran.exitCode === 0 ? ran : undefined;
  });
  return (JSON.parse(stdout) as SessionStatus[]).map(({ secondsLeft, ...rest }) => {
    expect(secondsLeft).toBeGreaterThan(0);
    return rest;
  });
}

async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const { pid } = app;
  process.kill(pid, signal);
  await expect.poll(() => isRunning(pid)).toBe(false);
}

async function panel() {
  await app.openPanel();
  return app.window('panel');
}

async function expectNoSession(): Promise<void> {
  await app.tray.waitFor('the profile', async (tray) => (await tray.menu()).some(({ label }) => label === 'default · no session'));
  expect(await app.tray.tooltip()).toBe('STS Tray: no session');
  expect(await sessions()).toEqual([]);
}

test.describe('with the keychain unlocked', () => {
  onDesktopWith('unlocked');

  test('an app that was killed has its session again after a start, without a prompt and without AWS', async () => {
    await login(rig, 'default');
    const before = await sessions();
    expect(before).toMatchObject([{ profile: 'default', accountId: '111111111111', accountAlias: 'example-dev' }]);
    await expect.poll(() => existsSync(sessionsFile())).toBe(true);
    const issued = issuedSessions();

    await end('SIGKILL');
    app = await rig.startApp();
    await app.tray.waitFor('the session', async (tray) => /^default · 111111111111 · (8 h|7 h 59 min) left$/.test(await tray.tooltip()));
    await expect.poll(sessions).toEqual(before);
    const card = (await panel()).getByRole('article', { name: 'default' });
    await expect(card).toContainText('111111111111');
    await expect(card.getByRole('timer')).toHaveText(/^(8\s?h|7\s?h 59\s?min)$/);
    expect(app.openViews()).toEqual(['panel']);
    expect(issuedSessions()).toBe(issued);

    await app.tray.clickMenuItem('Copy exports');
    await expect.poll(() => rig.desktop.clipboard.readText()).toContain('AWS_SESSION_TOKEN');
  });

  test('the file that keeps a session is for its owner alone, and holds no secret in clear', async () => {
    await login(rig, 'default');
    await expect.poll(() => existsSync(sessionsFile())).toBe(true);
    expect(statSync(sessionsFile()).mode & 0o777).toBe(0o600);
    expect(statSync(vaultFolder()).mode & 0o777).toBe(0o700);
    expect(await readdir(vaultFolder())).toEqual(['sessions']);

    const secrets = rig.aws.secrets();
    expect(secrets.length).toBeGreaterThan(3);
    expect(leaksInFolder(rig.dataFolder, secrets)).toEqual([]);
    const kept = await readFile(sessionsFile(), 'latin1');
    for (const word of ['ASIA', 'default', '111111111111']) expect(kept).not.toContain(word);
  });

  test('a session that was ended is gone for good', async () => {
    await login(rig, 'default');
    await expect.poll(() => existsSync(sessionsFile())).toBe(true);
    await app.tray.clickMenuItem('End session');
    await expect.poll(() => existsSync(sessionsFile())).toBe(false);
    await end('SIGKILL');
    app = await rig.startApp();
    await expectNoSession();
  });

  test('a session that ran out while the app was away does not come back', async () => {
    rig.aws.sessionLifetimeOverrideSeconds = 4;
    await login(rig, 'default');
    rig.aws.sessionLifetimeOverrideSeconds = null;
    await expect.poll(() => existsSync(sessionsFile())).toBe(true);
    await end('SIGKILL');
    await timePasses(4000);
    app = await rig.startApp();
    await expectNoSession();
    await expect.poll(() => existsSync(sessionsFile())).toBe(false);
  });

  test('asked to end by the system, the app quits as by its menu: session kept, clipboard and socket cleared', async () => {
    await login(rig, 'default');
    const before = await sessions();
    await app.tray.clickMenuItem('Copy exports');
    await expect.poll(() => rig.desktop.clipboard.readText()).toContain('AWS_SESSION_TOKEN');
    expect(existsSync(join(rig.dataFolder, 'run', 'api.sock'))).toBe(true);

    await end('SIGTERM');
    expect(existsSync(join(rig.dataFolder, 'run', 'api.sock'))).toBe(false);
    expect(await rig.desktop.clipboard.readText()).not.toContain('AWS_SESSION_TOKEN');
    app = await rig.startApp();
    await expect.poll(sessions).toEqual(before);
  });

  test('quitting by the menu keeps the session, and nothing in the panel warns of losing it', async () => {
    await login(rig, 'default');
    const before = await sessions();
    await expect((await panel()).getByRole('region', { name: 'Keychain' })).toHaveCount(0);
    await app.quit('Quit');
    app = await rig.startApp();
    await expect.poll(sessions).toEqual(before);
  });

  test('a keychain that is locked in the middle of a session keeps nobody waiting, and the renewed session is there once it is unlocked', async () => {
    await login(rig, 'default');
    await expect.poll(() => existsSync(sessionsFile())).toBe(true);
    await lockKeyring(rig.desktop.sessionBusAddress);
    const asked = performance.now();
    expect(await sessions()).toHaveLength(1);
    expect(performance.now() - asked).toBeLessThan(5_000);
    await login(rig, 'default');
    const issued = issuedSessions();
    const renewed = await sessions();
    await end('SIGKILL');

    app = await rig.startApp();
    await expectNoSession();
    await app.quit('Quit');
    await unlockKeyring(rig.desktop.sessionBusAddress);
    app = await rig.startApp();
    await expect.poll(sessions).toEqual(renewed);
    expect(issuedSessions()).toBe(issued);
  });

  test('a damaged file of sessions is put aside and told of, and the app works', async () => {
    await login(rig, 'default');
    await expect.poll(() => existsSync(sessionsFile())).toBe(true);
    await end('SIGTERM');
    await writeFile(sessionsFile(), 'v11 not what was written');

    rig.aws.forgetUsedCodes();
    app = await rig.startApp();
    const alert = (await panel()).getByRole('alert');
    await expect(alert).toContainText(`${sessionsFile()} could not be decrypted with this computer’s keychain, so what it kept is not used.`);
    await expect(alert).toContainText('Start the sessions again; the file was kept beside it as sessions.unreadable.');
    expect(await readFile(`${sessionsFile()}.unreadable`, 'utf8')).toBe('v11 not what was written');

    await login(rig, 'default');
    const before = await sessions();
    await app.quit('Quit');
    app = await rig.startApp();
    await expect.poll(sessions).toEqual(before);
  });
});

test.describe('with the keychain locked', () => {
  onDesktopWith('locked');
  test.afterEach(() => lockKeyring(rig.desktop.sessionBusAddress));

  const sentence = 'The keychain is locked: sessions are kept in memory only and end when you quit.';

  test('with the keychain locked the session works in memory, the panel says what that means, and nothing is written', async () => {
    await login(rig, 'default');
    const note = (await panel()).getByRole('region', { name: 'Keychain' });
    await expect(note).toContainText(sentence);
    await expect(note).toContainText('Unlock it, then start the app again.');
    const asked = performance.now();
    expect(await sessions()).toMatchObject([{ profile: 'default' }]);
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(existsSync(sessionsFile())).toBe(false);
    expect(leaksInFolder(rig.dataFolder, rig.aws.secrets())).toEqual([]);

    await app.quit('Quit');
    app = await rig.startApp();
    await expectNoSession();
  });

  test('once the keychain is unlocked, a start of the app keeps sessions again', async () => {
    await unlockKeyring(rig.desktop.sessionBusAddress);
    await app.quit('Quit');
    app = await rig.startApp();
    await login(rig, 'default');
    const before = await sessions();
    await expect((await panel()).getByRole('region', { name: 'Keychain' })).toHaveCount(0);
    await end('SIGKILL');
    app = await rig.startApp();
    await expect.poll(sessions).toEqual(before);
  });

  test('a session kept before is not lost by a start while the keychain is locked', async () => {
    await unlockKeyring(rig.desktop.sessionBusAddress);
    await app.quit('Quit');
    app = await rig.startApp();
    await login(rig, 'default');
    const before = await sessions();
    await app.quit('Quit');

    await lockKeyring(rig.desktop.sessionBusAddress);
    app = await rig.startApp();
    await expectNoSession();
    await app.quit('Quit');
    await unlockKeyring(rig.desktop.sessionBusAddress);
    app = await rig.startApp();
    await expect.poll(sessions).toEqual(before);
  });
});

test.describe('without a keychain', () => {
  onDesktopWith('none');

  test('without a keychain the panel says so while a session is held, nothing is written, and a restart starts over', async () => {
    const window = await panel();
    const note = window.getByRole('region', { name: 'Keychain' });
    await expect(window.getByRole('article', { name: 'default' })).toBeVisible();
    await expect(note).toHaveCount(0);
    await login(rig, 'default');
    await expect(note).toContainText('No system keychain: sessions are kept in memory only and end when you quit.');
    await expect(note).toContainText('Install and unlock one (GNOME Keyring or KWallet), then start the app again.');
    expect(existsSync(vaultFolder())).toBe(false);
    expect(leaksInFolder(rig.dataFolder, rig.aws.secrets())).toEqual([]);

    await app.quit('Quit');
    app = await rig.startApp();
    await expectNoSession();
    expect(existsSync(vaultFolder())).toBe(false);
  });
});
