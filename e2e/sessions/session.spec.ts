import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { closeByEscape, startAgain, type RunningApp } from '../../testing/app/running-app.ts';
import { nothingHappensFor, timePasses } from '../../testing/processes/deadline.ts';
import { endInPanel, endSessions } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// A session's life: it counts down, warns, is renewed and runs out; the app runs only once, and forgets.

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
});
test.afterAll(() => rig.close());
test.beforeEach(() => {
  rig.aws.sessionLifetimeOverrideSeconds = null;
});

test.describe('in one run of the app', () => {
  test.beforeAll(async () => {
    app = await rig.startApp();
  });
  test.afterEach(async () => {
    await endSessions(rig);
    for (const window of app.windows()) await window.close();
  });
  test.afterAll(async () => {
    await app.close();
    await rm(rig.dataFolder, { recursive: true, force: true });
  });

  test('sessions can be started, ended and started again in one run of the app', async () => {
    await app.openPanel();
    const panel = await app.window('panel');
    const before = app.timesOpened('mfa');
    for (let round = 0; round < 3; round += 1) {
      await rig.startSession(app);
      await endInPanel(panel, 'default');
      // The row that comes in its place has the focus.
      await expect(panel.getByRole('button', { name: 'Start session: default' })).toBeFocused();
      await app.tray.waitFor('no session', async (tray) => (await tray.tooltip()) === 'STS Tray: no session');
    }
    expect(app.timesOpened('mfa') - before).toBe(3);
  });

  test('every shell gets its own exports', async () => {
    await rig.startSession(app);
    await app.openPanel();
    const panel = await app.window('panel');
    const firstLines = {
      'bash / zsh': / export AWS_ACCESS_KEY_ID='ASIA/,
      fish: / set -gx AWS_ACCESS_KEY_ID 'ASIA/,
      PowerShell: /\$Env:AWS_ACCESS_KEY_ID = 'ASIA/,
      cmd: /set "AWS_ACCESS_KEY_ID=ASIA/,
      dotenv: /^AWS_ACCESS_KEY_ID=ASIA/,
    };
    for (const [shell, line] of Object.entries(firstLines)) {
      await panel.getByRole('button', { name: 'Choose shell' }).click();
      await panel.getByRole('menuitem', { name: shell, exact: true }).click();
      await expect.poll(() => rig.desktop.clipboard.readText()).toMatch(line);
    }
  });

  test('a hand-off without a session says what to do first', async () => {
    await app.openPanel();
    const panel = await app.window('panel');
    await panel.evaluate(() => window.stsTray.copyExports({ profile: 'default' }));
    await expect(panel.getByRole('alert')).toContainText('Profile default has no session.');
    await expect(panel.getByRole('alert')).toContainText('Start one first.');
  });

  test('a malformed request gets no answer, and a page has neither Node nor a network', async () => {
    await app.openPanel();
    const panel = await app.window('panel');
    const refused = await panel.evaluate(async () => {
      const attempts = [
        () => window.stsTray.openTerminal({ profile: '' }),
        () => window.stsTray.copyExports({ profile: '' }),
        () => window.stsTray.setFavourite({ profile: '', favourite: true }),
      ];
      return Promise.all(
        attempts.map((attempt) =>
          attempt().then(
            () => 'taken',
            (error: unknown) => String(error),
          ),
        ),
      );
    });
    for (const answer of refused) expect(answer).toContain('refused: not a request that');
    expect(await panel.evaluate(() => Object.keys(window).filter((name) => /^(require|process|module|electron)$/.test(name)))).toEqual([]);
    // An address that answers, and in the mode in which any page may ask it.
    await fetch(rig.aws.endpoint);
    await expect(panel.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(() => 'answered'), rig.aws.endpoint)).rejects.toThrow('Failed to fetch');
  });

  // This test is the last one here, because a session that has run out stays, to be renewed.
  test('a session that has run out says so everywhere, and hands out nothing', async () => {
    rig.aws.sessionLifetimeOverrideSeconds = 8;
    await rig.startSession(app);
    const active = (await app.tray.icon()).sha256;
    await app.openPanel();
    const panel = await app.window('panel');

    await app.tray.waitFor('expired', async (tray) => (await tray.tooltip()) === 'default · 111111111111 · expired', 20_000);
    expect((await app.tray.icon()).sha256).not.toBe(active);
    const labels = (await app.tray.menu()).map(({ label }) => label);
    expect(labels).toContain('Renew…');
    expect(labels).not.toContain('Copy exports');
    const card = panel.getByRole('article', { name: 'default' });
    await expect(card).toContainText('Expired:');
    await expect(card.getByRole('button', { name: 'Renew' })).toBeVisible();
    await expect(card.getByRole('button', { name: 'Copy exports' })).toHaveCount(0);
    await rig.desktop.notifications.waitFor(({ summary }) => summary === 'default: session has expired');
  });
});

test.describe('from the start of the app', () => {
  test.beforeEach(async () => {
    rig.aws.forgetUsedCodes();
    app = await rig.startApp();
  });
  test.afterEach(async () => {
    await app.close();
    await rm(rig.dataFolder, { recursive: true, force: true });
  });

  test('a session warns two minutes before its end, and a click on the warning renews it while it stays in use', async () => {
    rig.aws.sessionLifetimeOverrideSeconds = 123;
    await rig.startSession(app);

    const warning = await rig.desktop.notifications.waitFor(({ summary }) => summary === 'default: session ends in 2 min');
    expect(warning.body).toBe('Account 111111111111. Renew with one MFA code. The current session keeps working until then.');

    rig.aws.sessionLifetimeOverrideSeconds = null;
    rig.desktop.notifications.invoke(warning.id);
    const mfa = await app.window('mfa');
    await expect(mfa.getByRole('heading', { name: 'Renew session' })).toBeVisible();
    expect((await app.tray.menu()).map(({ label }) => label)).toContain('Copy exports');
    await rig.submitCode(mfa);
    await app.tray.waitFor('eight hours', async (tray) => (await tray.tooltip()) === 'default · 111111111111 · 8 h left');
  });

  test('copied exports leave the clipboard by themselves, but nothing else does', async () => {
    await rig.startSession(app);
    await app.tray.clickMenuItem('Settings…');
    const settings = await app.window('settings');
    await settings.getByRole('textbox', { name: 'Clear clipboard after seconds' }).fill('5');
    await app.tray.clickMenuItem('Copy exports');
    const { clipboard } = rig.desktop;
    await expect.poll(() => clipboard.readText()).toContain('AWS_SESSION_TOKEN');
    // A middle click in any window would paste them.
    await expect.poll(() => clipboard.readText('primary')).toBe('');
    await expect.poll(() => clipboard.readText(), { timeout: 10_000 }).toBe('');
    expect(await clipboard.readText('primary')).toBe('');

    await app.tray.clickMenuItem('Copy exports');
    await expect.poll(() => clipboard.readText()).toContain('AWS_SESSION_TOKEN');
    await clipboard.writeText('something else');
    await nothingHappensFor(6000);
    expect(await clipboard.readText()).toBe('something else');
  });

  test('the language changes at once, in windows, tray and titles, and is kept', async () => {
    await app.tray.clickMenuItem('Settings…');
    const settings = await app.window('settings');
    await settings.getByRole('combobox', { name: 'Language' }).selectOption('ja');
    await expect(settings.getByRole('combobox', { name: '言語' })).toBeVisible();
    await app.tray.waitFor('Japanese', async (tray) => (await tray.menu()).some(({ label }) => label === '終了'));
    await rig.desktop.waitForWindow('設定 · STS Tray');
    await app.quit('終了');

    app = await rig.startApp();
    await app.tray.waitFor('Japanese', async (tray) => (await tray.menu()).some(({ label }) => label === 'セッションを開始…'));
  });

  test('settings that the file has wrong fall back one by one, and a file that is none at all falls back whole', async () => {
    await app.close();
    const file = join(rig.dataFolder, 'settings.json');
    await writeFile(file, JSON.stringify({ language: 'ja', sessionSeconds: 1, unknown: true }));
    app = await rig.startApp();
    await app.tray.waitFor('Japanese', async (tray) => (await tray.tooltip()) === 'STS Tray: セッションなし');
    await rig.startSession(app, 'セッションを開始…');
    expect(await app.tray.tooltip()).toContain('残り 8 時間');

    await app.close();
    await writeFile(file, '{"language":');
    app = await rig.startApp();
    await app.tray.waitFor('English', async (tray) => (await tray.tooltip()) === 'STS Tray: no session');
  });

  test('the length of a session is what the settings say', async () => {
    await app.tray.clickMenuItem('Settings…');
    const settings = await app.window('settings');
    await settings.getByRole('combobox', { name: 'Session length' }).selectOption('3600');
    await rig.startSession(app);
    expect(await app.tray.tooltip()).toBe('default · 111111111111 · 1 h left');
  });

  test('a second start brings the first one to the front and ends', async () => {
    expect(app.openViews()).toEqual([]);
    await startAgain(rig.desktop, rig.dataFolder);
    await app.window('panel');
    expect(app.openViews()).toEqual(['panel']);
  });

  test('where there is no keychain, quitting asks first, and forgets the sessions', async () => {
    await rig.startSession(app);
    await app.tray.clickMenuItem('Quit');
    const question = await app.window('question');
    await expect(question.getByRole('heading', { name: 'Quit STS Tray?' })).toBeVisible();
    await expect(question.getByRole('listitem')).toHaveText(['These sessions are in memory only and will be lost: default']);
    await closeByEscape(question);
    expect(await app.tray.tooltip()).toContain('default · 111111111111');

    await app.quit('Quit');
    app = await rig.startApp();
    await app.tray.waitFor('the profile', async (tray) => (await tray.menu()).some(({ label }) => label === 'default · no session'));
    expect(await app.tray.tooltip()).toBe('STS Tray: no session');
  });

  test('after a night of sleep the app looks at the clock as soon as it wakes up', async () => {
    rig.aws.sessionLifetimeOverrideSeconds = 6;
    await rig.startSession(app);
    rig.desktop.loginManager.suspend();
    // As if the machine slept: every process of the app stands still, and so do its timers.
    process.kill(app.pid, 'SIGSTOP');
    await timePasses(7000);
    process.kill(app.pid, 'SIGCONT');
    rig.desktop.loginManager.resume();
    await expect.poll(() => app.tray.tooltip()).toBe('default · 111111111111 · expired');
  });
});
