import { positionOf } from '../../../structure/body.ts';
import { parseHclFile } from '../../../structure/hcl-file.ts';
import { type CallContext, define, said, type TerraformFunction } from '../../calling/define.ts';
import { needsOf } from '../../syntax/references.ts';
import { parseTemplate } from '../../syntax/parse.ts';
import { textOf } from '../../values/convert.ts';
import { decimalOfNumber, decimalText, jsonNumber } from '../../values/decimal.ts';
import { byCodePoints, collectionType, failure, isList, isRecord, namesOf, notKnown, record, type Value } from '../../values/value.ts';

type Render = CallContext['render'];

/** Functions of the provider that is built into Terraform (Terraform language documentation, "Provider Functions"). */
export const tfvarsFunctions: Readonly<Record<string, TerraformFunction>> = {
  decode_tfvars: define({ params: ['string'] }, ([text], { render }) => {
    const read = parseHclFile(said(text));
    if (!read.ok || said(text).startsWith('\uFEFF')) return notKnown;
    // Blocks, which have a place, are none of the values.
    const hasBlocks = Object.values(read.value).some((value) => Array.isArray(value) && value.some((one) => isBlock(one)));
    return hasBlocks ? failure : objectIn(read.value, render);
  }),
  encode_expr: define({ params: ['any'] }, ([value = null]) => encoded(value) ?? notKnown),
  encode_tfvars: define({ params: ['any'] }, ([value = null]) => {
    if (!isRecord(value)) return failure;
    const isNamed = namesOf(value).every((name) => identifier.test(name));
    return isNamed && value[collectionType] === undefined ? (lines(value) ?? notKnown) : notKnown;
  }),
};

function isBlock(json: unknown): boolean {
  return typeof json === 'object' && json !== null && positionOf(json as Readonly<Record<string, unknown>>) !== null;
}

/** The value of a part of the text, in which there are no variables and no functions. */
function valueIn(json: unknown, render: Render): Value {
  if (typeof json === 'string') {
    if (!/[$%]\{/.test(json)) return json.normalize('NFC');
    const tree = parseTemplate(json);
    if (tree === null) return notKnown;
    const { references, calls } = needsOf(tree);
    return references.size > 0 || calls.size > 0 ? failure : render(json, {});
  }
  if (typeof json === 'number') return jsonNumber(json);
  if (typeof json === 'boolean' || json === null) return json;
  if (typeof json !== 'object') return notKnown;
  if (!Array.isArray(json)) return objectIn(json, render);
  const items = json.map((item) => valueIn(item, render));
  return items.includes(failure) ? failure : items;
}

function objectIn(json: object, render: Render): Value {
  const items = new Map<string, Value>();
  for (const [written, one] of Object.entries(json)) {
    const key = valueIn(written, render);
    const value = valueIn(one, render);
    if (value === failure || key === failure) return failure;
    if (key === notKnown) return notKnown;
    const name = textOf(key);
    if (name === null) return failure;
    items.set(name, value);
  }
  return record([...items].sort(([a], [b]) => byCodePoints(a, b)));
}

const identifier = /^[a-zA-Z_][\w-]*$/;

/** As HCL's own library writes an expression; null for what is not modelled, such as an object within another value. */
function encoded(value: Value): string | null {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return decimalText(decimalOfNumber(value));
  if (isList(value)) {
    const items = value.map((item) => (isRecord(item) ? null : encoded(item)));
    return items.includes(null) ? null : `[${items.join(', ')}]`;
  }
  if (!isRecord(value)) return String(value);
  const inside = lines(value, '  ');
  return inside === '' ? '{}' : inside === null ? null : `{\n${inside}}`;
}

/** The names one below the other, with the values behind the longest of them. */
function lines(of: Readonly<Record<string, Value>>, indent = ''): string | null {
  const items = namesOf(of).map(
    (name) => [identifier.test(name) ? name : quoted(name), isRecord(of[name] ?? null) ? null : encoded(of[name] ?? null)] as const,
  );
  const width = Math.max(...items.map(([name]) => name?.length ?? 0));
  return items.some((item) => item.includes(null)) ? null : items.map(([name, value]) => `${indent}${(name ?? '').padEnd(width)} = ${value ?? ''}\n`).join('');
}

/** Null where it is open which characters are escaped. */
function quoted(text: string): string | null {
  if (!/^[\n\x20-\x7E]*$/.test(text)) return null;
  return `"${text
    .replaceAll(/["\\]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll(/[$%](?=\{)/g, '$&$&')}"`;
}
