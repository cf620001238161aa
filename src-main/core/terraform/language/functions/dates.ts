import { failure, notKnown, type Value } from '../values/value.ts';
import { ofTexts, type TerraformFunction } from '../calling/define.ts';

/** A moment in epoch milliseconds, with the offset in minutes that its text has. */
type Moment = { readonly at: number; readonly offset: number; readonly isUtc: boolean; readonly isFine: boolean };

/** Date and time functions that need no clock (Terraform language documentation, "Functions"). */
export const dateFunctions: Readonly<Record<string, TerraformFunction>> = {
  formatdate: ofTexts(2, (pattern = '', text = '') => {
    const moment = momentOf(text);
    return moment === null ? failure : formatted(pattern, moment);
  }),
  timeadd: ofTexts(2, (text = '', duration = '') => {
    const [moment, milliseconds] = [momentOf(text), durationOf(duration)];
    if (moment === null || milliseconds === null) return failure;
    if (moment.isFine || !Number.isSafeInteger(milliseconds) || milliseconds % 1000 !== 0) return notKnown;
    return rfc3339({ ...moment, at: moment.at + milliseconds });
  }),
  timecmp: ofTexts(2, (a = '', b = '') => {
    const [left, right] = [momentOf(a, true), momentOf(b, true)];
    if (left === null || right === null) return failure;
    return left.isFine || right.isFine ? notKnown : Math.sign(left.at - right.at) + 0;
  }),
};

const strict = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const loose = /^(\d{4}-\d{2}-\d{2})T(\d{1,2}:\d{2}:\d{2})([.,]\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Where it is compared, Go alone looks at it, and takes more hours, offsets and fractions than the other functions do. */
function momentOf(text: string, isLoose = false): Moment | null {
  const [, date = '', clock = '', fraction = '', zone = ''] = (isLoose ? loose : strict).exec(text) ?? [];
  const time = clock.padStart(8, '0');
  const at = Date.parse(`${date}T${time}Z`);
  if (!Number.isFinite(at) || new Date(at).toISOString() !== `${date}T${time}.000Z`) return null;
  const [, sign = '', hours = '0', minutes = '0'] = /^([+-])(\d{2}):(\d{2})$/.exec(zone) ?? [];
  if (Number(hours) > (isLoose ? 24 : 23) || Number(minutes) > (isLoose ? 60 : 59)) return null;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return { at: at - offset * 60_000, offset, isUtc: zone === 'Z', isFine: fraction !== '' };
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** In milliseconds. */
const durationMax = 2 ** 63 / 1e6;

function durationOf(text: string): number | null {
  const [, sign = '', rest = ''] = /^([+-]?)(.+)$/.exec(text) ?? [];
  if (rest === '0') return 0;
  // Each part begins where the one before ends.
  const parts = [...rest.matchAll(/(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|us|[\u00B5\u03BC]s|ns)/gy)];
  if (parts.map(([all]) => all).join('') !== rest || rest === '') return null;
  const sum = parts.reduce((all, [, number = '', unit = '']) => all + Number(number) * (units[unit] ?? Number.NaN), 0);
  // Go counts nanoseconds, in 64 bits.
  if (sum >= durationMax) return null;
  return sign === '-' ? -sum : sum;
}

function zoned({ at, offset }: Moment): Date {
  return new Date(at + offset * 60_000);
}

function zoneText({ offset, isUtc }: Moment, colon: string): string {
  if (isUtc && colon === ':') return 'Z';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${colon}${two(minutes % 60)}`;
}

function rfc3339(moment: Moment): Value {
  const text = zoned(moment).toISOString();
  return /^\d{4}-/.test(text) ? `${text.slice(0, 19)}${moment.offset === 0 ? 'Z' : zoneText(moment, ':')}` : notKnown;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const two = (number: number): string => String(number).padStart(2, '0');

function formatted(pattern: string, moment: Moment): Value {
  const date = zoned(moment);
  const [month = '', day = ''] = [months[date.getUTCMonth()], days[date.getUTCDay()]];
  const hours = date.getUTCHours();
  const half = hours % 12 === 0 ? 12 : hours % 12;
  const words: Readonly<Record<string, string>> = {
    YYYY: String(date.getUTCFullYear()).padStart(4, '0'),
    YY: two(date.getUTCFullYear() % 100),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: two(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    DD: two(date.getUTCDate()),
    D: String(date.getUTCDate()),
    EEEE: day,
    EEE: day.slice(0, 3),
    hh: two(hours),
    h: String(hours),
    HH: two(half),
    H: String(half),
    AA: hours < 12 ? 'AM' : 'PM',
    aa: hours < 12 ? 'am' : 'pm',
    mm: two(date.getUTCMinutes()),
    m: String(date.getUTCMinutes()),
    ss: two(date.getUTCSeconds()),
    s: String(date.getUTCSeconds()),
    ZZZZZ: zoneText({ ...moment, isUtc: false }, ':'),
    ZZZZ: zoneText(moment, ''),
    ZZZ: moment.offset === 0 ? 'UTC' : zoneText(moment, ''),
    Z: moment.offset === 0 ? 'Z' : zoneText(moment, ':'),
  };
  let out = '';
  for (const [all, quoted, letters] of pattern.matchAll(/''|'((?:[^']|'')+)'|(([A-Za-z])\3*)|[^]/g)) {
    if (quoted !== undefined) out += quoted.replaceAll("''", "'");
    else if (letters === undefined) {
      if (all === "'") return failure;
      out += all === "''" ? "'" : all;
    } else {
      const word = words[letters];
      if (word === undefined) return failure;
      out += word;
    }
  }
  return out;
}
