import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { quotePosix } from '../../src-main/core/hand-offs/exports.ts';

/**
 * Stands in for the user's browser, which Electron starts through `xdg-open`. It records the address that
 * it was given, and follows it as far as AWS's own sign-in, but not on to the console.
 */
export class FakeBrowser {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async install(folder: string): Promise<FakeBrowser> {
    await mkdir(folder);
    const browser = new FakeBrowser(folder);
    const script = join(folder, 'xdg-open');
    const follow = `curl -q --silent --location --max-redirs 1 --noproxy '*' --output /dev/null "$1"`;
    await writeFile(script, `#!/bin/sh\nprintf '%s\\n' "$1" >>${quotePosix(browser.#opened)}\n${follow}\nexit 0\n`);
    await chmod(script, 0o755);
    return browser;
  }

  /** For the app's environment. */
  path(before: string | undefined): string {
    return [this.#folder, before].join(delimiter);
  }

  /** The addresses on its command line, in the order of its starts. */
  async opened(): Promise<readonly string[]> {
    const text = await readFile(this.#opened, 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean);
  }

  get #opened(): string {
    return join(this.#folder, 'opened.log');
  }
}
