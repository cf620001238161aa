import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { expect, test } from 'playwright/test';
import { checkout, electronExecutable, sandboxArguments } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The icon in a real panel, for an account of production too, and a desktop that shows no icons.

const results = join(checkout, 'test-results', 'tray');
const production = { accounts: { '111111111111': { alias: null, color: null, production: true } } };

test.beforeAll(() => mkdir(results, { recursive: true }));

test('production has a badge in the tray and a word in its menu and tooltip', async () => {
  const rig = await AppRig.start({ aws: { moto: 'never' } });
  try {
    await keepSettings(rig, production);
    const app = await rig.startApp();
    const { sha256: none } = await app.tray.icon();
    await rig.startSession(app);
    expect(await app.tray.tooltip()).toBe('Production · default · 111111111111 · 8 h 0 min left');
    const { sha256: active } = await app.tray.icon();
    expect(active).not.toBe(none);
    const labels = (await app.tray.menu()).map(({ label }) => label);
    expect(labels[0]).toBe('Production · default · 111111111111 · 8 h 0 min left');
    await rig.desktop.screenshotTray(join(results, 'active-production.png'));
    await app.tray.clickMenuItem('End session');
    await app.tray.waitFor('no session', async (tray) => (await tray.icon()).sha256 === none);
  } finally {
    await rig.close();
  }
});

test('a short session of production has the badge and its minutes', async () => {
  const rig = await AppRig.start({ aws: { moto: 'never' } });
  try {
    await keepSettings(rig, production);
    rig.aws.sessionLifetimeOverrideSeconds = 125;
    const app = await rig.startApp();
    const { sha256: none } = await app.tray.icon();
    await rig.startSession(app);
    expect((await app.tray.icon()).sha256).not.toBe(none);
    expect(await app.tray.tooltip()).toBe('Production · default · 111111111111 · 3 min left');
    await rig.desktop.screenshotTray(join(results, 'short-production.png'));
  } finally {
    await rig.close();
  }
});

test('a user who does not want to be disturbed hears nothing of a session that ends, then or later', async () => {
  const rig = await AppRig.start({ aws: { moto: 'never' } });
  try {
    const { notifications } = rig.desktop;
    notifications.inhibited = true;
    rig.aws.sessionLifetimeOverrideSeconds = 6;
    const app = await rig.startApp();
    await rig.startSession(app);
    await app.tray.waitFor('expired', async (tray) => (await tray.tooltip()).endsWith('expired'), 20_000);
    await expect.poll(() => notifications.timesAsked).toBeGreaterThan(0);
    notifications.inhibited = false;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(notifications.received()).toEqual([]);
  } finally {
    await rig.close();
  }
});

test('a session that ends is told once, and not at all to a user who wants no notifications', async () => {
  const rig = await AppRig.start({ aws: { moto: 'never' } });
  const { notifications } = rig.desktop;
  const toTheEnd = async () => {
    rig.aws.sessionLifetimeOverrideSeconds = 6;
    const app = await rig.startApp();
    await rig.startSession(app);
    await app.tray.waitFor('expired', async (tray) => (await tray.tooltip()).endsWith('expired'), 20_000);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await app.close();
  };
  try {
    await toTheEnd();
    expect(notifications.received().map(({ summary }) => summary)).toEqual(['default: session has run out']);
    await keepSettings(rig, { notifyMinutes: [] });
    await toTheEnd();
    expect(notifications.received()).toHaveLength(1);
  } finally {
    await rig.close();
  }
});

test('a desktop without tray icons gets told how to go on, and a start by a program stays hidden there too', async () => {
  const rig = await AppRig.start({ aws: { moto: 'never' }, desktop: { panel: 'none' } });
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
      const [panel] = await Promise.all([app.waitForEvent('window'), app.evaluate(({ app: electron }) => void electron.emit('activate'))]);
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

function keepSettings(rig: AppRig, settings: object): Promise<void> {
  return rm(rig.dataFolder, { recursive: true, force: true })
    .then(() => mkdir(rig.dataFolder, { recursive: true }))
    .then(() => writeFile(join(rig.dataFolder, 'settings.json'), JSON.stringify(settings)));
}
