import { createHash } from 'node:crypto';
import { clipboard } from 'electron';

/** Puts secrets into the clipboard for a while. Only a digest of them is kept. */
export class SecretClipboard {
  #copied: { readonly digest: string; readonly timer: NodeJS.Timeout } | null = null;

  /** Takes the text out again at `clearsAt` (epoch milliseconds), unless something else was copied since. */
  async copy(text: string, clearsAt: number, onCleared: () => void): Promise<void> {
    if (this.#copied !== null) clearTimeout(this.#copied.timer);
    const timer = setTimeout(() => void this.#clearIfUnchanged().then((cleared) => cleared && onCleared()), clearsAt - Date.now());
    this.#copied = { digest: digest(text), timer };
    // The clipboard's functions return promises in Electron 45, and plain values in older runtimes. `await` suits both.
    await clipboard.writeText(text);
  }

  /** A secret does not outlive the app that put it there. */
  async dispose(): Promise<void> {
    await this.#clearIfUnchanged();
  }

  async #clearIfUnchanged(): Promise<boolean> {
    if (this.#copied === null) return false;
    const { digest: copied, timer } = this.#copied;
    clearTimeout(timer);
    this.#copied = null;
    const unchanged = digest(await clipboard.readText()) === copied;
    if (unchanged) clipboard.clear();
    return unchanged;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
