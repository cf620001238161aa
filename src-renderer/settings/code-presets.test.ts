import { expect, it } from 'vitest';
import { commandWords } from '../../src-main/core/user-commands/command-words.ts';
import { codePresets, isPlaceholder, presetOf } from './code-presets.ts';

it('each preset is a command that can be run, and known by its program', () => {
  for (const { id, line } of codePresets) expect([commandWords(line, 'linux').ok, commandWords(line, 'win32').ok, presetOf(line)]).toEqual([true, true, id]);
});

it('each preset leaves at least its last name to the user', () => {
  for (const { line } of codePresets) expect(line.split(' ').filter(isPlaceholder)).toContain('NAME');
});

it('a command of the user’s own is no preset', () => {
  expect([presetOf('/opt/code'), presetOf(''), presetOf('passage otp')]).toEqual([null, null, null]);
});
