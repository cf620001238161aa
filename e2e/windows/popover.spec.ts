import { spawn } from 'node:child_process';
import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import { closeByEscape, unlessClosed, type RunningApp } from '../../testing/app/running-app.ts';
import { nothingHappensFor } from '../../testing/processes/deadline.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';

// The panel as a click on the tray's icon shows it: it comes and goes like a menu, and never in the middle of something.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

/** How long the panel may take to see that it is left. */
const awayMs = 1_000;

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  app = await rig.startApp();
});
test.afterAll(() => rig.close());

/** Clicks on the icon in the real panel and waits for the popover to have the keyboard. */
async function open() {
  await rig.desktop.clickTrayIcon();
  const panel = await app.window('panel');
  await expect.poll(async () => (await app.windowArea('panel')).isFocused).toBe(true);
  return panel;
}

test('a click on the tray icon shows the panel below it, and a second one closes it', async () => {
  const panel = await open();
  await expect(panel.getByRole('button', { name: 'Keep open' })).toBeVisible();
  const { x, y, width } = await app.windowArea('panel');
  // The icon is at the right end of the bar, which is at the top.
  expect(x + width).toBe(1280);
  expect(y).toBeLessThan(60);
  const closed = panel.waitForEvent('close');
  await rig.desktop.clickTrayIcon();
  await closed;
});

test('a click on the tray icon closes the sheet of the panel with it', async () => {
  const panel = await open();
  await panel.getByRole('button', { name: 'History' }).click();
  await expect(panel.getByRole('dialog', { name: 'History' })).toBeVisible();
  const closed = panel.waitForEvent('close');
  await rig.desktop.clickTrayIcon();
  await closed;
  const again = await open();
  await expect(again.getByRole('button', { name: 'Keep open' })).toBeVisible();
  await expect(again.getByRole('dialog', { name: 'History' })).toHaveCount(0);
  await closeByEscape(again);
});

test('the popover goes on Escape', async () => {
  await closeByEscape(await open());
});

test('a pinned popover stays and is above other windows, and the next one is pinned too', async () => {
  const panel = await open();
  await panel.getByRole('button', { name: 'Keep open' }).click();
  await expect(panel.getByRole('button', { name: 'Keep open', pressed: true })).toBeVisible();
  await panel.keyboard.press('Escape');
  await nothingHappensFor(awayMs);
  expect((await app.windowArea('panel')).isOnTop).toBe(true);
  const closed = panel.waitForEvent('close');
  await rig.desktop.clickTrayIcon();
  await closed;

  const again = await open();
  await again.getByRole('button', { name: 'Keep open', pressed: true }).click();
  await expect(again.getByRole('button', { name: 'Keep open', pressed: false })).toBeVisible();
});

test('the popover stays while the prompt of the app is open, and has the size and the place that the user gave it', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Start session' }).click();
  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toBeFocused();
  await closeByEscape(mfa);
  await nothingHappensFor(awayMs);
  expect(app.openViews()).toEqual(['panel']);

  await app.windowArea('panel', { x: 300, y: 200, width: 460, height: 480 });
  await expect.poll(() => app.windowArea('panel')).toMatchObject({ x: 300, y: 200, width: 460, height: 480 });
  // What the window is asked to be is known at once, and what is in it has that size a moment later.
  await expect.poll(() => panel.evaluate(() => [innerWidth, innerHeight])).toEqual([460, 480]);
  await app.closeWindows(['panel']);
  await open();
  expect(await app.windowArea('panel')).toMatchObject({ x: 300, y: 200, width: 460, height: 480 });
});

test('the panel grows with the zoom within the screen, and has its size again without it', async () => {
  const panel = await app.window('panel');
  for (let step = 0; step < 7; step += 1) await rig.desktop.pressKey('ctrl+plus');
  await expect.poll(async () => panel.evaluate(() => window.devicePixelRatio)).toBe(3);
  const { x, y, width, height } = await app.windowArea('panel');
  expect([width, x >= 0, x + width <= 1280, y + height <= 800]).toEqual([1232, true, true, true]);
  await rig.desktop.pressKey('ctrl+0');
  await expect.poll(() => app.windowArea('panel')).toMatchObject({ width: 460, height: 480 });
});

test('the popover goes when the user goes to another program, but not with something typed in it', async () => {
  const panel = await app.window('panel');
  const other = spawn('xterm', [], { env: rig.desktop.env, stdio: 'ignore' });
  try {
    await rig.desktop.focus(await rig.desktop.waitForWindow(/xterm|sh|@|~/));
    await expect.poll(async () => (await app.windowArea('panel')).isFocused).toBe(false);
    // Playwright has every page believe that it has the focus.
    const left = () => panel.evaluate(() => window.dispatchEvent(new Event('blur'))).catch(unlessClosed(panel));
    await panel.evaluate(() => {
      const field = document.createElement('input');
      field.ariaLabel = 'typed';
      field.value = 'half of a key';
      document.querySelector('main')?.append(field);
    });
    await left();
    await nothingHappensFor(awayMs);
    expect(app.openViews()).toContain('panel');

    await panel.getByLabel('typed').evaluate((field) => field.remove());
    const closed = panel.waitForEvent('close');
    await left();
    await closed;
  } finally {
    other.kill();
  }
});

test('a click on the tray icon hides a popover with something typed in it, and the next one shows it again as it was', async () => {
  const panel = await open();
  await panel.evaluate(() => {
    const field = document.createElement('input');
    field.ariaLabel = 'typed';
    document.querySelector('main')?.append(field);
  });
  await panel.getByLabel('typed').click();
  await panel.keyboard.type('half of a name');
  await expect(panel.getByLabel('typed')).toHaveValue('half of a name');
  await rig.desktop.clickTrayIcon();
  await expect.poll(() => app.isOnScreen('panel')).toBe(false);
  // A click is taken for the one that the panel was left by for half a second.
  await nothingHappensFor(awayMs);
  await rig.desktop.clickTrayIcon();
  await expect.poll(() => app.isOnScreen('panel')).toBe(true);
  await expect(panel.getByLabel('typed')).toHaveValue('half of a name');

  await panel.getByLabel('typed').fill('');
  const closed = panel.waitForEvent('close');
  await rig.desktop.clickTrayIcon();
  await closed;
});

test('the popover goes when the user goes, also where a notice comes at that moment', async () => {
  const panel = await open();
  const other = spawn('xterm', [], { env: rig.desktop.env, stdio: 'ignore' });
  try {
    await rig.desktop.focus(await rig.desktop.waitForWindow(/xterm|sh|@|~/));
    await expect.poll(async () => (await app.windowArea('panel')).isFocused).toBe(false);
    const closed = panel.waitForEvent('close');
    const leave = (): void => {
      window.dispatchEvent(new Event('blur'));
      void window.stsTray.endSession({ profile: 'default' });
    };
    await panel.evaluate(leave).catch(unlessClosed(panel));
    await closed;
  } finally {
    other.kill();
  }
});

test('by choice keys show the panel from another program, and hide it, and a key that programs use themselves is refused in a sentence', async () => {
  await app.tray.clickMenuItem('Settings…');
  const settings = await app.window('settings');
  const field = settings.getByRole('textbox', { name: 'Shortcut for the panel' });
  await field.press('Control+C');
  await expect(settings.getByRole('alert').filter({ hasText: 'Nearly every program uses these keys itself.' })).toBeVisible();
  await expect(field).toHaveValue('');
  await field.press('Control+Alt+K');
  await expect(field).toHaveValue('Ctrl+Alt+K');
  await settings.close();
  expect(app.openViews()).toEqual([]);

  await rig.desktop.pressKey('ctrl+alt+k');
  const panel = await app.window('panel');
  await expect.poll(async () => (await app.windowArea('panel')).isFocused).toBe(true);
  const closed = panel.waitForEvent('close');
  await rig.desktop.pressKey('ctrl+alt+k');
  await closed;

  await app.tray.clickMenuItem('Settings…');
  await (await app.window('settings')).getByRole('button', { name: 'Remove the shortcut' }).click();
  await (await app.window('settings')).close();
  await rig.desktop.pressKey('ctrl+alt+k');
  await nothingHappensFor(awayMs);
  expect(app.openViews()).toEqual([]);
});
