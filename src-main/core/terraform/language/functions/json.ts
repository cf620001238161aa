import { decimalOfNumber, decimalText, jsonNumber } from '../values/decimal.ts';
import { byCodePoints, failure, isList, isRecord, namesOf, record, type Value } from '../values/value.ts';
import { define, ofTexts, type TerraformFunction } from '../calling/define.ts';

export const jsonFunctions: Readonly<Record<string, TerraformFunction>> = {
  jsondecode: ofTexts(1, (text = '') => {
    try {
      return ofJson(JSON.parse(text));
    } catch {
      return failure;
    }
  }),
  jsonencode: define({ params: [{ nullable: 'any' }] }, ([value = null]) => jsonText(value)),
};

/** A value out of parsed JSON. Numbers with more digits than a double has are unknown. */
export function ofJson(json: unknown): Value {
  if (typeof json === 'number') return jsonNumber(json);
  if (typeof json === 'string') return json.normalize('NFC');
  if (typeof json === 'boolean' || json === null) return json;
  if (Array.isArray(json)) return json.map(ofJson);
  if (typeof json !== 'object') return failure;
  const entries = Object.entries(json).map(([name, item]): readonly [string, Value] => [name, ofJson(item)]);
  return record(entries.sort(([a], [b]) => byCodePoints(a, b)));
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
