import type { Clipboard, ClipboardItem } from 'electron';
import { describe, expect, it } from 'vitest';
import { systemClipboard } from './system-clipboard.ts';

type Contents = ConstructorParameters<typeof ClipboardItem>[0];

/** Stands in for Electron 45's class, which Electron 33, the runtime of these tests' machines, does not have. Its types are those of 45. */
class Item implements ClipboardItem {
  constructor(readonly contents: Contents) {}
  get types(): string[] {
    return Object.keys(this.contents);
  }
  async getType(): Promise<never> {
    throw new Error('An item that was made here is not read by these tests');
  }
}

/** Stands in for a clipboard of Electron 45; `refusesMarks` is a system that takes texts alone. */
class Promised implements Pick<Clipboard, 'readText' | 'writeText' | 'write' | 'clear'> {
  readonly writes: Contents[] = [];
  readonly refusesMarks: boolean;
  text = '';
  constructor(refusesMarks = false) {
    this.refusesMarks = refusesMarks;
  }
  async readText(): Promise<string> {
    return this.text;
  }
  async writeText(text: string): Promise<void> {
    this.text = text;
  }
  async write(items: ClipboardItem[]): Promise<void> {
    if (this.refusesMarks) throw new TypeError('not this format');
    for (const item of items) {
      if (!(item instanceof Item)) throw new TypeError('not an item');
      const text = item.contents['text/plain'];
      this.writes.push(item.contents);
      this.text = typeof text === 'string' ? text : '';
    }
  }
  clear(): void {
    this.text = '';
  }
}

/** Stands in for the clipboard of Electron 33, which has the names of its selections. */
function atOnce() {
  const texts = { clipboard: '', selection: '' };
  return {
    texts,
    readText: (name: 'selection' | 'clipboard' = 'clipboard') => texts[name],
    writeText: (text: string) => void (texts.clipboard = text),
    writeHTML: () => void (texts.clipboard = ''),
    clear: (name: 'selection' | 'clipboard' = 'clipboard') => void (texts[name] = ''),
  };
}

const raw = (format: string): string => `electron application/osclipboard;format="${format}"`;

describe('the clipboard of Electron 45', () => {
  it('a secret goes into it in one write, with the marks that the clipboard managers of the system look for', async () => {
    const marksOf = async (platform: NodeJS.Platform): Promise<readonly string[]> => {
      const clipboard = new Promised();
      await systemClipboard({ clipboard, ClipboardItem: Item }, platform).writeSecret('export A=b');
      expect(clipboard.writes).toHaveLength(1);
      expect(clipboard.writes[0]?.['text/plain']).toBe('export A=b');
      return Object.keys(clipboard.writes[0] ?? {}).filter((type) => type !== 'text/plain');
    };
    expect(await marksOf('linux')).toEqual([raw('x-kde-passwordManagerHint')]);
    expect(await marksOf('darwin')).toEqual([raw('org.nspasteboard.ConcealedType'), raw('org.nspasteboard.TransientType')]);
    expect(await marksOf('win32')).toEqual([
      raw('ExcludeClipboardContentFromMonitorProcessing'),
      raw('CanIncludeInClipboardHistory'),
      raw('CanUploadToCloudClipboard'),
    ]);
  });

  it('the mark says "secret" on Linux, and is the number 0 of 32 bits on Windows', async () => {
    const clipboard = new Promised();
    await systemClipboard({ clipboard, ClipboardItem: Item }, 'linux').writeSecret('text');
    expect(clipboard.writes[0]?.[raw('x-kde-passwordManagerHint')]).toBe('secret');
    await systemClipboard({ clipboard, ClipboardItem: Item }, 'win32').writeSecret('text');
    const history = clipboard.writes[1]?.[raw('CanIncludeInClipboardHistory')];
    expect(history instanceof Blob ? [...new Uint8Array(await history.arrayBuffer())] : history).toEqual([0, 0, 0, 0]);
  });

  it('a secret goes into it without marks where the system takes none, and what is no secret has none', async () => {
    const refusing = new Promised(true);
    await systemClipboard({ clipboard: refusing, ClipboardItem: Item }, 'linux').writeSecret('export A=b');
    expect(refusing.text).toBe('export A=b');
    const taking = new Promised();
    await systemClipboard({ clipboard: taking, ClipboardItem: Item }, 'linux').writeText('111122223333');
    expect([taking.text, taking.writes]).toEqual(['111122223333', []]);
  });

  it('what a middle click pastes is a clipboard of its own on Linux, and is nowhere else', async () => {
    const clipboard = Object.assign(new Promised(), { selection: new Promised() });
    clipboard.selection.text = 'export A=b';
    const { primary, readText, clear } = systemClipboard({ clipboard, ClipboardItem: Item }, 'linux');
    expect(await primary?.readText()).toBe('export A=b');
    primary?.clear();
    expect(clipboard.selection.text).toBe('');
    clipboard.text = 'still here';
    expect(await readText()).toBe('still here');
    await clear();
    expect(clipboard.text).toBe('');
    expect(systemClipboard({ clipboard: new Promised(), ClipboardItem: Item }, 'darwin').primary).toBeNull();
  });
});

describe('the clipboard of Electron 33', () => {
  it('a secret goes into it as a text, which is read and cleared again', async () => {
    const clipboard = atOnce();
    const { writeSecret, readText, clear } = systemClipboard({ clipboard }, 'linux');
    await writeSecret('export A=b');
    expect(await readText()).toBe('export A=b');
    await clear();
    expect(clipboard.texts.clipboard).toBe('');
  });

  it('what a middle click pastes is read and cleared by its name on Linux, and is nowhere else', async () => {
    const clipboard = atOnce();
    clipboard.texts.selection = 'export A=b';
    const { primary } = systemClipboard({ clipboard }, 'linux');
    expect(await primary?.readText()).toBe('export A=b');
    primary?.clear();
    expect(clipboard.texts.selection).toBe('');
    expect(systemClipboard({ clipboard: atOnce() }, 'win32').primary).toBeNull();
  });
});
