import { add, divide, multiply, type Decimal } from './decimal.ts';

// What Terraform reckons, whose numbers are binary fractions: null where it comes to another number than the exact one.

/** A number as Terraform holds it; `divisor` is a power of two. */
type BinaryFraction = { readonly dividend: bigint; readonly divisor: bigint };

/** The precision of Terraform's numbers, in bits (cty, `ParseNumberVal`). */
const precision = 512;

/** The sum; of 1.1 and 2.2 it is another one. */
export function sumOf(a: Decimal, b: Decimal): Decimal | null {
  const [one, other] = [held(a), held(b)];
  const exact = add(a, b);
  return areEqual(rounded(one.dividend * other.divisor + other.dividend * one.divisor, one.divisor * other.divisor), held(exact)) ? exact : null;
}

export function productOf(a: Decimal, b: Decimal): Decimal | null {
  const [one, other] = [held(a), held(b)];
  const exact = multiply(a, b);
  return areEqual(rounded(one.dividend * other.dividend, one.divisor * other.divisor), held(exact)) ? exact : null;
}

/** The quotient. Its precision depends on where the numbers come from, so it is known only where it ends. */
export function quotientOf(a: Decimal, b: Decimal): Decimal | null {
  const exact = divide(a, b);
  return exact !== null && [a, b, exact].every(endsInBinary) ? exact : null;
}

/** Whether a number is a whole one, or has halves, quarters and the like alone. */
function endsInBinary({ digits, scale }: Decimal): boolean {
  return digits % 5n ** BigInt(scale) === 0n;
}

function held({ digits, scale }: Decimal): BinaryFraction {
  return rounded(digits, 10n ** BigInt(scale));
}

function areEqual(one: BinaryFraction, other: BinaryFraction): boolean {
  return one.dividend * other.divisor === other.dividend * one.divisor;
}

/** The nearest number of that precision; of two that are as near, the even one. */
function rounded(dividend: bigint, divisor: bigint): BinaryFraction {
  if (dividend < 0n) {
    const positive = rounded(-dividend, divisor);
    return { ...positive, dividend: -positive.dividend };
  }
  // With so many places the quotient has as many bits as fit, or one more.
  const places = precision - bitsOf(dividend) + bitsOf(divisor);
  const longer = quotientWith(dividend, divisor, places);
  return bitsOf(longer.whole) > precision ? nearest(quotientWith(dividend, divisor, places - 1), places - 1) : nearest(longer, places);
}

type Quotient = { readonly whole: bigint; readonly rest: bigint; readonly of: bigint };

function quotientWith(dividend: bigint, divisor: bigint, places: number): Quotient {
  const [top, of] = [dividend << BigInt(Math.max(0, places)), divisor << BigInt(Math.max(0, -places))];
  return { whole: top / of, rest: top % of, of };
}

function nearest({ whole, rest, of }: Quotient, places: number): BinaryFraction {
  const isUp = rest * 2n > of || (rest * 2n === of && whole % 2n === 1n);
  const found = isUp ? whole + 1n : whole;
  return { dividend: found << BigInt(Math.max(0, -places)), divisor: 1n << BigInt(Math.max(0, places)) };
}

function bitsOf(number: bigint): number {
  return number === 0n ? 0 : number.toString(2).length;
}
