import { describe, expect, it } from 'vitest';
import { codeDigits, isCompleteCode } from './mfa-code.ts';

describe('an MFA code', () => {
  it.each(['123456', '123 456', '123-456', ' 123\t456\n', '１２３４５６', '１２３　４５６'])('an MFA code is read from %j', (typed) => {
    expect(codeDigits(typed)).toBe('123456');
  });

  it('an MFA code drops what is no digit', () => {
    expect(codeDigits('a1b2')).toBe('12');
    expect(codeDigits('abc')).toBe('');
  });

  it('an MFA code never has more than six digits', () => {
    expect(codeDigits('12345678')).toBe('123456');
  });

  it('an MFA code is complete with six digits', () => {
    expect(isCompleteCode('12 34 5')).toBe(false);
    expect(isCompleteCode('12 34 56')).toBe(true);
  });
});
