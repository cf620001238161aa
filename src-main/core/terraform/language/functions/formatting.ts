import { convert, textOf } from '../values/convert.ts';
import { decimalOfNumber, decimalText, signOf, type Decimal } from '../values/decimal.ts';
import { collection, failure, isKnown, isList, notKnown, type Value } from '../values/value.ts';
import { dependsOnStandIn, hasStandIn } from '../values/stand-in.ts';
import { quoted } from '../values/bytes.ts';
import type { TerraformFunction } from '../calling/define.ts';
import { jsonText } from './json.ts';
import { graphemes } from './strings.ts';
import { cutEnd } from '../../../cut-end.ts';

const verb = /%(?:(%)|([-+ #0]*)([1-9]\d*)?(?:\.(\d+)?)?(?:\[(\d+)\])?([a-zA-Z]))/y;

export const formatFunctions: Readonly<Record<string, TerraformFunction>> = {
  format: ([pattern = failure, ...values]) => format(pattern, values),
  formatlist: ([pattern = failure, ...values]) => formatEach(pattern, values),
};

/** One text for each item of the lists among the values; other values are in all of them. */
function formatEach(pattern: Value, values: readonly Value[]): Value {
  if ([pattern, ...values].includes(failure)) return failure;
  if ([pattern, ...values].includes(notKnown)) return notKnown;
  if (textOf(pattern) === null) return failure;
  const lists = values.filter(isList);
  const [first] = lists;
  if (first === undefined) {
    const only = format(pattern, values);
    return typeof only === 'symbol' ? only : collection([only], { kind: 'list', of: 'string' });
  }
  if (lists.some(({ length }) => length !== first.length)) return failure;
  const all = Array.from({ length: first.length }, (_, index) =>
    format(
      pattern,
      values.map((value) => (isList(value) ? (value[index] ?? null) : value)),
    ),
  );
  return all.includes(failure) ? failure : all.includes(notKnown) ? notKnown : collection(all, { kind: 'list', of: 'string' });
}

function format(pattern: Value, values: readonly Value[]): Value {
  if (pattern === failure || values.includes(failure)) return failure;
  const text = textOf(pattern);
  // Of a null without a type Terraform takes the text to be unknown.
  if (pattern === notKnown || !values.every(isKnown) || values.includes(null)) return notKnown;
  if (text === null) return failure;
  let out = '';
  let next = 0;
  let used = 0;
  for (let index = 0; index < text.length;) {
    if (text[index] !== '%') {
      out += text[index];
      index += 1;
      continue;
    }
    verb.lastIndex = index;
    const found = verb.exec(text);
    if (found === null) return failure;
    index += found[0].length;
    if (found[1] !== undefined) {
      out += '%';
      continue;
    }
    const position = found[5] === undefined ? next : Number(found[5]) - 1;
    const value = values[position];
    if (value === undefined) return failure;
    next = position + 1;
    used = Math.max(used, next);
    // A precision without digits is one of zero.
    const precision = found[0].includes('.') ? Number(found[4] ?? 0) : null;
    const one = formatted({ letter: found[6] ?? '', flags: found[2] ?? '', width: Number(found[3] ?? 0), precision }, value);
    if (typeof one !== 'string') return one;
    out += one;
  }
  return used < values.length ? failure : out;
}

type Verb = { readonly letter: string; readonly flags: string; readonly width: number; readonly precision: number | null };

function formatted({ letter, flags, width, precision }: Verb, value: Value): string | typeof failure | typeof notKnown {
  switch (letter) {
    case 's':
    case 'v': {
      const text = letter === 's' ? textOf(value) : anyText(value);
      if (text === null) return failure;
      if (flags.includes('#')) return notKnown;
      if (hasStandIn(text)) return width > 0 || precision !== null ? notKnown : text;
      // Only a text has a precision.
      if (precision === null || letter === 'v') return padded(text, width, flags);
      const all = graphemes(text);
      return all === null ? notKnown : padded(all.slice(0, precision).join(''), width, flags);
    }
    case 'q': {
      const text = textOf(value);
      if (text === null) return failure;
      const inQuotes = dependsOnStandIn(text) || precision !== null ? null : quoted(text);
      return inQuotes === null ? notKnown : padded(inQuotes, width, flags);
    }
    case 't': {
      const boolean = convert(value, 'bool');
      if (typeof boolean !== 'boolean') return boolean === notKnown ? notKnown : failure;
      // It takes a width and leaves it at that.
      return String(boolean);
    }
    default:
      return formattedNumber({ letter, flags, width, precision }, value);
  }
}

/** A number is written as the shortest of Go's notations then, which has an exponent for one of a million or more. */
function anyText(value: Value): string {
  return typeof value === 'number' ? shortest(decimalOfNumber(value)) : (textOf(value) ?? jsonText(value));
}

function shortest(decimal: Decimal): string {
  const text = decimalText(decimal);
  const { sign, rest } = signOf(text);
  const [whole = '', fraction = ''] = rest.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const exponent = digits.length - fraction.length - 1;
  if (digits === '' || (exponent >= -4 && exponent < 6)) return text;
  const after = cutEnd(digits.slice(1), (digit) => digit === '0');
  return `${sign}${digits.slice(0, 1)}${after === '' ? '' : `.${after}`}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function formattedNumber({ letter, flags, width, precision }: Verb, value: Value): string | typeof failure | typeof notKnown {
  if (!/[bdoxXeEfgG]/.test(letter)) return failure;
  const number = convert(value, 'number');
  if (typeof number !== 'number') return number === notKnown ? notKnown : failure;
  if (flags.includes('#') || flags.includes(' ')) return notKnown;
  const digits = written(number, letter, precision);
  if (digits === null) return notKnown;
  const signed = flags.includes('+') && number >= 0 ? `+${digits}` : digits;
  // Go fills numbers itself, with no zeros behind them.
  if (!flags.includes('0') || flags.includes('-')) return padded(signed, width, flags.replaceAll('0', ''));
  const { sign, rest } = signOf(signed);
  return `${sign}${rest.padStart(width - sign.length, '0')}`;
}

/** Null for what is not modelled, such as half a digit. */
function written(number: number, letter: string, precision: number | null): string | null {
  if (letter === 'f') return fixed(number, precision ?? 6);
  const { digits, scale } = decimalOfNumber(number);
  if (/[eEgG]/.test(letter) || precision !== null || scale > 0) return null;
  const text = digits.toString({ b: 2, o: 8, d: 10 }[letter] ?? 16);
  return letter === 'X' ? text.toUpperCase() : text;
}

function fixed(number: number, precision: number): string | null {
  const { digits, scale } = decimalOfNumber(number);
  if (scale <= precision) return decimalText({ digits: 1n, scale: 0 }) === '1' ? withZeros(decimalText({ digits, scale }), precision) : null;
  const unit = 10n ** BigInt(scale - precision);
  const rest = (digits < 0n ? -digits : digits) % unit;
  // Halves go to even in Go, by the binary number; they are left alone here.
  if (rest * 2n === unit) return null;
  const cut = (digits < 0n ? -digits : digits) / unit + (rest * 2n > unit ? 1n : 0n);
  if (cut === 0n && digits < 0n) return null;
  return withZeros(decimalText({ digits: digits < 0n ? -cut : cut, scale: precision }), precision);
}

function withZeros(text: string, precision: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  return precision === 0 ? whole : `${whole}.${fraction.padEnd(precision, '0')}`;
}

function padded(text: string, width: number, flags: string): string | typeof notKnown {
  if (width === 0) return text;
  const all = graphemes(text);
  if (all === null) return notKnown;
  // Zeros fill on either side.
  const missing = (flags.includes('0') ? '0' : ' ').repeat(Math.max(0, width - all.length));
  return flags.includes('-') ? text + missing : missing + text;
}
