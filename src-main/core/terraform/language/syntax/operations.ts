import type { Cursor } from './cursor.ts';
import type { BinaryOperator, Expression } from './expression.ts';

type Read = (cursor: Cursor) => Expression;

/** From the operators that bind least to those that bind most. */
const levels: readonly RegExp[] = [/\|\|/y, /&&/y, /==|!=/y, /[<>]=?/y, /[+-]/y, /[*/%]/y];

/** `a ? b : c`, and everything that binds more. */
export function readOperation(cursor: Cursor, term: Read): Expression {
  const condition = binary(cursor, term, 0);
  if (!cursor.takes('?')) return condition;
  const yes = readOperation(cursor, term);
  cursor.needs(':');
  return { kind: 'conditional', condition, yes, no: readOperation(cursor, term) };
}

function binary(cursor: Cursor, term: Read, level: number): Expression {
  const pattern = levels[level];
  if (pattern === undefined) return unary(cursor, term);
  let left = binary(cursor, term, level + 1);
  for (;;) {
    cursor.skip();
    const operator = cursor.take(pattern)?.[0];
    if (operator === undefined) return left;
    left = { kind: 'binary', operator: operator as BinaryOperator, left, right: binary(cursor, term, level + 1) };
  }
}

function unary(cursor: Cursor, term: Read): Expression {
  cursor.skip();
  const operator = cursor.take(/!(?!=)|-/y)?.[0];
  return operator === undefined ? term(cursor) : { kind: 'unary', operator: operator as '!' | '-', of: unary(cursor, term) };
}
