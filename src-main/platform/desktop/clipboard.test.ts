import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** The clipboard of GNOME Shell, which has a copy of the last text and brings it back when the clipboard has no owner. */
class ShellClipboard {
  text = '';
  #copy = '';

  own(text: string): void {
    this.text = text;
    this.#copy = text;
  }

  disown(): void {
    this.text = this.#copy;
  }
}

const shell = new ShellClipboard();
class Item {
  readonly kinds: Readonly<Record<string, string>>;

  constructor(kinds: Readonly<Record<string, string>>) {
    this.kinds = kinds;
  }
}

const promised = {
  readText: async () => shell.text,
  writeText: async (text: string) => shell.own(text),
  write: async (items: readonly Item[]) => shell.own(items[0]?.kinds['text/plain'] ?? ''),
  clear: () => shell.disown(),
  selection: { readText: async () => '', clear: () => undefined },
};

const atOnce = {
  readText: (name?: 'selection') => (name === undefined ? shell.text : ''),
  writeText: (text: string) => shell.own(text),
  writeHTML: () => shell.own(''),
  clear: () => shell.disown(),
};

const runtimes = {
  'Electron 45': { clipboard: promised, ClipboardItem: Item },
  'older runtimes': { clipboard: atOnce, ClipboardItem: undefined },
};

describe.each(Object.entries(runtimes))('a secret in the clipboard, with %s', (_, electron) => {
  const { platform } = process;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.resetModules();
    vi.doMock('electron', () => electron);
    Object.defineProperty(process, 'platform', { value: 'linux' });
  });
  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: platform });
    vi.doUnmock('electron');
    vi.useRealTimers();
  });

  const copied = async (text: string, onCleared = (): void => undefined) => {
    const { SecretClipboard } = await import('./clipboard.ts');
    const clipboard = new SecretClipboard();
    await clipboard.copy(text, Date.now() + 5_000, onCleared);
    return clipboard;
  };

  test('leaves it in time, also where the desktop would bring back what it held last', async () => {
    const onCleared = vi.fn<() => void>();
    await copied('secret', onCleared);
    expect(shell.text).toBe('secret');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shell.text).toBe('');
    expect(onCleared).toHaveBeenCalledOnce();
  });

  test('leaves it when the app quits', async () => {
    await (await copied('secret')).dispose();
    expect(shell.text).toBe('');
  });

  test('takes nothing out that was copied after it', async () => {
    await copied('secret');
    shell.own('another text');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shell.text).toBe('another text');
  });
});
