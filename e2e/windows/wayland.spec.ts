import { expect, test } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import { WaylandCompositor } from '../../testing/desktop/wayland-compositor.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';

// Under Wayland, which Electron uses by itself since version 38, Chromium paints nothing that is hidden.

test.skip(...skipsWithoutDesktop());
test.skip(findProgram('weston') === null, 'not installed: weston');

let rig: AppRig;
let compositor: WaylandCompositor;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  compositor = await WaylandCompositor.start(rig.desktop.env);
  app = await rig.startApp({ args: [], env: { ...compositor.env } });
});
test.afterAll(async () => {
  await rig.close();
  await compositor.close();
});

test('under Wayland the panel is on the screen after a start', async () => {
  await app.window('panel');
  await expect.poll(() => app.isOnScreen('panel')).toBe(true);
});

test('under Wayland the prompt of a program that waits is on the screen, and the program goes on after the code', async () => {
  const asked = runStsTray(rig, ['credential-process', 'default']);
  const mfa = await app.window('mfa');
  await expect.poll(() => app.isOnScreen('mfa')).toBe(true);
  await rig.submitCode(mfa);
  expect(JSON.parse((await asked).stdout)).toMatchObject({ AccountId: '111111111111' });
});

test('under Wayland a window that another one opens is on the screen', async () => {
  const panel = await app.window('panel');
  await panel.getByRole('button', { name: 'Settings' }).press('Enter');
  await app.window('settings');
  await expect.poll(() => app.isOnScreen('settings')).toBe(true);
});

test('under Wayland the app ends when it is told to quit', async () => {
  await app.quit('Quit');
  expect(app.isRunning).toBe(false);
});
