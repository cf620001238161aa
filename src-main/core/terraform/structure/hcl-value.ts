import { emptyBody } from './body.ts';
import type { HclText } from './hcl-text.ts';
import { unescaped } from './lexemes.ts';

/** How deep objects and tuples are taken apart; what is deeper stays an expression. */
const depthMax = 100;

/**
 * The value of an argument, from the place where the text stands, in the form that hcl2json gives it: a
 * literal as itself, an object or a tuple as JSON, a string as the template that it is, and every other
 * expression as `${…}`. Stops before a line break, unless line breaks mean nothing, or before one of `ends`.
 */
export function takeValue(text: HclText, ends: string, breaks: boolean, depth = 0): unknown {
  text.skipSpace(breaks);
  const start = text.at;
  const value = depth > depthMax ? undefined : literal(text, ends, breaks, depth);
  if (value !== undefined) {
    const end = text.at;
    text.skipSpace(breaks);
    if (isEnd(text, ends, breaks)) return value;
    text.at = end;
  }
  text.at = start;
  const source = text.text.slice(start, text.skipExpression(ends, breaks)).trim();
  if (source === '') text.fail('Invalid expression', start);
  return `\${${source}}`;
}

function isEnd(text: HclText, ends: string, breaks: boolean): boolean {
  const next = text.text[text.at];
  return next === undefined || (next === '\n' && !breaks) || ends.includes(next);
}

/** Undefined for an expression; then the text may stand anywhere. */
function literal(text: HclText, ends: string, breaks: boolean, depth: number): unknown {
  switch (text.text[text.at]) {
    case '"':
      return takeString(text);
    case '[':
      return takeTuple(text, depth);
    case '{':
      return takeObject(text, depth);
    case '<':
      return takeHeredoc(text);
    default:
      return takeWord(text, ends, breaks);
  }
}

const simple = /-?\d{1,15}(?:\.\d{1,15})?(?![\w.])|(?:true|false|null)(?![\w-]|[^\x00-\x7F])/y;
/** One with a zero in front, or with many digits, is not the text of its number. */
const numberKey = /(?:0|[1-9]\d{0,14})(?![\w.])/y;

/** What JavaScript takes for a position in a list, as the name of a property. */
const listIndex = /^(?:0|[1-9]\d{0,9})$/;

/** Numbers with more digits than a JavaScript number holds stay expressions. */
function takeWord(text: HclText, ends: string, breaks: boolean): unknown {
  const word = text.take(simple);
  text.skipSpace(breaks);
  if (word === null || !isEnd(text, ends, breaks)) return undefined;
  if (word === 'null') return null;
  return word === 'true' || (word !== 'false' && Number(word));
}

function takeString(text: HclText): unknown {
  const start = text.at;
  text.skipString(0);
  const inner = text.text.slice(start + 1, text.at - 1);
  if (!inner.includes('\\')) return inner;
  const plain = unescaped(inner);
  // What looks like a template, before or after, is left to the parser that knows which it is.
  return /[$%]\{/.test(inner) || /[$%]\{/.test(plain) ? `\${"${inner}"}` : plain;
}

function takeTuple(text: HclText, depth: number): unknown {
  text.at += 1;
  text.skipSpace(true);
  if (isFor(text)) return undefined;
  const items: unknown[] = [];
  while (!text.skipOne(']')) {
    items.push(takeValue(text, ',]', true, depth + 1));
    text.skipOne(',');
    text.skipSpace(true);
    if (text.at >= text.text.length) text.fail('Missing “]”');
  }
  return items;
}

function takeObject(text: HclText, depth: number): unknown {
  text.at += 1;
  text.skipSpace(true);
  if (isFor(text)) return undefined;
  const object = emptyBody();
  let hasIndex = false;
  let hasTemplate = false;
  while (!text.skipOne('}')) {
    const key = takeKey(text);
    if (key === null) return undefined;
    hasIndex ||= listIndex.test(key);
    hasTemplate ||= /[$%]\{/.test(key);
    // JavaScript has such names first, wherever they stand, and a key that is an expression may be one of them.
    if (hasIndex && hasTemplate) return undefined;
    // Of keys that are the same the last one counts, so it has to stand where it stands in the file.
    delete object[key];
    object[key] = takeValue(text, ',}', false, depth + 1);
    text.skipOne(',');
    text.skipSpace(true);
    if (text.at >= text.text.length) text.fail('Missing “}”');
  }
  return object;
}

/** A word or a string that stands alone is the key itself. Null for what is no key. */
function takeKey(text: HclText): string | null {
  const start = text.at;
  const alone = text.takeIdentifier() ?? text.take(numberKey) ?? (text.text[start] === '"' ? takeString(text) : null);
  text.skipSpace(false);
  if (typeof alone === 'string' && isBehindKey(text)) return alone;
  text.at = start;
  const source = text.text.slice(start, text.skipExpression('=:', false));
  return source !== '' && isBehindKey(text) ? `\${${source}}` : null;
}

/** Passes the sign between a key and its value, and tells whether it was there. */
function isBehindKey(text: HclText): boolean {
  return !text.text.startsWith('==', text.at) && (text.skipOne('=') || text.skipOne(':'));
}

function isFor({ text, at }: HclText): boolean {
  return /^for[\s#/]/.test(text.slice(at, at + 4));
}

/** What it says is left to the parser of expressions. */
function takeHeredoc(text: HclText): unknown {
  if (!text.text.startsWith('<<', text.at)) return undefined;
  const start = text.at;
  text.skipHeredoc(0);
  return `\${${text.text.slice(start, text.at)}\n}`;
}
