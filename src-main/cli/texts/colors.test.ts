import { describe, expect, it } from 'vitest';
import { colored, paintFor, plain } from './colors.ts';

describe('colours in a terminal', () => {
  it.each([
    ['on a terminal', { TERM: 'xterm-256color' }, true, colored],
    ['not into a file', { TERM: 'xterm-256color' }, false, plain],
    ['not where NO_COLOR is set', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, plain],
    ['where NO_COLOR is empty', { NO_COLOR: '' }, true, colored],
    ['not on a dumb terminal', { TERM: 'dumb' }, true, plain],
    ['not where CLICOLOR is 0', { CLICOLOR: '0' }, true, plain],
    ['into a file where FORCE_COLOR is set', { FORCE_COLOR: '1' }, false, colored],
    ['into a file where CLICOLOR_FORCE is set', { CLICOLOR_FORCE: '1', TERM: 'dumb' }, false, colored],
    ['not where FORCE_COLOR is 0', { FORCE_COLOR: '0' }, true, plain],
  ])('colours are used %s', (_, env, isTerminal, paint) => {
    expect(paintFor({ env, platform: 'linux', isTerminal })).toBe(paint);
  });

  it('colours are used in a console of Windows only where the user asks for them', () => {
    expect(paintFor({ env: {}, platform: 'win32', isTerminal: true })).toBe(plain);
    expect(paintFor({ env: { FORCE_COLOR: '1' }, platform: 'win32', isTerminal: true })).toBe(colored);
  });

  it('a colour ends with its text, and an empty text has none', () => {
    expect(colored('bad', 'x')).toBe('\u001b[1;31mx\u001b[0m');
    expect(colored('bad', '') + plain('bad', 'x')).toBe('x');
  });
});
