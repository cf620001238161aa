import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Scalar } from 'yaml';
import { textOf } from '../values/convert.ts';
import { decimalOf, decimalOfNumber, decimalText, numberValue } from '../values/decimal.ts';
import { byCodePoints, failure, isList, isRecord, namesOf, notKnown, record, type Value } from '../values/value.ts';
import { quoted } from '../calling/bytes.ts';
import { define, ofTexts, type TerraformFunction } from '../calling/define.ts';

export const yamlFunctions: Readonly<Record<string, TerraformFunction>> = {
  yamldecode: ofTexts(1, (text = '') => decode(text)),
  yamlencode: define({ params: [{ nullable: 'any' }] }, ([value = null]) => {
    const lines = encode(value, '');
    if (lines === null) return notKnown;
    // A scalar without quotes that is a document of its own has its end marked.
    return `${lines.replace(/^\n/, '')}\n${typeof value === 'string' || (typeof value === 'object' && value !== null) ? '' : '...\n'}`;
  }),
};

function decode(text: string): Value {
  // The two libraries differ about a block of text that ends without a line break.
  if (!text.endsWith('\n') && /[|>][-+\d]*[ \t]*(#.*)?\n/.test(text)) return notKnown;
  // The failsafe schema leaves every scalar a text: which of them are numbers is Terraform's to say.
  const document = parseDocument(text, { schema: 'failsafe', merge: false, logLevel: 'silent', uniqueKeys: false, stringKeys: false });
  if (document.errors.length > 0) return /MULTIPLE_DOCS/.test(document.errors[0]?.code ?? '') ? failure : failure;
  if (document.contents === null) return text.trim() === '' ? failure : null;
  return valueOf(document.contents, document);
}

function valueOf(node: Node | null, document: Document): Value {
  if (node === null) return null;
  if (isAlias(node)) {
    const target = node.resolve(document);
    return target === undefined ? failure : valueOf(target, document);
  }
  if (isScalar(node)) return scalar(node);
  if (node.tag !== undefined && !/^tag:yaml.org,2002:(map|seq)$|^!$/.test(node.tag)) return notKnown;
  if (isSeq(node))
    return whole(
      node.items.map((item) => valueOf(item as Node | null, document)),
      (items) => items,
    );
  if (!isMap(node)) return notKnown;
  const pairs = node.items.map(({ key, value }) => [valueOf(key as Node | null, document), valueOf(value as Node | null, document)] as const);
  if (pairs.some(([key]) => key === null || key === failure)) return failure;
  const names = pairs.flatMap(([key]) => textOf(key) ?? []);
  // Merge keys, and keys that are no texts, are not modelled.
  if (names.length < pairs.length || names.includes('<<') || new Set(names).size < names.length) return notKnown;
  return whole(
    pairs.map(([, value]) => value),
    (items) => record(names.map((name, at): readonly [string, Value] => [name, items[at] ?? null]).sort(([a], [b]) => byCodePoints(a, b))),
  );
}

function whole(items: readonly Value[], make: (items: readonly Value[]) => Value): Value {
  return items.includes(failure) ? failure : items.includes(notKnown) ? notKnown : make(items);
}

/** A scalar without quotes is what its text looks like, by the rules of the library that Terraform uses. */
function scalar(node: Scalar): Value {
  const text = node.source ?? '';
  const isText = node.tag === 'tag:yaml.org,2002:str' || node.tag === '!';
  if (node.tag !== undefined && !isText) return notKnown;
  if (isText || (node.type !== undefined && node.type !== 'PLAIN')) return typeof node.value === 'string' ? node.value.normalize('NFC') : notKnown;
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON|y|Y)$/.test(text)) return true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF|n|N)$/.test(text)) return false;
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
    const decimal = decimalOf(text);
    return decimal === null ? notKnown : numberValue(decimal);
  }
  if (/^0(x[0-9a-fA-F]{1,12}|o[0-7]{1,15})$/.test(text)) return Number(text);
  // Infinities, times, and numbers in other notations.
  return /^[+-]?\.(inf|nan)$|^\d{4}-\d|^[+-]?0[a-zA-Z]/i.test(text) ? notKnown : text.normalize('NFC');
}

/** The lines of a block; null for what is not modelled, such as texts that need a style of their own. */
function encode(value: Value, indent: string): string | null {
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return parts(value.map((item) => encode(item, `${indent}  `)).map((item) => (item === null ? null : `\n${indent}- ${item.replace(/^\n\s*/, '')}`)));
  }
  if (isRecord(value)) {
    const names = namesOf(value);
    if (names.length === 0) return '{}';
    return parts(
      names.map((name) => {
        const [key, item] = [encode(name, indent), encode(value[name] ?? null, isList(value[name] ?? null) ? indent : `${indent}  `)];
        return key === null || item === null ? null : `\n${indent}${key}:${item.startsWith('\n') ? '' : ' '}${item}`;
      }),
    );
  }
  if (typeof value === 'number') return decimalText(decimalOfNumber(value));
  if (typeof value !== 'string') return String(value);
  return quoted(value);
}

function parts(items: readonly (string | null)[]): string | null {
  return items.includes(null) ? null : items.join('');
}
