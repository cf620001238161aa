import { describe, expect, it } from 'vitest';
import { SettingsChange } from '../../../contract/settings.ts';
import { acceleratorLabel, recorded, type KeyPress } from './accelerator.ts';

const press = (key: string, held: string = '', code = ''): KeyPress => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
  metaKey: held.includes('m'),
});

describe('a recorded shortcut', () => {
  it.each([
    [press('s', 'ca', 'KeyS'), 'Control+Alt+S'],
    [press(' ', 'a', 'Space'), 'Alt+Space'],
    [press('!', 'cs', 'Digit1'), 'Control+Shift+1'],
    [press('ß', 'am', 'KeyS'), 'Alt+Meta+S'],
    // On a French keyboard this key is where Q is elsewhere.
    [press('a', 'ca', 'KeyQ'), 'Control+Alt+A'],
    [press('F12', 'c', 'F12'), 'Control+F12'],
    [press('ArrowUp', 'casm', 'ArrowUp'), 'Control+Alt+Shift+Meta+Up'],
    [press('s', 'm', 'KeyS'), 'Meta+S'],
    // Option with E is an accent on macOS, which waits for its letter.
    [press('Dead', 'am', 'KeyE'), 'Alt+Meta+E'],
  ])('a recorded shortcut is named as Electron names it, and the settings take it: %j', (key, accelerator) => {
    expect(recorded(key, 'linux')).toEqual({ kind: 'taken', accelerator });
    expect(SettingsChange.safeParse({ globalShortcut: accelerator }).success).toBe(true);
  });

  it.each([
    [press('s', '', 'KeyS'), 'no-modifier'],
    [press('S', 's', 'KeyS'), 'no-modifier'],
    [press('F5', '', 'F5'), 'no-modifier'],
    [press('c', 'c', 'KeyC'), 'common'],
    [press('F4', 'a', 'F4'), 'common'],
    [press('Enter', 'c', 'Enter'), 'key'],
    [press('AudioVolumeUp', 'c', 'AudioVolumeUp'), 'key'],
    [press('あ', 'c', ''), 'key'],
    [press('Dead', '', 'Equal'), 'key'],
  ])('a shortcut that would be in the way of other programs, or that no key gives, is refused: %j', (key, why) => {
    expect(recorded(key, 'linux')).toEqual({ kind: 'refused', why });
  });

  it('⌘ with a letter is for the program in use on macOS, and Super with one for the desktop elsewhere', () => {
    expect(recorded(press('c', 'm', 'KeyC'), 'darwin')).toEqual({ kind: 'refused', why: 'common' });
    expect(recorded(press('c', 'm', 'KeyC'), 'win32')).toEqual({ kind: 'taken', accelerator: 'Meta+C' });
  });

  it('keys that go on to the next field, close the window or are only held down record nothing', () => {
    for (const key of [press('Tab'), press('Tab', 's'), press('Escape'), press('Control', 'c'), press('Shift', 's'), press('Process', 'c')])
      expect(recorded(key, 'linux')).toEqual({ kind: 'passed' });
  });

  it('Backspace and Delete take the shortcut away', () => {
    expect([press('Backspace'), press('Delete')].map((key) => recorded(key, 'linux'))).toEqual([{ kind: 'none' }, { kind: 'none' }]);
  });
});

it('a shortcut is written as menus of the platform write it', () => {
  expect(acceleratorLabel('Control+Alt+S', 'linux')).toBe('Ctrl+Alt+S');
  expect(acceleratorLabel('Shift+Meta+PageUp', 'linux')).toBe('Shift+Super+PageUp');
  expect(acceleratorLabel('Control+Meta+S', 'win32')).toBe('Ctrl+Win+S');
  expect(acceleratorLabel('Control+Alt+Shift+Meta+Up', 'darwin')).toBe('⌃⌥⇧⌘↑');
});

it.each(['A', 'Shift+A', 'F5', 'Shift+Space', 'S+Control', 'Control', 'Alt+Control+S', 'Control+Alt+s', 'Control+Escape', 'Control+Alt+S+', 'MediaPlayPause'])(
  'a text that names no keys of a shortcut is not kept as one: %s',
  (text) => {
    expect(SettingsChange.safeParse({ globalShortcut: text }).success).toBe(false);
  },
);
