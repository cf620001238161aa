import { rm } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import type { View } from '../../src-main/contract/ipc.ts';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { Screens } from '../../testing/appearance/screens.ts';
import { desktopOf, themedWindow, variants } from '../../testing/appearance/variants.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// From nothing to the first session with only the keyboard, in each language and theme, and magnified.

test.skip(...skipsWithoutDesktop());

/** Pressing Ctrl and plus this often shows everything at twice its size. */
const pressesToDouble = 5;

for (const variant of variants) {
  const { language, theme, ui, tray } = variant;
  test.describe(`${language}, ${theme}`, () => {
    test.describe.configure({ mode: 'serial' });
    const screens = new Screens(variant);
    let rig: AppRig;
    let app: RunningApp;

    test.beforeAll(async () => {
      rig = await AppRig.start({ desktop: { ...desktopOf(variant), keyring: 'unlocked' } });
    });
    test.afterAll(() => rig.close());
    test.beforeEach(async () => {
      await Promise.all([...Object.values(rig.awsFiles), rig.dataFolder].map((path) => rm(path, { recursive: true, force: true })));
      rig.aws.forgetUsedCodes();
      app = await rig.startApp({ args: [] });
    });
    test.afterEach(() => app.close());

    const titleOf = (view: View) => tray[`window-${view}`];
    const windowOf = (view: View) => themedWindow(app, view);

    test('the first session needs only the keyboard at 100 %', async () => {
      await fromNothingToTheFirstSession(1);
      await screens.look(await windowOf('panel'), 'first-session');
    });

    test('the first session needs only the keyboard at 200 %, by the keys that browsers have for it', async () => {
      const panel = await windowOf('panel');
      await rig.desktop.focus(await rig.desktop.waitForWindow(titleOf('panel')));
      for (let press = 0; press < pressesToDouble; press += 1) await rig.desktop.pressKey('ctrl+plus');
      await expect.poll(() => panel.evaluate(() => window.devicePixelRatio)).toBeCloseTo(2);
      await fromNothingToTheFirstSession(2);

      await panel.keyboard.press('Control+,');
      const settings = await windowOf('settings');
      await expect(settings.getByRole('heading', { name: ui.panel.settings })).toBeVisible();
      await expectNoFlaws(settings, 2);
      await rig.desktop.focus(await rig.desktop.waitForWindow(titleOf('settings')));
      await rig.desktop.pressKey('Escape');
      await expect.poll(() => app.openViews()).toEqual(['panel']);
      await rig.desktop.focus(await rig.desktop.waitForWindow(titleOf('panel')));
      await rig.desktop.pressKey('ctrl+0');
      await expect.poll(() => panel.evaluate(() => window.devicePixelRatio)).toBeCloseTo(1);
      await rig.desktop.pressKey('ctrl+w');
      await expect.poll(() => app.openViews()).toEqual([]);
    });

    async function fromNothingToTheFirstSession(zoom: number): Promise<void> {
      const panel = await windowOf('panel');
      await expect(panel.getByRole('button', { name: ui.firstSignIn.browser })).toBeFocused();
      await expectNoFlaws(panel, zoom);
      if (zoom === 1) await screens.look(panel, 'first-run');
      await panel.keyboard.press('Tab');
      await panel.keyboard.press('Enter');
      await expect(panel.getByRole('textbox', { name: ui.firstRun.accessKeyId })).toBeFocused();
      await expectNoFlaws(panel, zoom);
      if (zoom === 1) await screens.look(panel, 'first-run-key');
      const { accessKeyId, secretAccessKey } = rig.aws.alice;
      await rig.desktop.clipboard.writeText(`Access key ID,Secret access key\r\n${accessKeyId},${secretAccessKey}\r\n`);
      await panel.keyboard.press('Control+V');
      await panel.keyboard.press('Enter');

      const mfa = await windowOf('mfa');
      await expect(mfa.getByRole('textbox', { name: ui.mfa.code })).toBeFocused();
      await expectNoFlaws(mfa, zoom);
      if (zoom > 1) await expectInsideOfTheScreen();
      await rig.typeCode(mfa);

      await expect(panel.getByRole('article', { name: 'default' }).getByRole('timer')).toBeVisible();
      await expectNoFlaws(panel, zoom);
    }

    async function expectNoFlaws(page: Page, zoom: number): Promise<void> {
      await screens.inEachTheme(page, async () => {
        expect([...(await flawsOf(page, { scrolls: zoom > 1 })), ...(await accessibilityFlaws(page))]).toEqual([]);
      });
    }

    async function expectInsideOfTheScreen(): Promise<void> {
      const { width = 0, height = 0 } = desktopOf(variant).size ?? {};
      const inside = async () => {
        const { framedArea } = await rig.desktop.waitForWindow(titleOf('mfa'));
        return framedArea.x >= 0 && framedArea.y >= 0 && framedArea.x + framedArea.width <= width && framedArea.y + framedArea.height <= height;
      };
      await expect.poll(inside).toBe(true);
    }
  });
}
