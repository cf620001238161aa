import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { startGallery } from '../../scripts/gallery-server.mjs';
import { galleryStates } from '../../src-renderer/gallery/states/gallery-states.ts';
import { accessibilityFlaws } from '../../testing/appearance/accessibility.ts';
import { faintTexts, flawsOf, misplacedParts } from '../../testing/appearance/flaws.ts';
import { startDesktop, type Desktop } from '../../testing/desktop/desktop.ts';
import { skipsWithoutDesktop } from '../../testing/processes/missing-programs.ts';
import { checkout, electronExecutable, sandboxArguments, withoutGpu } from '../../testing/app/running-app.ts';

// Every window in every state, and every error of the app: nothing is cut off, faint, or out of reach.

test.skip(...skipsWithoutDesktop());

/** Those of prompts, sign-ins and questions are as high as what they show, up to the smallest screen that is usual. */
const sizes = {
  panel: { width: 400, height: 560 },
  mfa: { width: 360, height: 700 },
  'sign-in': { width: 420, height: 700 },
  question: { width: 440, height: 700 },
  settings: { width: 640, height: 720 },
};

const states = Object.entries(galleryStates(0)).filter(([name]) => name !== 'mfa-closed');

const styles = join(checkout, 'src-renderer');

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
    // Each state is a navigation, and Chromium lets a page have no more than 200 of them in ten seconds.
    args: [
      ...sandboxArguments(),
      ...withoutGpu,
      '--disable-ipc-flooding-protection',
      join(checkout, 'e2e', 'windows', 'gallery-window'),
      `--user-data-dir=${folder}`,
    ],
    // Electron warns of pages without a content security policy, which the development server cannot have.
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

test('every state looks right, in both themes', async () => {
  test.setTimeout(480_000);
  await lookAtAll('en', 1, async (name) => {
    await page.emulateMedia({ colorScheme: 'light' });
    expect.soft([...(await flawsOf(page)), ...(await accessibilityFlaws(page))], `${name}, light`).toEqual([]);
    // A theme changes only colours, which a test below proves.
    await page.emulateMedia({ colorScheme: 'dark' });
    expect.soft([...(await faintTexts(page)), ...(await accessibilityFlaws(page, 'colours'))], `${name}, dark`).toEqual([]);
  });
});

// A language changes only words, and a size only places, so their colours and what is built of them were looked at above.
test('every state has room for Japanese', async () => {
  test.setTimeout(240_000);
  await lookAtAll('ja', 1, async (name) => {
    expect.soft(await misplacedParts(page), name).toEqual([]);
  });
});

for (const language of ['en', 'ja'] as const) {
  test(`every state looks right in ${language}, at 200 %`, async () => {
    test.setTimeout(240_000);
    await lookAtAll(language, 2, async (name) => {
      expect.soft(await misplacedParts(page, { scrolls: true }), name).toEqual([]);
    });
  });
}

test('a theme changes colours alone, so that what has its place in one has it in the other', async () => {
  const isStyle = (name: string) => name.endsWith('.css');
  const sheets = (await readdir(styles, { recursive: true })).filter(isStyle);
  const themed = [];
  for (const sheet of sheets) if (/prefers-color-scheme|light-dark/.test(await readFile(join(styles, sheet), 'utf8'))) themed.push(sheet);
  expect(themed).toEqual([join('look', 'tokens.css')]);
  const [, dark = ''] = (await readFile(join(styles, 'look', 'tokens.css'), 'utf8')).split('@media (prefers-color-scheme: dark)');
  const values = [...dark.matchAll(/^ *(--[\w-]+): (.*);$/gm)].map(([, name, value]) => [name, value]);
  expect(values.length).toBeGreaterThan(0);
  expect(values.filter(([name, value]) => name !== '--shadow' && !/^#[\da-f]{6}$/.test(value ?? ''))).toEqual([]);
});

test('the overview shows each state, and finds one by its name', async () => {
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.goto(url);
  await page.getByRole('searchbox', { name: 'State' }).fill('panel-active');
  await expect(page.locator('iframe')).toHaveCount(1);
  await expect(page.frameLocator('iframe').getByRole('timer')).toBeVisible();
  await page.getByRole('link', { name: 'Parts' }).click();
  await expect(page.getByRole('heading', { name: 'ErrorText' })).toBeVisible();
});

/** Goes through all states, in a window whose page is as large as that of a magnified one. */
async function lookAtAll(language: 'en' | 'ja', zoom: number, look: (name: string) => Promise<void>): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  // The parts, since the overview would draw all states at once before the first one is looked at.
  await page.goto(`${url}#parts`);
  let last = '';
  for (const [name, shown] of states) {
    const { width, height } = sizes[shown.view];
    if (`${width} ${height}` !== last) await page.setViewportSize({ width: width / zoom, height: height / zoom });
    last = `${width} ${height}`;
    const hash = `state=${name}&language=${language}`;
    if (!(await page.evaluate(showState, hash))) await load(hash);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await look(name);
  }
}

/** Draws a state in a page of its own, for the rare time that a page does not follow its address. */
async function load(hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${url}#${hash}`);
  await page.locator('#root > *').first().waitFor();
}

/**
 * Runs in the page. Every state is drawn anew, so the page has another first element once it is shown. What a
 * state does after it is drawn waits for a frame. False where nothing was drawn in two seconds.
 */
async function showState(hash: string): Promise<boolean> {
  const shown = () => document.getElementById('root')?.firstElementChild;
  const before = shown();
  window.location.hash = hash;
  for (let tries = 0; shown() === before; tries += 1) {
    if (tries === 400) return false;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await new Promise(requestAnimationFrame);
  return true;
}
