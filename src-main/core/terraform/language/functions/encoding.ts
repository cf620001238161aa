import { byCodePoints, collection, failure, notKnown, record, type Value } from '../values/value.ts';
import { base64, bytesOf, ofBase64, textOfBytes } from '../values/bytes.ts';
import { ofTexts, type TerraformFunction } from '../calling/define.ts';

/** Encoding functions besides JSON and YAML (Terraform language documentation, "Functions"). */
export const encodingFunctions: Readonly<Record<string, TerraformFunction>> = {
  base64decode: ofTexts(1, (text = '') => {
    const bytes = ofBase64(text);
    return bytes === null ? failure : (textOfBytes(bytes) ?? failure);
  }),
  base64encode: ofTexts(1, (text = '') => base64(bytesOf(text))),
  csvdecode: ofTexts(1, csv),
  textdecodebase64: ofTexts(2, (text = '', encoding = '') => {
    const bytes = ofBase64(text);
    if (bytes === null) return failure;
    const name = encoding.toUpperCase();
    if (name !== 'UTF-8' && name !== 'UTF-16LE') return notKnown;
    const decoded = new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
    // What stands for bytes that are no text is refused, even where the text has it itself.
    return decoded.includes('\uFFFD') ? failure : decoded;
  }),
  textencodebase64: ofTexts(2, (text = '', encoding = '') => {
    const name = encoding.toUpperCase();
    if (name === 'UTF-8') return base64(bytesOf(text));
    if (name !== 'UTF-16LE') return notKnown;
    return base64(Uint8Array.from(Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)).flatMap((unit) => [unit & 0xff, unit >> 8])));
  }),
  urlencode: ofTexts(1, (text = '') =>
    Array.from(bytesOf(text), (byte) => {
      const character = String.fromCharCode(byte);
      if (/[\w.~-]/.test(character)) return character;
      return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }).join(''),
  ),
};

/** The rows of a table whose first line has the names of its columns (RFC 4180). */
function csv(text = ''): Value {
  const rows = csvRows(text);
  if (rows === null) return failure;
  const [names, ...lines] = rows;
  if (names === undefined || new Set(names).size < names.length || lines.some((line) => line.length !== names.length)) return failure;
  return collection(
    lines.map((line) => record(names.map((name, at): readonly [string, Value] => [name, line[at] ?? '']).sort(([a], [b]) => byCodePoints(a, b)))),
    {
      kind: 'list',
      of: { kind: 'object', attributes: new Map([...names].sort(byCodePoints).map((name) => [name, { type: 'string', optional: false, fallback: null }])) },
    },
  );
}

/** A line ends with a line feed; one carriage return before it, or before the end, is no part of the line, and any other one is a sign of its field. */
function csvRows(written: string): readonly (readonly string[])[] | null {
  const text = written.replaceAll('\r\n', '\n').replace(/\r$/, '');
  const rows: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y;
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    // Empty lines are no rows.
    if (row.length === 0 && text[at] === '\n') {
      at += 1;
      continue;
    }
    field.lastIndex = at;
    const found = field.exec(text);
    if (found === null) return null;
    const [all, quoted, plain = '', end] = found;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    at += all.length;
    if (end === ',' && at < text.length) continue;
    if (end === ',') row.push('');
    rows.push(row);
    row = [];
  }
  return rows;
}
