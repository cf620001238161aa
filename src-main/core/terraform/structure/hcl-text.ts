import type { SyntaxFault } from './body.ts';
import { asciiIdentifier, heredocEnd, heredocStart, identifier } from './lexemes.ts';

/** How deep brackets and templates may be nested: a recursive parser that meets more runs out of its stack. */
const depthMax = 200;

export const nestedTooDeep = 'Nested too deep';

/** Ends the reading of a file; `parseHclFile` turns it into a value. */
export class HclFault extends Error {
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

const plainPart = /[^"#/<(){}[\],:=\s]+/y;
const blanks = /[^\S\n]+/y;
const comparison = /==|=>|<=|>=|!=/y;
const stringPart = /[^"\\$%\n]+/y;
const escape = /\\[^\n]/y;
/** A doubled sign is text, and so is one without a brace. */
const noTemplate = /\$\$\{|%%\{|[$%](?!\{)/y;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * A walk through the text of an HCL file (HCL native syntax specification, "Lexical Elements"). It knows
 * comments, strings, heredocs, templates and brackets, and so where an expression ends, but not what an
 * expression means. Each character is looked at once.
 */
export class HclText {
  readonly text: string;
  at = 0;
  #breaks: readonly number[] | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** Takes what the pattern matches at this place; the pattern has to be sticky. */
  take(pattern: RegExp): string | null {
    const start = this.at;
    return this.skip(pattern) ? this.text.slice(start, this.at) : null;
  }

  /** The name that stands here; null where there is none. */
  takeIdentifier(): string | null {
    return this.take(asciiIdentifier) ?? this.take(identifier);
  }

  /** Passes what the pattern matches, and tells whether it does. */
  skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.test(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  /** Passes this one character, and tells whether it was there. */
  skipOne(character: string): boolean {
    const found = this.text[this.at] === character;
    if (found) this.at += 1;
    return found;
  }

  fail(reason: string, offset = this.at): never {
    throw new HclFault(offset, reason);
  }

  /** The line of a place, counted from 1. */
  lineAt(offset: number): number {
    const breaks = (this.#breaks ??= breaksIn(this.text));
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }

  faultOf({ offset, message }: HclFault): SyntaxFault {
    return { line: this.lineAt(offset), reason: message };
  }

  /** Passes spaces and comments; line breaks too where they mean nothing. */
  skipSpace(breaks: boolean): void {
    for (;;) {
      const next = this.text[this.at];
      if (next === ' ' || next === '\t' || next === '\r' || (breaks && next === '\n')) this.at += 1;
      else if (next === '#' || (next === '/' && this.text[this.at + 1] === '/')) {
        // The line break behind it stays.
        const end = this.text.indexOf('\n', this.at);
        this.at = end === -1 ? this.text.length : end;
      } else if (next === '/' && this.text[this.at + 1] === '*') {
        const end = this.text.indexOf('*/', this.at + 2);
        if (end === -1) this.fail('Unterminated comment');
        this.at = end + 2;
      } else return;
    }
  }

  /**
   * Passes an expression, up to a line break or one of `ends` outside of brackets; they stay. Returns
   * where it ends, which is before a comment behind it.
   */
  skipExpression(ends: string, breaks: boolean, depth = 0): number {
    if (depth > depthMax) this.fail(nestedTooDeep);
    const open: string[] = [];
    let end = this.at;
    for (;;) {
      if (this.skip(plainPart)) end = this.at;
      this.skip(blanks);
      const next = this.text[this.at];
      if (next === undefined) {
        if (open.length > 0) this.fail(`Missing “${open.at(-1) ?? ''}”`);
        return end;
      }
      if (open.length === 0 && ((next === '\n' && !breaks) || ends.includes(next))) return end;
      if (next === '#' || (next === '/' && '/*'.includes(this.text[this.at + 1] ?? ' '))) {
        this.skipSpace(false);
        continue;
      }
      if (next === '"') this.skipString(depth + 1);
      else if (closing[next] !== undefined) {
        if (open.push(closing[next]) > depthMax) this.fail(nestedTooDeep);
        this.at += 1;
      } else if (next === ')' || next === ']' || next === '}') {
        if (open.pop() !== next) this.fail(`Unexpected “${next}”`);
        this.at += 1;
      } else if (next === '<' && this.text[this.at + 1] === '<') this.skipHeredoc(depth + 1);
      // So that none of these is taken for a single “=”.
      else if (!this.skip(comparison)) this.at += 1;
      if (next !== '\n') end = this.at;
    }
  }

  /** Passes a string with its quotes. */
  skipString(depth: number): void {
    const start = this.at;
    this.at += 1;
    for (;;) {
      this.skip(stringPart);
      const next = this.text[this.at];
      if (next === '"') break;
      if (next === '$' || next === '%') this.#skipSign(depth);
      else if (!this.skip(escape)) this.fail('Unterminated string', start);
    }
    this.at += 1;
  }

  /** Passes a heredoc; the line break behind its last line stays. */
  skipHeredoc(depth: number): void {
    const start = this.at;
    const marker = this.take(heredocStart)?.replace(/^<<-?|\r?\n$/g, '') ?? this.fail('Invalid heredoc', start);
    const lastLine = heredocEnd(marker, 'g');
    const sign = /[$%]\{/g;
    let end = matchFrom(lastLine, this);
    for (;;) {
      // One inside of a template is not the end.
      if (end.index < this.at) end = matchFrom(lastLine, this);
      if (end.index === Infinity) this.fail('Unterminated heredoc', start);
      const template = matchFrom(sign, this);
      this.at = Math.min(template.index, end.index);
      if (this.at === end.index) break;
      // Doubled, it is text.
      if (this.text[this.at - 1] === this.text[this.at]) this.at += 2;
      else this.#skipSign(depth);
    }
    this.at += end.length;
  }

  /** Passes `${…}` and `%{…}`, and a sign that begins neither. */
  #skipSign(depth: number): void {
    const start = this.at;
    if (this.skip(noTemplate)) return;
    this.at += 2;
    this.skipExpression('}', true, depth + 1);
    if (this.text[this.at] !== '}') this.fail('Unterminated template', start);
    this.at += 1;
  }
}

/** The first match from here on. */
function matchFrom(pattern: RegExp, { text, at }: Pick<HclText, 'text' | 'at'>): { readonly index: number; readonly length: number } {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return { index: match?.index ?? Infinity, length: match?.[0].length ?? 0 };
}

function breaksIn(text: string): readonly number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return breaks;
}
