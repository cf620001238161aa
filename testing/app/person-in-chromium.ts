import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { quotePosix } from '../../src-main/core/hand-offs/exports.ts';
import { findProgram } from '../processes/find-program.ts';
import { poll } from '../processes/deadline.ts';
import { sandboxArguments } from './running-app.ts';

/** How long the app may take to start the browser, in milliseconds: a plan may have to get that far first. */
const patienceMs = 120_000;

/**
 * A person with Debian's Chromium. `xdg-open`, by which Electron starts a browser, only notes the address; the person
 * opens it in the browser that is there already, as a second start of a browser does.
 */
export class PersonInChromium {
  readonly #folder: string;
  readonly #browser: Browser;
  #seen = 0;

  private constructor(folder: string, browser: Browser) {
    this.#folder = folder;
    this.#browser = browser;
  }

  static async start(folder: string): Promise<PersonInChromium> {
    const executablePath = findProgram('chromium');
    if (executablePath === null) throw new Error('Chromium is not installed');
    await mkdir(folder);
    const browser = await chromium.launch({
      executablePath,
      args: [...sandboxArguments(), '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-proxy-server'],
    });
    const person = new PersonInChromium(folder, browser);
    const script = join(folder, 'xdg-open');
    await writeFile(script, `#!/bin/sh\nprintf '%s\\n' "$1" >>${quotePosix(person.#opened)}\n`);
    await chmod(script, 0o755);
    return person;
  }

  /** For the app's environment. */
  path(before: string | undefined): string {
    return [this.#folder, before].join(delimiter);
  }

  /** The addresses that the app gave to the browser, in their order. */
  async addresses(): Promise<readonly string[]> {
    return (await readFile(this.#opened, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  }

  /** Waits for the next page that the app opens, answers it, and returns the page that it ends on. */
  async answers(user: string, answer: 'Allow' | 'Deny' = 'Allow'): Promise<Page> {
    const page = await this.opens();
    await this.chooses(page, user, answer);
    return page;
  }

  /** Leaves what the app has opened until now as it is. */
  async passesOver(): Promise<void> {
    this.#seen = (await this.addresses()).length;
  }

  /** Waits for the next page that the app opens, and shows it. */
  async opens(): Promise<Page> {
    const address = await poll(patienceMs, 'No page was opened', async () => (await this.addresses())[this.#seen]);
    this.#seen += 1;
    const page = await (await this.#browser.newContext()).newPage();
    await page.goto(address);
    return page;
  }

  /** Answers a page that is shown, and waits for the one after it. */
  async chooses(page: Page, user: string, answer: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
    await page.getByRole('combobox').selectOption(user);
    await page.getByRole('button', { name: answer }).click();
    await page.waitForLoadState();
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  get #opened(): string {
    return join(this.#folder, 'opened.log');
  }
}
