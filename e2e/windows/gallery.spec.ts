import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { startGallery } from '../../scripts/gallery-server.mjs';
import { galleryStates } from '../../src-renderer/gallery/states/gallery-states.ts';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { flawsOf } from '../../testing/appearance/flaws.ts';
import { startDesktop, type Desktop } from '../../testing/desktop/desktop.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { checkout, electronExecutable, sandboxArguments } from '../../testing/app/running-app.ts';

// Every window in every state, every refusal of the product among them: nothing is cut off, faint, or out of reach.

test.skip(
  missingPrograms().length > 0,
  `not installed: ${missingPrograms()
    .map(({ program }) => program)
    .join(', ')}`,
);

const sizes = { panel: { width: 400, height: 560 }, mfa: { width: 380, height: 640 }, settings: { width: 520, height: 680 } };
const states = Object.entries(galleryStates(0)).filter(([name]) => name !== 'mfa-closed');

let desktop: Desktop;
let folder: string;
let gallery: Awaited<ReturnType<typeof startGallery>>;
let electron: ElectronApplication;
let page: Page;
let url: string;

test.beforeAll(async () => {
  desktop = await startDesktop();
  folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  gallery = await startGallery();
  url = gallery.resolvedUrls?.local[0] ?? '';
  electron = await _electron.launch({
    executablePath: electronExecutable(),
    args: [...sandboxArguments(), join(checkout, 'e2e', 'windows', 'gallery-window'), `--user-data-dir=${folder}`],
    // Its warning is about pages that have no content security policy, which the development server cannot have.
    env: { ...desktop.env, ELECTRON_DISABLE_SECURITY_WARNINGS: '1' },
  });
  page = await electron.firstWindow();
});
test.afterAll(async () => {
  await electron.close();
  await gallery.close();
  await desktop.close();
  await rm(folder, { recursive: true, force: true });
});

for (const language of ['en', 'ja'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    for (const zoom of [1, 2]) {
      test(`${language}, ${theme}, at ${zoom * 100} %`, async () => {
        test.setTimeout(240_000);
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        let last = '';
        for (const [name, { view }] of states) {
          // What a window of the same size shows when it is magnified.
          if (view !== last) await page.setViewportSize({ width: sizes[view].width / zoom, height: sizes[view].height / zoom });
          last = view;
          await page.goto(`${url}#state=${name}&language=${language}`);
          await expect(page.locator('html')).toHaveAttribute('lang', language);
          const flaws = await flawsOf(page, { scrolls: zoom > 1 });
          expect.soft([...flaws, ...(zoom === 1 ? await accessibilityFlaws(page) : [])], name).toEqual([]);
        }
      });
    }
  }
}

test('the overview shows each state, and finds one by its name', async () => {
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.goto(url);
  await page.getByRole('searchbox', { name: 'State' }).fill('panel-active');
  await expect(page.locator('iframe')).toHaveCount(1);
  await expect(page.frameLocator('iframe').getByRole('timer')).toBeVisible();
  await page.getByRole('link', { name: 'Parts' }).click();
  await expect(page.getByRole('heading', { name: 'ErrorText' })).toBeVisible();
});
