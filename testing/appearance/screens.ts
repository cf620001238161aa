import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type { Desktop } from '../desktop/desktop.ts';
import { checkout } from '../app/running-app.ts';
import { flawsOf } from './flaws.ts';

/** Of every picture; docs/screens keeps these of them, and only a run with UPDATE_SCREENS=1 renews them. */
const kept = [
  /^panel-(empty|active)-(en-light|ja-dark)$/,
  /^panel-(problem|expiring|expired|copied)-(en-dark|ja-light)$/,
  /^panel-(roles|actions|installed)-(en-light|ja-dark)$/,
  /^mfa-(code|device)-(en-light|ja-dark)$/,
  /^mfa-(refused|used)-(en-dark|ja-light)$/,
  /^mfa-(program|role)-(en-light|ja-dark)$/,
  /^(first-run|panel-search|panel-shortcuts|panel-production|panel-projects)-(en-light|ja-dark)$/,
  /^panel-(history|activity|revocation|access-keys)-(en-light|ja-dark)$/,
  /^settings-(en-light|ja-dark)$/,
  /^tray-menu-(en-light|ja-dark)$/,
  /^tray-(none|active|production|expiring|expiring-production|expired)-en-(light|dark)$/,
];

const folder = join(checkout, 'test-results', 'screens');
const keptFolder = join(checkout, 'docs', 'screens');

/** The pictures of one language and theme. */
export class Screens {
  readonly #variant: string;

  constructor(variant: string) {
    this.#variant = variant;
  }

  /** Takes a picture, and finds no flaw in what it shows. */
  async look(page: Page, name: string): Promise<void> {
    await this.ofPage(page, name);
    expect.soft(await flawsOf(page), name).toEqual([]);
  }

  async ofPage(page: Page, name: string): Promise<void> {
    // A transition under way would be in the picture, and its colours would be judged.
    await page.evaluate(settleTransitions);
    await this.#take(name, async (path) => void (await page.screenshot({ path })));
  }

  async ofTray(desktop: Desktop, name: string): Promise<void> {
    await this.#take(name, (path) => desktop.screenshotTray(path));
  }

  /** As soon as the screen shows something else than before `change`, and has come to rest. */
  async ofChangedDesktop(desktop: Desktop, name: string, change: () => Promise<void>): Promise<void> {
    await this.#take(name, async (path) => {
      const picture = async () => {
        await desktop.screenshot(path);
        return readFile(path);
      };
      const before = await picture();
      let last = before;
      await change();
      await expect
        .poll(
          async () => {
            const [earlier, now] = [last, await picture()];
            last = now;
            return now.equals(earlier) && !now.equals(before);
          },
          { intervals: [150] },
        )
        .toBe(true);
    });
  }

  async #take(name: string, takePicture: (path: string) => Promise<void>): Promise<void> {
    const file = `${name}-${this.#variant}`;
    await mkdir(folder, { recursive: true });
    await takePicture(join(folder, `${file}.png`));
    if (process.env['UPDATE_SCREENS'] !== '1' || !kept.some((pattern) => pattern.test(file))) return;
    await mkdir(keptFolder, { recursive: true });
    await copyFile(join(folder, `${file}.png`), join(keptFolder, `${file}.png`));
  }
}

/** Runs in the page. Spinners turn for ever, and are no transitions. */
async function settleTransitions(): Promise<void> {
  const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(transitions.map(({ finished }) => finished));
}
