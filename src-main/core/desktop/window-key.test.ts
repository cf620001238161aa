import { describe, expect, it } from 'vitest';
import { windowKey, zoomed } from './window-key.ts';

const input = (key: string, held: object = {}) => ({ type: 'keyDown', key, control: false, meta: false, alt: false, ...held });

describe('a key of a window', () => {
  it('a key of a window takes Ctrl, and on macOS the command key', () => {
    expect(windowKey(input('w', { control: true }), 'linux')).toBe('close');
    expect(windowKey(input('w', { meta: true }), 'darwin')).toBe('close');
    expect(windowKey(input('w', { control: true }), 'darwin')).toBeNull();
    expect(windowKey(input('w'), 'win32')).toBeNull();
    expect(windowKey(input('w', { control: true, alt: true }), 'win32')).toBeNull();
  });

  it('a key of a window is pressed, not let go', () => {
    expect(windowKey({ ...input('w', { control: true }), type: 'keyUp' }, 'linux')).toBeNull();
  });

  it('a key of a window magnifies by the plus wherever the keyboard has it', () => {
    for (const key of ['+', '=']) expect(windowKey(input(key, { control: true }), 'linux')).toBe('zoom-in');
    for (const key of ['-', '_']) expect(windowKey(input(key, { control: true }), 'linux')).toBe('zoom-out');
    expect(windowKey(input('0', { control: true }), 'linux')).toBe('zoom-reset');
  });
});

describe('magnification', () => {
  it('magnification goes up and down by steps, to 300 % and to half the size', () => {
    expect(zoomed(1, 'zoom-in')).toBe(1.1);
    expect(zoomed(1.1000000000000003, 'zoom-in')).toBe(1.25);
    expect(zoomed(2, 'zoom-out')).toBe(1.75);
    expect(zoomed(3, 'zoom-in')).toBe(3);
    expect(zoomed(0.5, 'zoom-out')).toBe(0.5);
    expect(zoomed(2.5, 'zoom-reset')).toBe(1);
  });
});
