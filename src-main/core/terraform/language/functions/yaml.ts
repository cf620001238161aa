import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { textOf } from '../values/convert.ts';
import { decimalOf, decimalOfNumber, decimalText, isNegativeZero, numberValue } from '../values/decimal.ts';
import { byCodePoints, failure, isList, isRecord, namesOf, notKnown, record, type Value } from '../values/value.ts';
import { quoted } from '../values/bytes.ts';
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

/** Where Terraform may refuse the whole text, so that not even the other members are known. */
const undecided: unique symbol = Symbol('undecided');

type Decoded = Value | typeof undecided;

/** What is being decoded: the anchors around it, and how many values it may still have. */
type Reading = { readonly document: Document; readonly within: Set<Node>; left: number };

/** Aliases of aliases can make a text of a few lines as large as one likes. */
const valuesMax = 50_000;

function decode(text: string): Value {
  if (!isOneDocument(text) || disputed.some((pattern) => pattern.test(text))) return notKnown;
  // The failsafe schema leaves every scalar a text: which of them are numbers is Terraform's to say.
  const document = parseDocument(text, { schema: 'failsafe', merge: false, logLevel: 'silent', uniqueKeys: false, stringKeys: false, keepSourceTokens: true });
  // Terraform's library takes some of what is an error here.
  if (document.errors.length > 0) return notKnown;
  // Nothing at all is no document, but one that begins may be empty.
  if (document.contents === null) return /^---/m.test(text) ? null : failure;
  const value = valueOf(document.contents, { document, within: new Set(), left: valuesMax });
  return value === undecided ? notKnown : value;
}

/** What the libraries of Terraform and of the app take in different ways, or may. */
const disputed = [
  // Directives.
  /^%/m,
  // A tab behind an indicator, a tag without a name, and a colon right before the end of an item.
  /(?:^|\s)[-?:]\t|^---\t|(?:^|[\s,[{])!(?!\S)|:[,\]}]/m,
  // Line breaks that YAML 1.1 has of its own, and characters that it refuses.
  /\r(?!\n)|[\0-\x08\v\f\x0E-\x1F\x7F-\x9F\u2028\u2029\uFFFE\uFFFF]|[^]\uFEFF/,
];

/** One document, with or without the marks of its start and its end. */
function isOneDocument(text: string): boolean {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const isEmpty = (line: string): boolean => /^[ \t\r]*(#.*)?$/.test(line);
  return lines.every((line, at) => {
    if (/^---(?![^ \t\r])/.test(line)) return lines.slice(0, at).every(isEmpty);
    return !/^\.\.\.(?![^ \t\r])/.test(line) || (/^\.\.\.[ \t\r]*$/.test(line) && lines.slice(at + 1).every(isEmpty) && !lines.slice(0, at).every(isEmpty));
  });
}

function valueOf(node: Node | null, reading: Reading): Decoded {
  reading.left -= 1;
  if (reading.left < 0) return undecided;
  if (node === null) return null;
  if (!isAlias(node) && node.anchor !== undefined && !/^[\w-]+$/.test(node.anchor)) return undecided;
  if (isAlias(node)) {
    const target = node.resolve(reading.document);
    return target === undefined || reading.within.has(target) ? failure : valueOf(target, reading);
  }
  if (isScalar(node)) return scalar(node, reading.document);
  reading.within.add(node);
  const value = isSeq(node) && isOfKind(node, 'seq') ? sequence(node, reading) : isMap(node) && isOfKind(node, 'map') ? mapping(node, reading) : undecided;
  reading.within.delete(node);
  return value;
}

function isOfKind({ tag }: Node, kind: 'seq' | 'map'): boolean {
  return tag === undefined || tag === `tag:yaml.org,2002:${kind}`;
}

/** In braces and brackets, signs of a pair may be taken for a part of a text, or not. */
function isDisputed(item: unknown, flow: boolean | undefined): boolean {
  return flow === true && isScalar(item) && item.type === 'PLAIN' && /\?|^:/.test(item.source ?? '');
}

function sequence({ items, flow }: YAMLSeq, reading: Reading): Decoded {
  const values = items.map((item) => (isDisputed(item, flow) ? undecided : valueOf(item as Node | null, reading)));
  return worst(values) ?? values.filter((value) => value !== undecided);
}

/** Of a name that is there twice the last value counts, wherever a merged map has it from. */
function mapping({ items, flow }: YAMLMap, reading: Reading): Decoded {
  const entries = new Map<string, Value>();
  let isOpen = false;
  for (const pair of items) {
    const [named, given] = [pair.key as Node | null, pair.value as Node | null];
    // Terraform knows neither anchors nor aliases of names.
    const isName = isScalar(named) && named.anchor === undefined && !isDisputed(named, flow);
    const key = isName ? valueOf(named, reading) : named === null ? failure : undecided;
    const value = isDisputed(given, flow) ? undecided : valueOf(given, reading);
    const bad = worst([key === null ? failure : key, value]);
    if (bad !== null) return bad;
    const name = typeof key === 'symbol' ? null : textOf(key);
    if (name === null) isOpen = true;
    else if (name !== '<<') entries.set(name, value as Value);
    else if (value === notKnown) return undecided;
    else if (typeof value !== 'object' || !isRecord(value)) return failure;
    else for (const [inner, item] of Object.entries(value)) entries.set(inner, item);
  }
  return isOpen ? notKnown : record([...entries].sort(([a], [b]) => byCodePoints(a, b)));
}

/** What some of the parts make of the whole; null where all of them are decoded. */
function worst(decoded: readonly Decoded[]): typeof failure | typeof undecided | null {
  return decoded.includes(failure) ? failure : decoded.includes(undecided) ? undecided : null;
}

/** A scalar without quotes is what its text looks like, by the rules of the library that Terraform uses. */
function scalar(node: Scalar, document: Document): Decoded {
  const kind = node.tag === undefined ? null : /^tag:yaml\.org,2002:(str|int|float|bool|null)$/.exec(node.tag)?.[1];
  if (kind === undefined) return undecided;
  if (node.type !== 'PLAIN' && node.type !== undefined) {
    if (kind !== null && kind !== 'str') return undecided;
    return node.type.startsWith('QUOTE') ? inQuotes(node) : block(node, document);
  }
  const text = node.source ?? '';
  if (kind === 'str') return text.normalize('NFC');
  const value = plain(text);
  if (kind === null || (kind === 'null' && value === null)) return value;
  const isRight = kind === 'bool' ? typeof value === 'boolean' : typeof value === 'number' && (kind === 'float' || /^[+-]?\d+$/.test(text));
  return isRight ? value : undecided;
}

/** As it is written. */
function sourceOf({ srcToken }: Scalar): string | undefined {
  return srcToken !== undefined && 'source' in srcToken ? srcToken.source : undefined;
}

function inQuotes(node: Scalar): Decoded {
  const source = sourceOf(node);
  if (typeof node.value !== 'string' || source === undefined) return undecided;
  // Other escapes, and those of half of a surrogate pair, are refused.
  const escapes = /\\(?:[\\0abtnvfre "N_LP\t\r\n]|x[\dA-Fa-f]{2}|u(?![dD][89A-Fa-f])[\dA-Fa-f]{4}|U000[\dA-Fa-f]{5})/g;
  const isSure = node.type === 'QUOTE_SINGLE' || !source.replaceAll(escapes, '').includes('\\');
  return isSure ? node.value.normalize('NFC') : undecided;
}

/** The libraries differ about one without text, and about one that ends without a line break. */
function block(node: Scalar, document: Document): Decoded {
  const text = node.value;
  const isLast = (node.range?.[2] ?? 0) >= (document.range?.[2] ?? 0) && sourceOf(node)?.endsWith('\n') !== true;
  return typeof text !== 'string' || text.trim() === '' || isLast ? notKnown : text.normalize('NFC');
}

function plain(text: string): Decoded {
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON|y|Y)$/.test(text)) return true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF|n|N)$/.test(text)) return false;
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
    const decimal = decimalOf(text);
    return decimal === null ? undecided : isNegativeZero(text) ? notKnown : numberValue(decimal);
  }
  if (/^0(x[0-9a-fA-F]+|o[0-7]+)$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : undecided;
  if (/^[+-]?\.(inf|nan)$/i.test(text)) return undecided;
  return /^\d{4}-\d/.test(text) ? time(text) : text.normalize('NFC');
}

/** A time is a text, but always a whole one. Of the ways to write it, the two usual ones are modelled. */
function time(text: string): Decoded {
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
  const read = /^\d{4}(?:-\d\d){2}T\d\d(?::\d\d){2}Z$/.test(whole) ? Date.parse(whole) : Number.NaN;
  // A day that the month does not have makes it a text like any other.
  return !Number.isNaN(read) && new Date(read).toISOString() === whole.replace('Z', '.000Z') ? whole : notKnown;
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
