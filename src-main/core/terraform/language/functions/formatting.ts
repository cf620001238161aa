import { convert, textOf } from '../values/convert.ts';
import { decimalOfNumber, decimalText, signOf } from '../values/decimal.ts';
import { collection, failure, isKnown, isList, notKnown, type Value } from '../values/value.ts';
import { dependsOnStandIn, hasStandIn } from '../values/stand-in.ts';
import { quoted } from '../calling/bytes.ts';
import type { TerraformFunction } from '../calling/define.ts';
import { jsonText } from './json.ts';
import { graphemes } from './strings.ts';

const verb = /%(?:(%)|([-+ #0]*)(\d+)?(?:\.(\d+)?)?(?:\[(\d+)\])?([a-zA-Z]))/y;

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
  if (pattern === notKnown || !values.every(isKnown)) return notKnown;
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
  return used < values.length && !/%\[/.test(text) ? failure : out;
}

type Verb = { readonly letter: string; readonly flags: string; readonly width: number; readonly precision: number | null };

function formatted({ letter, flags, width, precision }: Verb, value: Value): string | typeof failure | typeof notKnown {
  if (value === null && letter !== 'v') return failure;
  switch (letter) {
    case 's':
    case 'v': {
      const text = letter === 's' || typeof value === 'string' ? textOf(value) : (textOf(value) ?? jsonText(value));
      if (text === null) return failure;
      if (flags.includes('#')) return notKnown;
      if (hasStandIn(text)) return width > 0 || precision !== null ? notKnown : text;
      if (letter === 'v' && typeof value === 'number' && (width > 0 || precision !== null || flags !== '')) return notKnown;
      return padded(precision === null ? text : graphemes(text).slice(0, precision).join(''), width, flags);
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
      return padded(String(boolean), width, flags);
    }
    default:
      return formattedNumber({ letter, flags, width, precision }, value);
  }
}

function formattedNumber({ letter, flags, width, precision }: Verb, value: Value): string | typeof failure | typeof notKnown {
  if (!/[bdoxXeEfgG]/.test(letter)) return failure;
  const number = convert(value, 'number');
  if (typeof number !== 'number') return number === notKnown ? notKnown : failure;
  if (flags.includes('#') || flags.includes(' ')) return notKnown;
  const digits = written(number, letter, precision);
  if (digits === null) return notKnown;
  const signed = flags.includes('+') && number >= 0 ? `+${digits}` : digits;
  if (!flags.includes('0') || flags.includes('-')) return padded(signed, width, flags);
  const { sign, rest } = signOf(signed);
  return `${sign}${rest.padStart(width - sign.length, '0')}`;
}

/** Null for what is not modelled, such as half a digit. */
function written(number: number, letter: string, precision: number | null): string | null {
  if (letter === 'f') return fixed(number, precision ?? 6);
  if (/[eEgG]/.test(letter) || precision !== null || !Number.isInteger(number)) return null;
  const text = number.toString({ b: 2, o: 8, d: 10 }[letter] ?? 16);
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

function padded(text: string, width: number, flags: string): string {
  const missing = ' '.repeat(Math.max(0, width - graphemes(text).length));
  if (flags.includes('-')) return text + missing;
  // Go fills with zeros on the left here, too.
  return (flags.includes('0') ? '0'.repeat(missing.length) : missing) + text;
}
