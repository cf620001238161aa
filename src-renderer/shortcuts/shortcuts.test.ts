import { describe, expect, it } from 'vitest';
import { ariaKeys, keyLabel, shortcutIds, shortcutOf } from './shortcuts.ts';

const key = (name: string, held: object = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('a shortcut', () => {
  it('a shortcut takes Ctrl, and on macOS the command key', () => {
    expect(shortcutOf(key('e', { ctrlKey: true }), 'linux')).toBe('copy');
    expect(shortcutOf(key('e', { metaKey: true }), 'darwin')).toBe('copy');
    expect(shortcutOf(key('e', { ctrlKey: true }), 'darwin')).toBeNull();
    expect(shortcutOf(key('e'), 'linux')).toBeNull();
    expect(shortcutOf(key('y', { ctrlKey: true }), 'win32')).toBe('history');
  });

  it('a key is no shortcut with another key held as well, but for a slash that needs Shift', () => {
    expect(shortcutOf(key('T', { ctrlKey: true, shiftKey: true }), 'linux')).toBeNull();
    expect(shortcutOf(key('t', { ctrlKey: true, altKey: true }), 'win32')).toBeNull();
    expect(shortcutOf(key('/', { ctrlKey: true, shiftKey: true }), 'linux')).toBe('sheet');
  });

  it('a shortcut has a key of its own, written as on the platform', () => {
    const labels = shortcutIds.map((id) => keyLabel(id, 'linux'));
    expect(new Set(labels).size).toBe(shortcutIds.length);
    expect(keyLabel('end', 'darwin')).toBe('⌘D');
    expect(ariaKeys('end', 'win32')).toBe('Control+D');
  });
});
