import type { Desktop } from '../../../contract/desktop/desktop.ts';
import { acceleratorKeyPattern } from '../../../contract/limits.ts';

/** A key event as a browser reports it. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/**
 * What a key press is to a field that records a global shortcut: `none` means no shortcut from now on, `passed` that
 * it is for somebody else, such as Tab. A refused one lacks a modifier, is of use in nearly every program, or is a
 * key that cannot be had.
 */
export type Recorded =
  | { readonly kind: 'taken'; readonly accelerator: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'passed' }
  | { readonly kind: 'refused'; readonly why: 'no-modifier' | 'common' | 'key' };

type Platform = Desktop['platform'];

const modifiers = ['Control', 'Alt', 'Shift', 'Meta'] as const;
type Modifier = (typeof modifiers)[number];

export function recorded(press: KeyPress, platform: Platform): Recorded {
  const held = modifiers.filter((modifier) => press[flags[modifier]]);
  const isAlone = held.every((modifier) => modifier === 'Shift');
  if (['Control', 'Alt', 'AltGraph', 'Shift', 'Meta', 'OS', 'Super', 'Process'].includes(press.key)) return { kind: 'passed' };
  if (isAlone && ['Tab', 'Escape', 'Enter'].includes(press.key)) return { kind: 'passed' };
  if (held.length === 0 && ['Backspace', 'Delete'].includes(press.key)) return { kind: 'none' };
  const key = keyOf(press);
  if (key === null) return { kind: 'refused', why: 'key' };
  if (isAlone) return { kind: 'refused', why: 'no-modifier' };
  if (isCommon(held, key, platform)) return { kind: 'refused', why: 'common' };
  return { kind: 'taken', accelerator: [...held, key].join('+') };
}

/** How the platform's own menus write an accelerator: `Ctrl+Alt+S`, or `⌃⌥S` on macOS. */
export function acceleratorLabel(accelerator: string, platform: Platform): string {
  const names: Readonly<Record<string, string>> = platform === 'darwin' ? macNames : { Control: 'Ctrl', Meta: platform === 'win32' ? 'Win' : 'Super' };
  return accelerator
    .split('+')
    .map((part) => names[part] ?? part)
    .join(platform === 'darwin' ? '' : '+');
}

const flags = { Control: 'ctrlKey', Alt: 'altKey', Shift: 'shiftKey', Meta: 'metaKey' } as const satisfies Record<Modifier, keyof KeyPress>;

/** In the order in which Apple writes them. */
const macNames = { Control: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘', Up: '↑', Down: '↓', Left: '←', Right: '→' };

/** The key of a press as Electron names it. With some modifiers a press gives another character than is on the key, so the key's place counts then. */
function keyOf({ key, code }: KeyPress): string | null {
  const character = /^[a-z\d]$/i.test(key) ? key.toUpperCase() : (/^(?:Key|Digit)([A-Z\d])$/.exec(code)?.[1] ?? null);
  const name = character ?? (code === 'Space' ? 'Space' : key.replace(/^Arrow/, ''));
  return acceleratorKeyPattern.test(name) ? name : null;
}

/** What closes windows, and what copies, saves and finds: a shortcut would take it from every program. */
function isCommon(held: readonly Modifier[], key: string, platform: Platform): boolean {
  const [only, ...others] = held;
  if (others.length > 0) return false;
  if (only === 'Alt') return key === 'F4';
  return /^[A-Z\d]$/.test(key) && (only === 'Control' || (only === 'Meta' && platform === 'darwin'));
}
