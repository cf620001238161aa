import type { Clipboard, ClipboardItem } from 'electron';

/** The functions of a clipboard as Electron 45 has them; its types are those that the checks go by. */
type Promised = Pick<Clipboard, 'readText' | 'writeText' | 'write' | 'clear'>;

/** The same of Electron 33, which answers at once and takes the name of a selection. It has no `write` of several formats as they are. */
type AtOnce = {
  readonly readText: (name?: 'selection') => string;
  readonly writeText: (text: string) => void;
  readonly writeHTML: (markup: string) => void;
  readonly clear: (name?: 'selection') => void;
};

/** What `electron` exports; only Electron 45 has `ClipboardItem`, and `selection` on Linux. */
export type ClipboardExports =
  | { readonly clipboard: Promised & { readonly selection?: Promised }; readonly ClipboardItem: typeof ClipboardItem }
  | { readonly clipboard: AtOnce; readonly ClipboardItem?: undefined };

export type SystemClipboard = {
  readonly readText: () => Promise<string>;
  readonly writeText: (text: string) => Promise<void>;
  /** Electron 45 marks the text, so that clipboard managers neither keep nor send it; older runtimes cannot. */
  readonly writeSecret: (text: string) => Promise<void>;
  readonly clear: () => Promise<void>;
  /** What a middle click pastes; null where the system has no such thing. */
  readonly primary: { readonly readText: () => Promise<string>; readonly clear: () => void } | null;
};

/**
 * GNOME Shell keeps a copy of the text in the clipboard, and puts it back as soon as the clipboard has no owner. It drops
 * the copy when something else is copied, and makes none of what has no text, such as this markup.
 */
const withoutText = '<br>';

/** The clipboard of the system, in the way of the runtime that runs. */
export function systemClipboard(electron: ClipboardExports, platform: NodeJS.Platform): SystemClipboard {
  if (electron.ClipboardItem === undefined) return answeringAtOnce(electron.clipboard, platform);
  const { clipboard, ClipboardItem: Item } = electron;
  const { selection } = clipboard;
  return {
    readText: () => clipboard.readText(),
    writeText: (text) => clipboard.writeText(text),
    writeSecret: async (text) => {
      try {
        // One write, so that no clipboard manager sees the text without its marks.
        await clipboard.write([new Item({ 'text/plain': text, ...concealed(platform) })]);
      } catch {
        // A system that does not take the marks: the text is as it was before there were any.
        await clipboard.writeText(text);
      }
    },
    clear: async () => {
      if (platform === 'linux') await clipboard.write([new Item({ 'text/html': withoutText })]).catch(() => undefined);
      clipboard.clear();
    },
    primary: selection === undefined ? null : { readText: () => selection.readText(), clear: () => selection.clear() },
  };
}

function answeringAtOnce(clipboard: AtOnce, platform: NodeJS.Platform): SystemClipboard {
  const writeText = async (text: string): Promise<void> => clipboard.writeText(text);
  return {
    readText: async () => clipboard.readText(),
    writeText,
    writeSecret: writeText,
    clear: async () => {
      if (platform === 'linux') clipboard.writeHTML(withoutText);
      clipboard.clear();
    },
    primary: platform === 'linux' ? { readText: async () => clipboard.readText('selection'), clear: () => clipboard.clear('selection') } : null,
  };
}

/**
 * What clipboard managers look for: on Linux KDE's hint, which others follow too; on macOS the types of nspasteboard.org;
 * on Windows three formats of its own, for what watches the clipboard, for the history, and for other devices.
 */
function concealed(platform: NodeJS.Platform): Readonly<Record<string, string | Blob>> {
  if (platform === 'linux') return { [raw('x-kde-passwordManagerHint')]: 'secret' };
  if (platform === 'darwin') return { [raw('org.nspasteboard.ConcealedType')]: '1', [raw('org.nspasteboard.TransientType')]: '1' };
  if (platform !== 'win32') return {};
  // A number of 32 bits that is 0, for "no".
  const no = new Blob([new Uint8Array(4)]);
  return {
    [raw('ExcludeClipboardContentFromMonitorProcessing')]: no,
    [raw('CanIncludeInClipboardHistory')]: no,
    [raw('CanUploadToCloudClipboard')]: no,
  };
}

/** How Electron names a format of the system itself. */
function raw(format: string): string {
  return `electron application/osclipboard;format="${format}"`;
}
