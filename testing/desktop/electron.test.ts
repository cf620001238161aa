import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { JAPANESE, startDesktop, type Desktop } from './desktop.ts';
import { missingPrograms } from '../processes/missing-programs.ts';
import type { Tray } from './tray/tray.ts';

/** Electron itself, with an app that only reports what the desktop does to it. */
const REPORTING_APP = String.raw`
const { app, BrowserWindow, clipboard, Menu, nativeImage, nativeTheme, Notification, powerMonitor, safeStorage, Tray } = require('electron');
const report = (event) => process.stdout.write(event + '\n');
const icon = (blue, green, red) => {
  const size = 22;
  const pixels = Buffer.alloc(size * size * 4);
  for (let offset = 0; offset < pixels.length; offset += 4) pixels.set([blue, green, red, 255], offset);
  return nativeImage.createFromBitmap(pixels, { width: size, height: size });
};
app.on('window-all-closed', () => {});
app.whenReady().then(() => {
  const tray = new Tray(icon(60, 60, 220));
  tray.setToolTip('No session');
  tray.on('click', () => report('tray clicked'));
  powerMonitor.on('suspend', () => report('suspend'));
  powerMonitor.on('resume', () => report('resume'));
  tray.setContextMenu(Menu.buildFromTemplate([
    { label: '&Renew my_profile', click: () => { tray.setImage(icon(60, 180, 40)); tray.setToolTip('Renewed'); } },
    { type: 'separator' },
    { label: 'More', submenu: [{ label: 'Checked', type: 'checkbox', checked: true }] },
    { label: 'Disabled', enabled: false },
    { label: 'Copy', click: () => clipboard.writeText('copied 東京') },
    { label: 'Notify', click: () => {
      const notification = new Notification({ title: 'Session ends', body: 'In 10 minutes', urgency: 'critical' });
      notification.on('click', () => report('notification clicked'));
      notification.show();
    } },
    { label: 'Window', click: () => new BrowserWindow({ width: 400, height: 300, title: 'Reporting window' }) },
    { label: 'Quit', click: () => app.quit() },
  ]));
  report('locale ' + app.getLocale());
  report('dark ' + nativeTheme.shouldUseDarkColors);
  report('keychain ' + safeStorage.isEncryptionAvailable());
});
`;

const runtime = electronExecutable();
const isPossible = runtime !== undefined && missingPrograms().length === 0;

describe.skipIf(!isPossible)('Electron on the private desktop', { timeout: 60_000 }, () => {
  let desktop: Desktop;
  let app: ChildProcess;
  let tray: Tray;
  let reported = '';

  beforeAll(async () => {
    desktop = await startDesktop({ keyring: 'unlocked', theme: 'dark', language: JAPANESE });
    const folder = join(desktop.env['HOME'] ?? '', 'reporting-app');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'reporting-app', main: 'main.cjs' }));
    await writeFile(join(folder, 'main.cjs'), REPORTING_APP);
    const args = [folder, `--user-data-dir=${join(folder, 'data')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
    app = spawn(runtime ?? '', args, { env: { ...desktop.env }, stdio: ['ignore', 'pipe', 'ignore'] });
    app.stdout?.setEncoding('utf8').on('data', (text: string) => (reported += text));
    tray = await desktop.tray(app.pid ?? 0);
  }, 60_000);

  afterAll(async () => {
    app.kill();
    await desktop.close();
  });

  const reports = (): string[] => reported.split('\n');
  const SOON = { timeout: 10_000 };

  test('Electron on the private desktop has the language, the theme and the keychain of the desktop', async () => {
    await expect.poll(reports, SOON).toContain('locale ja');
    await expect.poll(reports, SOON).toContain('dark true');
    await expect.poll(reports, SOON).toContain('keychain true');
  });

  test('Electron on the private desktop shows tooltip, icon and menu', async () => {
    expect(await tray.tooltip()).toBe('No session');
    const { width, height } = await tray.icon();
    expect([width, height]).toEqual([22, 22]);
    expect((await tray.menu()).map(({ label }) => label)).toEqual(['Renew my_profile', '', 'More', 'Disabled', 'Copy', 'Notify', 'Window', 'Quit']);
    expect((await tray.menu())[2]?.submenu).toMatchObject([{ label: 'Checked', type: 'checkbox', checked: true }]);
  });

  test('Electron on the private desktop hears a click on its icon in the real panel', async () => {
    // The panel draws the icon a moment after it is registered.
    await expect
      .poll(async () => {
        await desktop.clickTrayIcon();
        await delay(200);
        return reported;
      }, SOON)
      .toContain('tray clicked');
  });

  test('Electron on the private desktop runs a menu item, and the change of its tray is announced', async () => {
    const before = await tray.icon();
    await tray.clickMenuItem('Renew my_profile');
    await tray.waitFor('the tooltip of a renewed session', async (seen) => (await seen.tooltip()) === 'Renewed');
    await tray.waitFor('another icon', async (seen) => (await seen.icon()).sha256 !== before.sha256);
    expect(await tray.tooltip()).toBe('Renewed');
  });

  test('Electron on the private desktop copies to the clipboard of the desktop', async () => {
    await tray.clickMenuItem('Copy');
    await expect.poll(() => desktop.clipboard.readText()).toBe('copied 東京');
  });

  test('Electron on the private desktop shows a notification, and hears the click on it', async () => {
    await tray.clickMenuItem('Notify');
    const shown = await desktop.notifications.waitFor(({ summary }) => summary === 'Session ends');
    expect(shown).toMatchObject({ body: 'In 10 minutes', urgency: 'critical', state: 'shown' });
    desktop.notifications.invoke(shown.id);
    await expect.poll(reports, SOON).toContain('notification clicked');
  });

  test('Electron on the private desktop hears of sleep and resume', async () => {
    desktop.loginManager.suspend();
    await expect.poll(reports, SOON).toContain('suspend');
    desktop.loginManager.resume();
    await expect.poll(reports, SOON).toContain('resume');
  });

  test('Electron on the private desktop opens a window that the desktop knows by title and process', async () => {
    await tray.clickMenuItem('Window');
    expect((await desktop.waitForWindow('Reporting window')).pid).toBe(app.pid);
  });

  test('Electron on the private desktop takes its icon away when it quits', async () => {
    await tray.clickMenuItem('Quit');
    await tray.waitUntilGone();
    await expect.poll(() => app.exitCode, SOON).toBe(0);
  });
});

/** What `scripts/setup.mjs` chose, in a checkout where it has run. */
function electronExecutable(): string | undefined {
  const choice = new URL('../../.runtime/electron.json', import.meta.url);
  if (!existsSync(choice)) return undefined;
  const { executable } = z.object({ executable: z.string() }).parse(JSON.parse(readFileSync(choice, 'utf8')));
  return existsSync(executable) ? executable : undefined;
}
