import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandLineOf, commandWords } from './command-words.ts';

const wordsOf = (line: string, platform = 'linux') => {
  const words = commandWords(line, platform);
  return words.ok ? words.value : words.error;
};

/** What `sh` makes of a line, which starts a program that prints its arguments. */
function wordsOfShell(line: string): readonly string[] {
  const { stdout } = spawnSync('/bin/sh', ['-c', `set -- ${line}; for word; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' });
  return stdout.split('\0').slice(0, -1);
}

const lines = [
  'pass otp aws/alice',
  '  pass\totp   aws  ',
  `op item get 'AWS (work)' --otp`,
  `op item get "it's" --otp`,
  `bw get totp a\\ b "c\\"d" 'e"f' ''`,
  String.raw`p "a\\b\$c\d" \'x`,
  `p a'b'"c"d`,
  `p a=b --name=~x a#b x~`,
];

describe('the words of a command line', () => {
  it.each(lines)('the words of a command line that needs no shell are those that a shell finds: %s', (line) => {
    expect(wordsOf(line)).toEqual(wordsOfShell(line));
  });

  it.each(lines)('the words of a command line stay the same in the line that a person is shown: %s', (line) => {
    const words = commandWords(line, 'linux');
    expect(words.ok && wordsOfShell(commandLineOf(words.value))).toEqual(words.ok && words.value);
  });

  it.each([
    ['pass otp aws | head -n 1', '|'],
    ['pass otp $NAME', '$'],
    ['pass otp "$NAME"', '$'],
    ['echo `date`', '`'],
    ['~/bin/code', '~'],
    ['p a; rm -r b', ';'],
    ['p > file', '>'],
    ['p *.txt', '*'],
    ['p # comment', '#'],
    ['OP_ACCOUNT=me op item get aws', '='],
    ['p a\nq', '⏎'],
    ['p a\\', '\\'],
  ])('the words of a command line that only a shell understands are none: %s', (line, sign) => {
    expect(wordsOf(line)).toEqual({ code: 'user-command-needs-shell', params: { sign } });
  });

  it('the words of a command line with a character that nobody sees are none', () => {
    expect(wordsOf('pass otp a\u200bb')).toMatchObject({ code: 'user-command-unprintable' });
    expect(wordsOf('pass otp \u202eb')).toMatchObject({ code: 'user-command-unprintable' });
  });

  it('the words of a command line end with its quotes, and are some', () => {
    expect(wordsOf('pass "otp')).toMatchObject({ code: 'user-command-quote-open' });
    expect(wordsOf("pass 'otp")).toMatchObject({ code: 'user-command-quote-open' });
    expect(wordsOf('  ')).toMatchObject({ code: 'user-command-empty' });
    expect(wordsOf("''")).toMatchObject({ code: 'user-command-empty' });
  });

  it('the words of a command line of Windows keep their backslashes, and know double quotes alone', () => {
    expect(wordsOf(String.raw`"C:\Program Files\ykman.exe" oath it's`, 'win32')).toEqual([String.raw`C:\Program Files\ykman.exe`, 'oath', "it's"]);
    expect(wordsOf('ykman %NAME%', 'win32')).toEqual({ code: 'user-command-needs-shell', params: { sign: '%' } });
  });
});
