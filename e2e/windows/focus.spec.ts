import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { endInPanel } from '../../testing/app/sessions.ts';
import { AppRig } from '../../testing/app/app-rig.ts';

// The focus is visible in every window, and a user who wants no motion sees none.

test.describe.configure({ mode: 'serial' });
test.skip(...skipsWithoutDesktop());

let rig: AppRig;
let app: RunningApp;

test.beforeAll(async () => {
  rig = await AppRig.start();
  app = await rig.startApp({ args: [] });
});
test.afterAll(() => rig.close());

test('every control of the prompt can be reached and shows that it has the focus', async () => {
  await (await app.window('panel')).getByRole('button', { name: 'Start session' }).press('Enter');
  const mfa = await app.window('mfa');
  await expect(mfa.getByRole('textbox', { name: 'MFA code' })).toBeFocused();
  await expectVisibleFocus(mfa);
  await rig.submitCode(mfa);
});

test('every control of the panel can be reached and shows that it has the focus', async () => {
  const panel = await app.window('panel');
  await expect(panel.getByRole('timer')).toBeVisible();
  await expectVisibleFocus(panel);
});

test('every control of the settings can be reached and shows that it has the focus', async () => {
  await (await app.window('panel')).getByRole('button', { name: 'Settings' }).press('Enter');
  const settings = await app.window('settings');
  await expect(settings.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  await expectVisibleFocus(settings);
  await settings.close();
});

test('nothing moves for a user who wants no motion', async () => {
  const panel = await app.window('panel');
  const moving = () => panel.evaluate(() => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 1).length);
  const starting = panel.getByRole('article', { name: 'default' }).getByText('Starting…');
  await endInPanel(panel, 'default');
  await panel.getByRole('button', { name: 'Start session' }).click();
  const mfa = await app.window('mfa');
  // The session stays in its start for as long as AWS does not answer.
  const held = rig.aws.faults.hold('sts:GetSessionToken');
  await rig.submitCode(mfa);
  await expect(starting).toBeVisible();
  await expect.poll(moving).toBeGreaterThan(0);
  await panel.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(moving).toBe(0);
  await expect(starting).toBeVisible();
  held.release();
});

/** Goes round once with Tab: it reaches every control, and each shows the focus by an outline. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const controls = await page
    .locator('button:enabled, input:enabled:not([aria-hidden=true]), select:enabled')
    .evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
  const met = new Set<string>();
  const unseen: string[] = [];
  for (let press = 0; press <= controls + 2; press += 1) {
    await page.keyboard.press('Tab');
    const { name, shows } = await page.evaluate(focusNow);
    if (name === null) continue;
    met.add(name);
    if (!shows) unseen.push(name);
  }
  expect(unseen).toEqual([]);
  // The radio buttons of a group are one stop.
  const groups = await page
    .locator('input[type=radio]')
    .evaluateAll((radios) => radios.length - new Set(radios.map((radio) => (radio as HTMLInputElement).name)).size);
  expect(met.size).toBeGreaterThanOrEqual(controls - groups);
}

/** Runs in the page: which element has the focus, and whether it, the field around it, or the digit there that is typed next has an outline. */
function focusNow(): { readonly name: string | null; readonly shows: boolean } {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) return { name: null, shows: true };
  const outlined = (element: Element | null): boolean => {
    if (element === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  };
  const all = [...document.querySelectorAll('*')];
  const shown = [activeElement, activeElement.parentElement, ...(activeElement.parentElement?.querySelectorAll('[data-marked]') ?? [])];
  return { name: `${activeElement.tagName} ${all.indexOf(activeElement)}`, shows: shown.some(outlined) };
}
