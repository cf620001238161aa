import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../user-commands/command-outcome.ts';
import { codeOf, sourceOf } from './code-source.ts';

const chosen = { from: 'command', line: "ykman oath accounts code -s 'AWS me'", touch: true } as const;
const ofProfile = { profile: 'default', line: 'pass otp aws' };
const exited = (status: number, output: string, said = ''): CommandOutcome => ({
  kind: 'exited',
  status,
  output,
  said,
  lastLine: said.split('\n').at(-1) ?? '',
});
const code = (outcome: CommandOutcome) => {
  const found = codeOf(['/usr/bin/pass', 'otp'], outcome);
  return found.ok ? found.value : found.error;
};

describe('the source of a code', () => {
  it('the source of a code is what the settings say of the device, else the profile, else the user', () => {
    expect(sourceOf(chosen, ofProfile, 'linux')).toEqual({
      ok: true,
      value: { words: ['ykman', 'oath', 'accounts', 'code', '-s', 'AWS me'], program: 'ykman', touch: true, foundIn: null },
    });
    expect(sourceOf(undefined, ofProfile, 'linux')).toEqual({
      ok: true,
      value: { words: ['pass', 'otp', 'aws'], program: 'pass', touch: false, foundIn: 'default' },
    });
    expect(sourceOf({ from: 'profile', line: 'old', touch: true }, ofProfile, 'linux')).toMatchObject({ value: { program: 'pass', touch: true } });
    expect(sourceOf({ from: 'typing', line: 'old', touch: true }, ofProfile, 'linux')).toBeNull();
    expect(sourceOf(undefined, null, 'linux')).toBeNull();
  });

  it('the source of a code is not typed in place of a command that cannot be run', () => {
    expect(sourceOf({ ...chosen, line: 'pass otp aws | head -1' }, null, 'linux')).toMatchObject({ ok: false, error: { code: 'user-command-needs-shell' } });
  });
});

describe('what a source prints', () => {
  it('what a source prints is a code where it is six digits alone', () => {
    expect(code(exited(0, '012345\n'))).toBe('012345');
    expect(code(exited(0, '012345\r\n', 'a warning'))).toBe('012345');
  });

  it.each([
    ['12345678', { code: 'code-source-length', params: { program: 'pass', digits: 8 } }],
    ['12345', { code: 'code-source-length', params: { program: 'pass', digits: 5 } }],
    ['123 456', { code: 'code-source-garbage', params: { program: 'pass' } }],
    ['AWS: 123456', { code: 'code-source-garbage', params: { program: 'pass' } }],
    ['１２３４５６', { code: 'code-source-garbage', params: { program: 'pass' } }],
    ['', { code: 'code-source-garbage', params: { program: 'pass' } }],
  ])('what a source prints is no code otherwise, and does not stand in the sentence: %s', (output, error) => {
    expect(code(exited(0, output))).toEqual(error);
  });

  it.each([
    ['Error: Multiple matches, please make the query more specific.\n\nAWS:alice\nAWS:bob', 'code-source-several'],
    ['[ERROR] More than one item matches "aws"', 'code-source-several'],
    ['More than one result was found.', 'user-command-failed-saying'],
    ['ERROR: No YubiKey detected!', 'code-source-device'],
    ['Vault is locked.', 'code-source-locked'],
    ['ERROR: Authentication to the YubiKey failed. Wrong password?', 'code-source-locked'],
    ['[ERROR] you are not currently signed in. Please run `op signin --help`', 'code-source-locked'],
    ['gpg: decryption failed: No secret key', 'code-source-locked'],
    ['gpg: decryption failed: Inappropriate ioctl for device', 'code-source-terminal'],
    ['code: 3: cannot open /dev/tty: No such device or address', 'code-source-terminal'],
    ['Error: aws is not in the password store.', 'user-command-failed-saying'],
    ['boom', 'user-command-failed-saying'],
  ])('what a source says where it fails has a sentence of its own where the user can do something: %s', (said, expected) => {
    expect(code(exited(1, '', said))).toMatchObject({ code: expected });
  });

  it('what a source says is no complaint where it gave a code', () => {
    expect(code(exited(0, '123456', 'the vault will be locked soon'))).toBe('123456');
    expect(code({ kind: 'not-found' })).toMatchObject({ code: 'user-command-not-found' });
    expect(code({ kind: 'timed-out', lastLine: 'Touch your YubiKey...', said: 'Touch your YubiKey...' })).toEqual({
      code: 'code-source-late',
      params: { program: 'pass', seconds: 30 },
    });
  });
});
