import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { Screens } from '../../testing/appearance/screens.ts';
import { desktopOf, themedWindow, variants } from '../../testing/appearance/variants.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { closeByEscape, type RunningApp } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// Five thousand profiles, searched with the keyboard in each language and theme, and magnified.

test.skip(...skipsWithoutDesktop());

const roles = 5_000;
const accountOf = (index: number) => String(400_000_000_000 + index);

for (const variant of variants) {
  const { language, theme, ui, tray } = variant;
  test.describe(`${language}, ${theme}`, () => {
    test.describe.configure({ mode: 'serial' });
    const screens = new Screens(variant);
    let rig: AppRig;
    let app: RunningApp;

    test.beforeAll(async () => {
      rig = await AppRig.start({ desktop: desktopOf(variant) });
      const many = Array.from(
        { length: roles },
        (_, index) => `[profile team-${index}]\nrole_arn = arn:aws:iam::${accountOf(index)}:role/Operator${index % 7}\nsource_profile = default\n`,
      );
      await writeFile(rig.awsFiles.config, `${await readFile(rig.awsFiles.config, 'utf8')}\n${many.join('')}`);
      await mkdir(rig.dataFolder, { recursive: true });
      const accounts = { [accountOf(1234)]: { alias: 'example-payments', color: null, production: true } };
      await writeFile(join(rig.dataFolder, 'settings.json'), JSON.stringify({ accounts }));
      app = await rig.startApp({ args: [] });
    });
    test.afterAll(() => rig.close());

    const panelOf = () => themedWindow(app, 'panel');

    test('a profile is found by name, account ID, alias and role, and Enter leads to the session', async () => {
      const panel = await panelOf();
      const found = (number: number) => panel.getByRole('status').filter({ hasText: ui.list.found.replace('{{number}}', String(number)) });
      for (const query of ['team-4321', accountOf(4321), '4000 0000 4321']) {
        await panel.keyboard.type(query);
        await expect(panel.getByRole('article')).toHaveCount(1);
        await expect(panel.getByRole('article', { name: 'team-4321' })).toBeVisible();
        await expect(found(1)).toBeAttached();
        await panel.keyboard.press('Escape');
      }
      await panel.keyboard.type('Operator3');
      await expect(panel.getByRole('article', { name: 'team-3', exact: true })).toBeVisible();
      await screens.look(panel, 'panel-search');
      await panel.keyboard.press('Escape');

      await panel.keyboard.type('payments');
      await expect(panel.getByRole('article')).toHaveCount(1);
      const payments = panel.getByRole('article', { name: 'team-1234' });
      await expect(payments).toContainText('example-payments');
      await expectNoFlaws(panel);
      await panel.keyboard.press('ArrowDown');
      await expect(payments.getByRole('button', { name: ui.session.start })).toBeFocused();
      await panel.keyboard.press('Enter');
      // The role session is made from the user's session, which needs the code.
      const mfa = await themedWindow(app, 'mfa');
      await expect(mfa.getByRole('region', { name: ui.mfa.identity })).toContainText('111111111111');
      await closeByEscape(mfa);
      await panel.getByRole('searchbox').focus();
      await panel.keyboard.press('Escape');
    });

    test('at 200 % nothing of the search is cut off or out of reach', async () => {
      const panel = await panelOf();
      await rig.desktop.focus(await rig.desktop.waitForWindow(tray['window-panel']));
      for (let press = 0; press < 5; press += 1) await rig.desktop.pressKey('ctrl+plus');
      await expect.poll(() => panel.evaluate(() => window.devicePixelRatio)).toBeCloseTo(2);
      await panel.keyboard.type('payments');
      await expect(panel.getByRole('article', { name: 'team-1234' })).toBeVisible();
      await expectNoFlaws(panel, { scrolls: true });
      await panel.keyboard.press('Control+/');
      await expect(panel.getByRole('dialog')).toBeVisible();
      await expectNoFlaws(panel, { scrolls: true });
      await panel.keyboard.press('Escape');
      await panel.keyboard.press('Control+0');
    });

    async function expectNoFlaws(page: Page, options = {}): Promise<void> {
      await screens.inEachTheme(page, async () => {
        expect([...(await flawsOf(page, options)), ...(await accessibilityFlaws(page))]).toEqual([]);
      });
    }
  });
}
