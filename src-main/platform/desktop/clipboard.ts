import { createHash } from 'node:crypto';
import { clipboard, type Clipboard } from 'electron';

/** Puts a text into the clipboard that is no secret, and stays there. */
export async function copyText(text: string): Promise<void> {
  await clipboard.writeText(text);
}

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
    await clearPrimary(text);
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

/**
 * On Linux Chromium copies a text also into the primary selection, which a middle click in any window pastes, and never
 * takes it out again.
 */
async function clearPrimary(text: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const primary = primarySelection();
  if (digest(await primary.readText()) === digest(text)) primary.clear();
}

/** Electron 45 has it as a clipboard of its own; older runtimes take its name. */
function primarySelection(): { readonly readText: () => string | Promise<string>; readonly clear: () => void } {
  const { selection } = clipboard as { readonly selection?: Clipboard };
  if (selection) return selection;
  const named = clipboard as unknown as { readText: (name: string) => string; clear: (name: string) => void };
  return { readText: () => named.readText('selection'), clear: () => named.clear('selection') };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
