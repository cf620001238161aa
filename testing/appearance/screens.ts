import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type { Desktop } from '../desktop/desktop.ts';
import { checkout } from '../app/running-app.ts';
import type { Theme } from '../desktop/panel-configuration.ts';
import { flawsOf } from './flaws.ts';
import type { Variant } from './variants.ts';

/** Of all pictures, docs/screens keeps these; only a run with UPDATE_SCREENS=1 renews them. */
const kept = [
  /^panel-(empty|active)-(en-light|ja-dark)$/,
  /^panel-(problem|expiring|expired|copied)-(en-dark|ja-light)$/,
  /^panel-(roles|actions|installed)-(en-light|ja-dark)$/,
  /^mfa-(code|device)-(en-light|ja-dark)$/,
  /^mfa-(refused|used)-(en-dark|ja-light)$/,
  /^(mfa-(program|role)|question)-(en-light|ja-dark)$/,
  /^(first-run|panel-search|panel-shortcuts|panel-production|panel-projects)-(en-light|ja-dark)$/,
  /^panel-(history|activity|revocation|access-keys|report)-(en-light|ja-dark)$/,
  /^(sign-in-(browser|code|identity)|panel-sign-ins)-(en-light|ja-dark)$/,
  /^settings-(en-light|ja-dark)$/,
  /^tray-menu-(en-light|ja-dark)$/,
  /^tray-(none|active|production|expiring|expiring-production|expired)-en-(light|dark)$/,
];

const folder = join(checkout, 'test-results', 'screens');
const keptFolder = join(checkout, 'docs', 'screens');

/** The pictures of one desktop: in its language, and of pages in both themes. */
export class Screens {
  readonly #language: Variant['language'];
  readonly #own: Theme;
  #lastTray: Buffer | null = null;

  constructor({ language, theme }: Pick<Variant, 'language' | 'theme'>) {
    this.#language = language;
    this.#own = theme;
  }

  /** Takes a picture in each theme, and finds no flaw in what it shows. */
  async look(page: Page, name: string): Promise<void> {
    await this.inEachTheme(page, async (theme) => {
      await this.#take(`${name}-${this.#language}-${theme}`, async (path) => asReleased(page, async () => void (await page.screenshot({ path }))));
      expect.soft(await flawsOf(page), `${name}, ${theme}`).toEqual([]);
    });
  }

  /** Looks at a page in the desktop's theme, then in the other one, and goes back. */
  async inEachTheme(page: Page, look: (theme: Theme) => Promise<void>): Promise<void> {
    const other: Theme = this.#own === 'light' ? 'dark' : 'light';
    for (const theme of [this.#own, other]) {
      await page.emulateMedia({ colorScheme: theme === other ? other : null });
      // A picture or a check of colours must not catch a transition half way.
      await page.evaluate(settleTransitions);
      await look(theme);
    }
    await page.emulateMedia({ colorScheme: null });
  }

  /**
   * Takes a picture of the tray once the panel shows another icon than in the picture before. There are no
   * words in it, so one picture serves all languages.
   */
  async ofTray(desktop: Desktop, name: string): Promise<void> {
    await desktop.trayIconIsShown();
    await this.#take(`${name}-en-${this.#own}`, async (path) => {
      this.#lastTray = await pictureAtRest(() => pictureIn(path, desktop.screenshotTray(path)), this.#lastTray);
    });
  }

  /** Takes a picture once the screen shows something else than before `change`. */
  async ofChangedDesktop(desktop: Desktop, name: string, change: () => Promise<void>): Promise<void> {
    await this.#take(`${name}-${this.#language}-${this.#own}`, async (path) => {
      const picture = () => pictureIn(path, desktop.screenshot(path));
      const before = await picture();
      await change();
      await pictureAtRest(picture, before);
    });
  }

  async #take(file: string, takePicture: (path: string) => Promise<void>): Promise<void> {
    await mkdir(folder, { recursive: true });
    await takePicture(join(folder, `${file}.png`));
    if (process.env['UPDATE_SCREENS'] !== '1' || !kept.some((pattern) => pattern.test(file))) return;
    await mkdir(keptFolder, { recursive: true });
    await copyFile(join(folder, `${file}.png`), join(keptFolder, `${file}.png`));
  }
}

/** Without the note that the app runs on a runtime for tests, as it does wherever pictures are taken: nobody who has a release sees it. */
async function asReleased(page: Page, takePicture: () => Promise<void>): Promise<void> {
  const note = page.locator('[data-runtime-note]');
  const display = (value: string) => note.evaluateAll((notes: HTMLElement[], shown) => notes.forEach(({ style }) => (style.display = shown)), value);
  await display('none');
  await takePicture();
  await display('');
}

async function pictureIn(path: string, taken: Promise<void>): Promise<Buffer> {
  await taken;
  return readFile(path);
}

/** Takes pictures until two in a row are the same, and not the one from before. */
async function pictureAtRest(picture: () => Promise<Buffer>, before: Buffer | null): Promise<Buffer> {
  let last = await picture();
  const isAtRest = async () => {
    // The panel paints a moment after it has heard of a change.
    await delay(200);
    const [earlier, now] = [last, await picture()];
    last = now;
    return now.equals(earlier) && (before === null || !now.equals(before));
  };
  await expect.poll(isAtRest, { intervals: [0] }).toBe(true);
  return last;
}

/** Runs in the page. Spinners turn for ever and do not count as transitions. */
async function settleTransitions(): Promise<void> {
  // One of a part that is not drawn, such as what a closed `details` holds, stands still for ever, and some never end.
  const isEnding = ({ effect }: Animation) =>
    effect instanceof KeyframeEffect && effect.target?.checkVisibility() === true && effect.getComputedTiming().endTime !== Infinity;
  const ending = document.getAnimations().filter((animation) => isEnding(animation));
  await Promise.allSettled(ending.map(({ finished }) => finished));
}
