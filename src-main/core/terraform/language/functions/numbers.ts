import { sumOf } from '../values/binary-fraction.ts';
import { decimalOf, decimalOfNumber, isNegativeZero, numberValue, signOf, type Decimal } from '../values/decimal.ts';
import { failure, isList, notKnown, type Value } from '../values/value.ts';
import { define, type TerraformFunction } from '../calling/define.ts';

const ofNumber = (act: (number: number) => Value): TerraformFunction => define({ params: ['number'] }, ([number]) => act(Number(number)));
const best = (pick: (...numbers: number[]) => number): TerraformFunction =>
  define({ rest: 'number' }, (numbers) => (numbers.length === 0 ? failure : pick(...numbers.map(Number))));

/** Numeric functions (Terraform language documentation, "Functions"). */
export const numberFunctions: Readonly<Record<string, TerraformFunction>> = {
  abs: ofNumber(Math.abs),
  ceil: ofNumber((number) => Math.ceil(number) + 0),
  floor: ofNumber(Math.floor),
  // Terraform works these two out with a double, too.
  log: define({ params: ['number', 'number'] }, ([number, base]) => double(Math.log(Number(number)) / Math.log(Number(base)))),
  pow: define({ params: ['number', 'number'] }, ([number, power]) => double(Number(number) ** Number(power))),
  max: best(Math.max),
  min: best(Math.min),
  parseint: define({ params: ['any', 'number'] }, ([text, base]) => parsed(text ?? null, Number(base))),
  signum: ofNumber((number) => (Number.isInteger(number) ? Math.sign(number) + 0 : failure)),
  sum: define({ params: ['any'] }, ([items]) => sum(items ?? null)),
};

/** Only whole results are sure to be the same to the last digit; Terraform writes a zero with its sign, and has no number for what is none. */
function double(number: number): Value {
  if (Number.isNaN(number)) return failure;
  return Number.isSafeInteger(number) && !Object.is(number, -0) ? number : notKnown;
}

function parsed(text: Value, base: number): Value {
  if (typeof text !== 'string' || !Number.isInteger(base) || base < 2 || base > 62) return failure;
  const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(0, base);
  // Up to base 36, a letter counts the same in both cases.
  const { sign, rest } = signOf(base > 36 ? text : text.toLowerCase());
  if (rest === '' || Array.from(rest).some((digit) => !digits.includes(digit))) return failure;
  const all = Array.from(rest).reduce((sum_, digit) => sum_ * BigInt(base) + BigInt(digits.indexOf(digit)), 0n);
  return numberValue({ digits: sign === '-' ? -all : all, scale: 0 });
}

function sum(items: Value): Value {
  if (!isList(items) || items.length === 0) return failure;
  const numbers = items.map(decimalIn);
  if (numbers.includes(null)) return items.every((item) => typeof item === 'number' || typeof item === 'string') ? notKnown : failure;
  const total = numbers.reduce((before, one) => (before === null || one === null ? null : sumOf(before, one)));
  return total === null ? notKnown : numberValue(total);
}

function decimalIn(item: Value): Decimal | null {
  if (typeof item === 'number') return decimalOfNumber(item);
  return typeof item === 'string' && /^-?\d+(\.\d+)?$/.test(item) && !isNegativeZero(item) ? decimalOf(item) : null;
}
