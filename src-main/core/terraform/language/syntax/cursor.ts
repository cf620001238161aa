import { identifier } from '../../structure/lexemes.ts';

/** What is not an expression. It never leaves this folder. */
export class SyntaxProblem extends Error {}

/** Goes through the source of an expression. */
export class Cursor {
  readonly source: string;
  at = 0;
  /** Inside of an object's braces a line break ends an item. */
  #linesCount = false;

  constructor(source: string) {
    this.source = source;
  }

  get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** Takes what the pattern, which has to be sticky, matches here; null where it does not. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match !== null) this.at += match[0].length;
    return match;
  }

  sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** Passes over spaces, comments, and line breaks where they do not count. */
  skip(): void {
    while (this.take(this.#linesCount ? /[ \t]+|(?:#|\/\/)[^\n]*|\/\*[^]*?\*\//y : /[ \t\r\n]+|(?:#|\/\/)[^\n]*|\/\*[^]*?\*\//y) !== null);
  }

  /** Takes a text if it is the next one after spaces. */
  takes(text: string): boolean {
    this.skip();
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }

  needs(text: string): void {
    if (!this.takes(text)) throw new SyntaxProblem(`${text} is missing at ${this.at}`);
  }

  /** The identifier that comes next; null where there is none. */
  word(): string | null {
    this.skip();
    return this.take(identifier)?.[0] ?? null;
  }

  name(): string {
    const word = this.word();
    if (word === null) throw new SyntaxProblem(`a name is missing at ${this.at}`);
    return word;
  }

  /** Reads a part in which line breaks count, or do not. */
  within<T>(linesCount: boolean, read: () => T): T {
    const before = this.#linesCount;
    this.#linesCount = linesCount;
    const result = read();
    this.#linesCount = before;
    return result;
  }
}
