import { mfaCodeLength } from '../../src-main/contract/limits.ts';

/** The digits in what was typed or pasted, six at most. Accepts `123 456`, `123-456` and the full-width digits of a Japanese keyboard too. */
export function codeDigits(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '').slice(0, mfaCodeLength);
}

export function isCompleteCode(typed: string): boolean {
  return codeDigits(typed).length === mfaCodeLength;
}
