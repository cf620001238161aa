import { notKnown, type Value } from './value.ts';
import { cutEnd } from '../../../cut-end.ts';

/** `digits × 10 ^ -scale`, exactly. Terraform's numbers are decimals of some 150 digits, which a double is not. */
export type Decimal = { readonly digits: bigint; readonly scale: number };

/** More digits than this are beyond what Terraform keeps, or beyond reason. */
const scaleMax = 400;
const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Reads a decimal number; null for a text that is none, and for one that is too large or too small. */
export function decimalOf(text: string): Decimal | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = pattern.exec(text) ?? [];
  if (whole + fraction === '') return null;
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > scaleMax) return null;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Whether a text is a zero with a sign. Terraform writes the sign, and a number here has none. */
export function isNegativeZero(text: string): boolean {
  return text.startsWith('-') && decimalOf(text)?.digits === 0n;
}

export function decimalOfNumber(number: number): Decimal {
  return decimalOf(String(number)) ?? { digits: 0n, scale: 0 };
}

/** As Terraform writes numbers: without an exponent, and without zeros at the end. */
export function decimalText({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const all = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const [whole, fraction] = [all.slice(0, all.length - scale), cutEnd(all.slice(all.length - scale), (digit) => digit === '0')];
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** The number, or unknown where a double would be another one. */
export function numberValue(decimal: Decimal): Value {
  const number = Number(decimalText(decimal));
  const back = Number.isFinite(number) ? decimalOf(String(number)) : null;
  return back !== null && decimalText(back) === decimalText(decimal) ? number : notKnown;
}

/** A number that a JSON parser read; its text may have had more digits than a double holds. */
export function jsonNumber(number: number): Value {
  if (Object.is(number, -0)) return notKnown;
  const exact = Number.isInteger(number) ? Number.isSafeInteger(number) : String(number).replaceAll(/\D/g, '').length <= 15;
  return exact && Number.isFinite(number) ? number : notKnown;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return { digits: left + right, scale };
}

export function negative({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

/** The quotient; null where its digits do not end. */
export function divide(a: Decimal, b: Decimal): Decimal | null {
  const [left, right] = aligned(a, b);
  const more = 60;
  const scaled = left * 10n ** BigInt(more);
  return scaled % right === 0n ? { digits: scaled / right, scale: more } : null;
}

/** The remainder has the sign of `a`. Null for fractions, which Terraform rounds as binary ones. */
export function remainder(a: Decimal, b: Decimal): Decimal | null {
  const [left, right, scale] = aligned(a, b);
  return scale > 0 ? null : { digits: left % right, scale };
}

export function compare(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : Number(left > right);
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale), scale];
}

/** What a written number begins with, and what follows. */
export function signOf(text: string): { readonly sign: string; readonly rest: string } {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return { sign, rest: text.slice(sign.length) };
}
