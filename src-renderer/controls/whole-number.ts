export type NumberLimits = { readonly min: number; readonly max: number };

/** `too-small` and `empty` may still become right while the user types on; the others may not. */
export type CheckedNumber = { readonly kind: 'right'; readonly value: number } | { readonly kind: 'empty' | 'not-whole' | 'too-small' | 'too-large' };

export function checkWholeNumber(typed: string, { min, max }: NumberLimits): CheckedNumber {
  const digits = typed.normalize('NFKC').trim();
  if (digits === '') return { kind: 'empty' };
  if (!/^\d+$/.test(digits)) return { kind: 'not-whole' };
  const value = Number(digits);
  if (value < min) return { kind: 'too-small' };
  return value > max ? { kind: 'too-large' } : { kind: 'right', value };
}
