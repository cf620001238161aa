import { createHash } from 'node:crypto';
import { clipboard, ClipboardItem } from 'electron';
import type { SystemClipboard } from '../runtime/system-clipboard.ts';

/** Puts a text into the clipboard that is no secret, and stays there. */
export async function copyText(text: string): Promise<void> {
  await (await ofTheSystem()).writeText(text);
}

/** Puts secrets into the clipboard for a while. Only a digest of them is kept. */
export class SecretClipboard {
  #copied: { readonly digest: string; readonly timer: NodeJS.Timeout } | null = null;

  /** Takes the text out again at `clearsAt` (epoch milliseconds), unless something else was copied since. */
  async copy(text: string, clearsAt: number, onCleared: () => void): Promise<void> {
    if (this.#copied !== null) clearTimeout(this.#copied.timer);
    const timer = setTimeout(() => void this.#clearIfUnchanged().then((cleared) => cleared && onCleared()), clearsAt - Date.now());
    this.#copied = { digest: digest(text), timer };
    await (await ofTheSystem()).writeSecret(text);
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
    const { readText, clear } = await ofTheSystem();
    const unchanged = digest(await readText()) === copied;
    if (unchanged) await clear();
    return unchanged;
  }
}

/**
 * On Linux Chromium copies a text also into the primary selection, which a middle click in any window pastes, and never
 * takes it out again.
 */
async function clearPrimary(text: string): Promise<void> {
  const { primary } = await ofTheSystem();
  if (primary !== null && digest(await primary.readText()) === digest(text)) primary.clear();
}

/** Loaded once something is copied. */
async function ofTheSystem(): Promise<SystemClipboard> {
  const { systemClipboard } = await import('../runtime/system-clipboard.ts');
  return systemClipboard({ clipboard, ClipboardItem }, process.platform);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
