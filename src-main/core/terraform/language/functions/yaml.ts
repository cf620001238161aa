import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Scalar } from 'yaml';
import { decimalOf, decimalOfNumber, decimalText, numberValue } from '../values/decimal.ts';
import { byCodePoints, failure, isList, isRecord, namesOf, notKnown, record, type Value } from '../values/value.ts';
import { define, ofTexts, type TerraformFunction } from '../calling/define.ts';

export const yamlFunctions: Readonly<Record<string, TerraformFunction>> = {
  yamldecode: ofTexts(1, (text = '') => decode(text)),
  yamlencode: define({ params: [{ nullable: 'any' }] }, ([value = null]) => {
    const lines = encode(value, '');
    return lines === null ? notKnown : `${lines.replace(/^\n/, '')}\n`;
  }),
};

function decode(text: string): Value {
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
  const names = pairs.map(([key]) => key);
  // Merge keys, and keys that are no texts, are not modelled.
  if (!names.every((name) => typeof name === 'string') || names.includes('<<') || new Set(names).size < names.length) return notKnown;
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
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON|y|Y)$/.test(text)) return /^[yY]$/.test(text) ? notKnown : true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF|n|N)$/.test(text)) return /^[nN]$/.test(text) ? notKnown : false;
  if (/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)) {
    const decimal = decimalOf(text);
    return decimal === null ? notKnown : numberValue(decimal);
  }
  // Other numbers, infinities, times, and what looks like them.
  return /^[+-]?[.\d]/.test(text) && !/^\d{1,3}(\.\d{1,3}){3}(\/\d+)?$/.test(text) && !/^[\d.]+[a-z-]+[\w-]*$/i.test(text)
    ? looksLike(text)
    : text.normalize('NFC');
}

function looksLike(text: string): Value {
  const hexadecimal = /^0x([0-9a-fA-F]+)$/.exec(text)?.[1];
  return hexadecimal !== undefined && hexadecimal.length < 12 ? Number.parseInt(hexadecimal, 16) : notKnown;
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
  return /^[\x20-\x7e]*$/.test(value) ? `"${value.replaceAll(/["\\]/g, '\\$&')}"` : null;
}

function parts(items: readonly (string | null)[]): string | null {
  return items.includes(null) ? null : items.join('');
}
