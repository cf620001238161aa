import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { nothingHappensFor } from '../../testing/processes/deadline.ts';
import { startHttpProxy } from '../../testing/network/http-proxy.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// Each setting takes effect as soon as it is changed in its window.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

let rig: AppRig;
let app: RunningApp;
let settings: Page;

test.beforeAll(async () => {
  rig = await AppRig.start();
  app = await rig.startApp({ args: [], env: { XDG_CONFIG_HOME: join(rig.home, 'xdg') } });
  await (await app.window('panel')).getByRole('button', { name: 'Settings' }).click();
  settings = await app.window('settings');
});
test.afterAll(async () => {
  await rig.close();
});

const stored = async () => JSON.parse(await readFile(join(rig.dataFolder, 'settings.json'), 'utf8')) as Record<string, unknown>;

test('a theme of its own is shown by every window', async () => {
  const panel = await app.window('panel');
  await panel.emulateMedia({ colorScheme: null });
  const isDark = () => panel.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await isDark()).toBe(false);
  await settings.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  await expect.poll(isDark).toBe(true);
  await settings.getByRole('combobox', { name: 'Theme' }).selectOption('System');
  await expect.poll(isDark).toBe(false);
});

test('starting at login is an autostart entry, which goes again', async () => {
  const entry = join(rig.home, 'xdg', 'autostart', 'sts-tray.desktop');
  const login = settings.getByRole('switch', { name: 'Launch at login' });
  await login.click();
  await expect.poll(() => existsSync(entry)).toBe(true);
  const text = await readFile(entry, 'utf8');
  expect(text).toContain(`"--user-data-dir=${rig.dataFolder}" "--hidden"`);
  await login.click();
  await expect.poll(() => existsSync(entry)).toBe(false);
});

test('an autostart entry that cannot be written is told, and the switch goes back', async () => {
  const folder = join(rig.home, 'xdg', 'autostart');
  await rm(folder, { recursive: true });
  await writeFile(folder, 'a file where the folder would be');
  const login = settings.getByRole('switch', { name: 'Launch at login' });
  await login.click();
  const panel = await app.window('panel');
  await expect(panel.getByRole('alert').filter({ hasText: '~/xdg/autostart/sts-tray.desktop' })).toBeVisible();
  await expect(login).not.toBeChecked();
  await rm(folder);
});

test('an autostart entry that somebody took away is not written again', async () => {
  const entry = join(rig.home, 'xdg', 'autostart', 'sts-tray.desktop');
  const login = settings.getByRole('switch', { name: 'Launch at login' });
  await login.click();
  await expect.poll(() => existsSync(entry)).toBe(true);
  await rm(entry);
  await (await app.window('panel')).getByRole('button', { name: 'Settings' }).click();
  await expect(login).not.toBeChecked();
  expect(existsSync(entry)).toBe(false);
});

test('notifications come when they are wanted, or never', async () => {
  await settings.getByRole('checkbox', { name: '30 min' }).click();
  await expect.poll(async () => (await stored())['notifyMinutes']).toEqual([10, 2]);
  await settings.getByRole('checkbox', { name: '10 min' }).click();
  await settings.getByRole('checkbox', { name: '2 min', exact: true }).click();
  await expect(settings.getByText('No notifications at all.')).toBeVisible();
});

test('Enter and Escape that an input method takes neither end a text nor close the window', async () => {
  const field = settings.getByRole('textbox', { name: 'Proxy' });
  await field.fill('proxy.example');
  for (const key of ['Enter', 'Escape']) await field.dispatchEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true });
  await nothingHappensFor(300);
  expect(app.openViews()).toContain('settings');
  await expect(settings.getByRole('alert').filter({ hasText: 'Enter an address such as' })).toBeHidden();
  await expect(field).toHaveValue('proxy.example');
});

test('what is no proxy, or holds a password, is refused with a sentence and not kept', async () => {
  const field = settings.getByRole('textbox', { name: 'Proxy' });
  await field.fill('proxy.example');
  await field.press('Enter');
  await expect(settings.getByRole('alert').filter({ hasText: 'Enter an address such as' })).toBeVisible();
  await field.fill('http://alice:canary@proxy.example:3128');
  await field.press('Enter');
  await expect(settings.getByRole('alert').filter({ hasText: 'Don’t put a user name or password here' })).toBeVisible();
  expect(JSON.stringify(await stored())).not.toContain('canary');
});

test('a proxy is the way to AWS from the next call on', async () => {
  const proxy = await startHttpProxy();
  try {
    const field = settings.getByRole('textbox', { name: 'Proxy' });
    await field.fill(`http://${proxy.host}`);
    await field.press('Enter');
    await expect.poll(async () => (await stored())['proxy']).toBe(`http://${proxy.host}`);
    await (await app.window('panel')).getByRole('button', { name: 'Start session' }).click();
    await expect((await app.window('mfa')).getByRole('region', { name: 'Identity' })).toContainText('111111111111');
    expect(proxy.requests.length).toBeGreaterThan(0);
  } finally {
    await proxy.close();
  }
});
