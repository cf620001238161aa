import { type Cursor, SyntaxProblem } from './cursor.ts';
import type { Expression } from './expression.ts';

export type ForHead = Pick<Extract<Expression, { kind: 'for' }>, 'keyName' | 'valueName' | 'of'>;

/** `key, value in items`, behind the word `for` of an expression or a directive. */
export function readForHead(cursor: Cursor, read: (cursor: Cursor) => Expression): ForHead {
  const first = cursor.name();
  const second = cursor.takes(',') ? cursor.name() : null;
  if (cursor.word() !== 'in') throw new SyntaxProblem(`in is missing at ${cursor.at}`);
  return { keyName: second === null ? null : first, valueName: second ?? first, of: read(cursor) };
}
