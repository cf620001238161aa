import { heredocEnd, heredocStart, withoutSpacesBefore, withoutSpacesBehind } from '../../structure/lexemes.ts';
import { Cursor, SyntaxProblem } from './cursor.ts';
import type { Expression } from './expression.ts';
import { readForHead, type ForHead } from './for-head.ts';

type Read = (cursor: Cursor) => Expression;

/** What a template consists of, before directives are put together. `trims` are its strip markers, `~`. */
type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'interpolation'; readonly value: Expression; readonly trims: Trims }
  | { readonly kind: 'if'; readonly condition: Expression; readonly trims: Trims }
  | { readonly kind: 'for'; readonly head: ForHead; readonly trims: Trims }
  | { readonly kind: 'else'; readonly trims: Trims }
  | { readonly kind: 'endif'; readonly trims: Trims }
  | { readonly kind: 'endfor'; readonly trims: Trims };
type Trims = { readonly before: boolean; readonly after: boolean };

/** A template that is the whole source, in which a backslash is a character like any other. */
export function readTemplate(source: string, read: Read): Expression {
  const cursor = new Cursor(source);
  return assembled(tokens(cursor, read, null));
}

/** A template between quotes, of which the first one is taken already. */
export function readQuoted(cursor: Cursor, read: Read): Expression {
  const found = tokens(cursor, read, '"');
  cursor.at += 1;
  return assembled(found);
}

/** `<<END`, or `<<-END`, which takes away the indentation that all lines have. */
export function readHeredoc(cursor: Cursor, read: Read): Expression {
  const [, dash = '', word = ''] = cursor.take(heredocStart) ?? [];
  if (word === '') throw new SyntaxProblem(`a heredoc does not begin at ${cursor.at}`);
  const found = tokens(cursor, read, heredocEnd(word, 'y'));
  return assembled(dash === '' ? found : unindented(found));
}

/** What stands before `end`, which is the line that ends a heredoc, a quote that stays, or null for the end of the source. */
function tokens(cursor: Cursor, read: Read, end: '"' | RegExp | null): readonly Token[] {
  const found: Token[] = [];
  const isEnd = (): boolean => {
    if (end === null) return cursor.isAtEnd;
    if (end === '"') return cursor.sees(end);
    return cursor.source[cursor.at - 1] === '\n' && cursor.take(end) !== null;
  };
  let text = '';
  const push = (): void => {
    if (text !== '') found.push({ kind: 'text', text });
    text = '';
  };
  while (!isEnd()) {
    if (cursor.isAtEnd) throw new SyntaxProblem('a template does not end');
    const opened = cursor.take(/[$%]\{(~?)/y);
    if (opened === null) {
      text += character(cursor, end === '"');
      // Between quotes lines are no parts.
      if (end !== '"' && text.endsWith('\n')) push();
      continue;
    }
    push();
    found.push(
      cursor.within(false, () => (opened[0].startsWith('$') ? interpolation(cursor, read, opened[1] !== '') : directive(cursor, read, opened[1] !== ''))),
    );
  }
  push();
  return trimmed(found);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function character(cursor: Cursor, hasEscapes: boolean): string {
  const doubled = cursor.take(/\$\$\{|%%\{/y);
  if (doubled !== null) return doubled[0].slice(1);
  if (hasEscapes && cursor.sees('\\')) {
    const [, simple, short, long] = cursor.take(/\\(?:([nrt"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y) ?? [];
    if (simple !== undefined) return escapes[simple] ?? '';
    const code = Number.parseInt(short ?? long ?? '', 16);
    if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) throw new SyntaxProblem(`no escape at ${cursor.at}`);
    return String.fromCodePoint(code);
  }
  const [plain = cursor.source[cursor.at] ?? ''] = cursor.take(hasEscapes ? /[^"\\$%]+/y : /[^$%\n]*\n|[^$%\n]+/y) ?? [];
  if (plain === '$' || plain === '%') cursor.at += 1;
  return plain;
}

function interpolation(cursor: Cursor, read: Read, before: boolean): Token {
  const value = read(cursor);
  return { kind: 'interpolation', value, trims: closed(cursor, before) };
}

function closed(cursor: Cursor, before: boolean): Trims {
  const after = cursor.takes('~');
  cursor.needs('}');
  return { before, after };
}

function directive(cursor: Cursor, read: Read, before: boolean): Token {
  const word = cursor.word();
  switch (word) {
    case 'if': {
      const condition = read(cursor);
      return { kind: word, condition, trims: closed(cursor, before) };
    }
    case 'for': {
      const head = readForHead(cursor, read);
      return { kind: word, head, trims: closed(cursor, before) };
    }
    case 'else':
    case 'endif':
    case 'endfor':
      return { kind: word, trims: closed(cursor, before) };
    default:
      throw new SyntaxProblem(`no directive at ${cursor.at}`);
  }
}

/** Strip markers take the spaces beside them away, up to the end of their line. */
function trimmed(found: readonly Token[]): readonly Token[] {
  return found.map((token, index) => {
    if (token.kind !== 'text') return token;
    const [before, after] = [found[index - 1], found[index + 1]];
    const start = before !== undefined && before.kind !== 'text' && before.trims.after ? withoutSpacesBefore(token.text) : token.text;
    return { ...token, text: after !== undefined && after.kind !== 'text' && after.trims.before ? withoutSpacesBehind(start) : start };
  });
}

/** A line whose break a strip marker has taken away goes on, so what follows is no beginning of a line. Blank lines stay, and do not count. */
function unindented(found: readonly Token[]): readonly Token[] {
  const isIndented = (token: Token, at: number): boolean => {
    const before = found[at - 1];
    const isFirst = before === undefined || (before.kind === 'text' && before.text.endsWith('\n'));
    return isFirst && !(token.kind === 'text' && /^\p{White_Space}*\n$/u.test(token.text));
  };
  const indents = found.filter(isIndented).map((token) => (token.kind === 'text' ? token.text.length - withoutSpacesBefore(token.text).length : 0));
  const indent = Math.min(...indents);
  return found.map((token, index) => (token.kind === 'text' && isIndented(token, index) ? { ...token, text: token.text.slice(indent) } : token));
}

/** Texts that follow each other become one. */
function melded(found: readonly Token[]): Token[] {
  const joined: Token[] = [];
  let texts: string[] = [];
  for (const token of [...found, null]) {
    if (token?.kind === 'text') texts.push(token.text);
    else {
      if (texts.length > 0) joined.push({ kind: 'text', text: texts.join('') });
      texts = [];
      if (token !== null) joined.push(token);
    }
  }
  return joined;
}

function assembled(found: readonly Token[]): Expression {
  const [only, ...others] = found;
  if (only?.kind === 'interpolation' && others.length === 0) return only.value;
  const rest = melded(found);
  const parts = partsUntil(rest, []);
  if (rest.length > 0) throw new SyntaxProblem('a directive has no beginning');
  const [first, ...more] = parts;
  if (first === undefined) return { kind: 'literal', value: '' };
  return first.kind === 'literal' && more.length === 0 ? first : { kind: 'template', parts };
}

/** Takes tokens until one of the kinds, which stays. */
function partsUntil(rest: Token[], ends: readonly Token['kind'][]): readonly Expression[] {
  const parts: Expression[] = [];
  for (;;) {
    const [next] = rest;
    if (next === undefined || ends.includes(next.kind) || next.kind === 'else' || next.kind === 'endif' || next.kind === 'endfor') return parts;
    rest.shift();
    if (next.kind === 'text') parts.push({ kind: 'literal', value: next.text.normalize('NFC') });
    else if (next.kind === 'interpolation') parts.push(next.value);
    else if (next.kind === 'if') parts.push(alternatives(next.condition, rest));
    else parts.push(repeated(next.head, rest));
  }
}

function alternatives(condition: Expression, rest: Token[]): Expression {
  const yes: Expression = { kind: 'template', parts: partsUntil(rest, ['else', 'endif']) };
  const hasElse = rest[0]?.kind === 'else';
  if (hasElse) rest.shift();
  const no: Expression = { kind: 'template', parts: hasElse ? partsUntil(rest, ['endif']) : [] };
  if (rest.shift()?.kind !== 'endif') throw new SyntaxProblem('endif is missing');
  return { kind: 'conditional', condition, yes, no };
}

function repeated(head: ForHead, rest: Token[]): Expression {
  const value: Expression = { kind: 'template', parts: partsUntil(rest, ['endfor']) };
  if (rest.shift()?.kind !== 'endfor') throw new SyntaxProblem('endfor is missing');
  return { kind: 'join', of: { kind: 'for', ...head, key: null, value, condition: null, isGrouped: false } };
}
