import { decimalOfNumber, decimalText, jsonNumber } from '../values/decimal.ts';
import { byCodePoints, failure, isList, isRecord, namesOf, notKnown, record, type Value } from '../values/value.ts';
import { define, ofTexts, type TerraformFunction } from '../calling/define.ts';

export const jsonFunctions: Readonly<Record<string, TerraformFunction>> = {
  jsondecode: ofTexts(1, (text = '') => {
    try {
      const json: unknown = JSON.parse(text);
      return hasRepeatedName(text, json) || hasLongNumber(text) ? notKnown : ofJson(json);
    } catch (error) {
      // It is nested deeper than the stack is.
      return error instanceof RangeError ? notKnown : failure;
    }
  }),
  jsonencode: define({ params: [{ nullable: 'any' }] }, ([value = null]) => jsonText(value)),
};

/** A value out of parsed JSON. Numbers with more digits than a double has are unknown. */
export function ofJson(json: unknown): Value {
  if (typeof json === 'number') return jsonNumber(json);
  if (typeof json === 'string') return textOfJson(json);
  if (typeof json === 'boolean' || json === null) return json;
  if (Array.isArray(json)) return json.map(ofJson);
  if (typeof json !== 'object') return failure;
  const entries = Object.entries(json).map(([name, item]): readonly [string, Value] => [textOfJson(name), ofJson(item)]);
  // Of two names that are one to Terraform, it is open which one counts.
  if (new Set(entries.map(([name]) => name)).size < entries.length) return notKnown;
  return record(entries.sort(([a], [b]) => byCodePoints(a, b)));
}

function textOfJson(text: string): string {
  return wellFormed(text).normalize('NFC');
}

/** Half of a surrogate pair, which an escape can be, is no character in Go. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

/** Of values with the same name Terraform takes the last, but fails where an earlier one is of another type. */
function hasRepeatedName(text: string, json: unknown): boolean {
  const written = text.match(/"(?:[^"\\]|\\.)*"(?:\s*:)?/g)?.filter((part) => part.endsWith(':')) ?? [];
  return written.length > countNames(json);
}

/** Whether a number in it may have more digits than a double, or be beyond one. */
function hasLongNumber(text: string): boolean {
  return /\d(?:\.?\d){16}|\d[eE][+-]?\d{3}/.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'));
}

function countNames(json: unknown): number {
  if (typeof json !== 'object' || json === null) return 0;
  const items: readonly unknown[] = Object.values(json);
  return items.reduce((count: number, item) => count + countNames(item), Array.isArray(json) ? 0 : items.length);
}

/** As Go writes JSON, with those characters escaped that would mean something in HTML. */
export function jsonText(value: Value): string {
  if (typeof value === 'number') return decimalText(decimalOfNumber(value));
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`;
  if (isRecord(value))
    return `{${namesOf(value)
      .map((name) => `${quoted(name)}:${jsonText(value[name] ?? null)}`)
      .join(',')}}`;
  return typeof value === 'string' ? quoted(value) : String(value);
}

function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll(/[<>&\u2028\u2029\u007f]/g, (found) => (found === '\u007f' ? found : `\\u${(found.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`))
    .replaceAll(String.raw`\b`, String.raw`\b`);
}
