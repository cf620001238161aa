import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { expect, test } from 'playwright/test';
import { nothingHappensFor } from '../../testing/processes/deadline.ts';
import { checkout, electronExecutable, sandboxArguments, startAgain, type RunningApp } from '../../testing/app/running-app.ts';
import { login } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The icon in a real panel, for a production account too, and a desktop that shows no icons.

const results = join(checkout, 'test-results', 'tray');
const production = { accounts: { '111111111111': { alias: null, color: null, production: true } } };

test.beforeAll(() => mkdir(results, { recursive: true }));

test.describe('on a desktop with a panel', () => {
  test.describe.configure({ mode: 'serial' });
  let rig: AppRig;
  /** The hash of the icon while there is no session and windows follow the desktop, which is light. */
  let idle: string;
  test.beforeAll(async () => {
    rig = await AppRig.start();
  });
  test.beforeEach(() => {
    rig.aws.sessionLifetimeOverrideSeconds = null;
    rig.aws.forgetUsedCodes();
  });
  test.afterAll(() => rig.close());

  test('production has a badge in the tray and a word in its menu and tooltip', async () => {
    const app = await startWith(production);
    const { sha256: none } = await app.tray.icon();
    idle = none;
    await rig.startSession(app);
    expect(await app.tray.tooltip()).toBe('default · Production · 111111111111 · 8 h left');
    const { sha256: active } = await app.tray.icon();
    expect(active).not.toBe(none);
    const labels = (await app.tray.menu()).map(({ label }) => label);
    expect(labels[0]).toBe('default · Production · 1111-1111-1111 · 8 h left');
    await app.tray.clickMenuItem('Copy account ID');
    await expect.poll(() => rig.desktop.clipboard.readText()).toBe('111111111111');
    await rig.desktop.screenshotTray(join(results, 'active-production.png'));
    await app.tray.clickMenuItem('End session');
    await app.tray.waitFor('no session', async (tray) => (await tray.icon()).sha256 === none);
    await app.close();
  });

  test('a short session of production has the badge and its minutes', async () => {
    rig.aws.sessionLifetimeOverrideSeconds = 125;
    // The theme of the app's own windows has nothing to do with the panel that the icon is in.
    const app = await startWith({ ...production, theme: 'dark' });
    const { sha256: none } = await app.tray.icon();
    expect(none).toBe(idle);
    await login(rig, 'default');
    await app.tray.waitFor('the badge', async (tray) => (await tray.icon()).sha256 !== none);
    expect(await app.tray.tooltip()).toBe('default · Production · 111111111111 · 3 min left');
    await rig.desktop.screenshotTray(join(results, 'short-production.png'));
    await app.close();
  });

  test('a user who does not want to be disturbed hears nothing of a session that ends, then or later', async () => {
    const { notifications } = rig.desktop;
    const asked = notifications.timesAsked;
    notifications.inhibited = true;
    const app = await startWith({});
    await toTheEndOfASession(app);
    await expect.poll(() => notifications.timesAsked).toBeGreaterThan(asked);
    notifications.inhibited = false;
    await nothingHappensFor(2000);
    expect(notifications.received()).toEqual([]);
    await app.close();
  });

  test('a session that ends is told once, and not at all to a user who wants no notifications', async () => {
    const told = () => rig.desktop.notifications.received().map(({ summary }) => summary);
    for (const settings of [{}, { notifyMinutes: [] }]) {
      const app = await startWith(settings);
      await toTheEndOfASession(app);
      await nothingHappensFor(2000);
      expect(told()).toEqual(['default: session has expired']);
      await app.close();
    }
  });

  /** Starts the app for the first time, with these settings. */
  async function startWith(settings: object): Promise<RunningApp> {
    await rm(rig.dataFolder, { recursive: true, force: true });
    await mkdir(rig.dataFolder, { recursive: true });
    await writeFile(join(rig.dataFolder, 'settings.json'), JSON.stringify(settings));
    return rig.startApp();
  }

  async function toTheEndOfASession(app: RunningApp): Promise<void> {
    rig.aws.sessionLifetimeOverrideSeconds = 6;
    await login(rig, 'default');
    await app.tray.waitFor('expired', async (tray) => (await tray.tooltip()).endsWith('expired'), 20_000);
  }
});

test('a desktop without tray icons gets told how to go on, and a start by a program stays hidden there too', async () => {
  const rig = await AppRig.start({ desktop: { panel: 'none' } });
  const start = (args: readonly string[]) => ({
    executablePath: electronExecutable(),
    args: [...sandboxArguments(), checkout, `--user-data-dir=${rig.dataFolder}`, ...args],
    env: rig.env,
    cwd: checkout,
    colorScheme: null,
  });
  try {
    const app = await _electron.launch(start(['--hidden']));
    try {
      expect(app.windows()).toHaveLength(0);
      const [panel] = await Promise.all([app.waitForEvent('window'), startAgain(rig.desktop, rig.dataFolder)]);
      const note = panel.getByRole('region', { name: 'No tray icon' });
      await expect(note).toContainText('This desktop shows no tray icons');
      await rig.desktop.waitForWindow('STS Tray');
      await rig.desktop.screenshot(join(results, 'no-tray.png'));
    } finally {
      await app.close();
    }
  } finally {
    await rig.close();
  }
});
