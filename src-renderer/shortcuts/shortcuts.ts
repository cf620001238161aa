import type { Desktop } from '../../src-main/contract/desktop/desktop.ts';

/** The actions that have a key in the panel, all with Ctrl, or ⌘ on macOS. */
export type ShortcutId = keyof typeof keys;

const keys = { copy: 'E', terminal: 'T', renew: 'R', end: 'D', find: 'F', history: 'Y', settings: ',', sheet: '/' } as const;

export const shortcutIds = Object.keys(keys) as readonly ShortcutId[];

type Platform = Desktop['platform'];
type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The shortcut that a key event stands for; null when it is none. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key, platform: Platform): ShortcutId | null {
  const [held, other] = platform === 'darwin' ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  // Some keyboards have the slash on Shift.
  if (!held || other || altKey || (shiftKey && key !== '/')) return null;
  return shortcutIds.find((id) => keys[id] === key.toUpperCase()) ?? null;
}

/** The shortcut as the platform's own menus write it. */
export function keyLabel(id: ShortcutId, platform: Platform): string {
  return withModifier(keys[id], platform);
}

/** A key with Ctrl, or ⌘ on macOS. */
export function withModifier(key: string, platform: Platform): string {
  return platform === 'darwin' ? `⌘${key}` : `Ctrl+${key}`;
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(id: ShortcutId, platform: Platform): string {
  return `${platform === 'darwin' ? 'Meta' : 'Control'}+${keys[id]}`;
}
