import { type Cursor, SyntaxProblem } from './cursor.ts';
import type { Expression, Step } from './expression.ts';
import { readForHead } from './for-head.ts';
import { readOperation } from './operations.ts';
import { readHeredoc, readQuoted } from './templates.ts';

/** Reads an expression up to where it ends. */
export function readExpression(cursor: Cursor): Expression {
  return readOperation(cursor, readTerm);
}

function readTerm(cursor: Cursor): Expression {
  return withSteps(cursor, readPrimary(cursor));
}

function readPrimary(cursor: Cursor): Expression {
  cursor.skip();
  const number = cursor.take(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== null) return { kind: 'number', text: number[0] };
  if (cursor.sees('<<')) return readHeredoc(cursor, readExpression);
  if (cursor.takes('"')) return readQuoted(cursor, readExpression);
  if (cursor.takes('(')) return cursor.within(false, () => closed(cursor, readExpression(cursor), ')'));
  if (cursor.takes('[')) return cursor.within(false, () => readFor(cursor, ']') ?? readTuple(cursor));
  if (cursor.takes('{')) return cursor.within(false, () => readFor(cursor, '}')) ?? cursor.within(true, () => readObject(cursor));
  const name = cursor.name();
  cursor.skip();
  if (cursor.sees('(') || cursor.sees('::')) return readCall(cursor, name);
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  return name === 'null' ? { kind: 'literal', value: null } : { kind: 'traversal', root: name, steps: [] };
}

function closed(cursor: Cursor, expression: Expression, end: string): Expression {
  cursor.needs(end);
  return expression;
}

/** Attributes, indexes and splats behind a term. */
function withSteps(cursor: Cursor, of: Expression): Expression {
  let expression = of;
  for (;;) {
    const before = cursor.at;
    cursor.skip();
    if (cursor.sees('...')) return expression;
    if (takesAll(cursor, '.', '*')) expression = { kind: 'splat', of: expression, each: onlyAttributes(cursor) };
    else if (cursor.within(false, () => takesAll(cursor, '[', '*', ']')))
      expression = { kind: 'splat', of: expression, each: withSteps(cursor, { kind: 'current' }) };
    else {
      const step = readStep(cursor);
      if (step === null) {
        // A line break that was passed over may end an item of an object.
        cursor.at = before;
        return expression;
      }
      expression = stepped(expression, step);
    }
  }
}

/** Takes these signs with what may stand between them, or nothing. */
function takesAll(cursor: Cursor, ...signs: readonly string[]): boolean {
  const before = cursor.at;
  const found = cursor.sees(signs[0] ?? '') && signs.every((sign) => cursor.takes(sign));
  if (!found) cursor.at = before;
  return found;
}

function onlyAttributes(cursor: Cursor): Expression {
  let expression: Expression = { kind: 'current' };
  for (;;) {
    const before = cursor.at;
    cursor.skip();
    const step = cursor.sees('.') && !cursor.sees('...') ? readStep(cursor) : null;
    if (step === null) {
      cursor.at = before;
      return expression;
    }
    expression = stepped(expression, step);
  }
}

function stepped(of: Expression, step: Step): Expression {
  return of.kind === 'traversal' ? { ...of, steps: [...of.steps, step] } : { kind: 'access', of, step };
}

function readStep(cursor: Cursor): Step | null {
  if (cursor.takes('.')) {
    cursor.skip();
    const index = cursor.take(/\d+/y);
    return index === null ? { kind: 'attribute', name: cursor.name() } : { kind: 'index', key: { kind: 'number', text: index[0] } };
  }
  if (!cursor.takes('[')) return null;
  return { kind: 'index', key: cursor.within(false, () => closed(cursor, readExpression(cursor), ']')) };
}

function readCall(cursor: Cursor, first: string): Expression {
  let name = first;
  while (cursor.takes('::')) name = `${name}::${cursor.name()}`;
  cursor.needs('(');
  return cursor.within(false, () => {
    const args: Expression[] = [];
    let isExpanded = false;
    while (!cursor.takes(')')) {
      args.push(readExpression(cursor));
      isExpanded = cursor.takes('...');
      if (isExpanded || !cursor.takes(',')) return closed(cursor, { kind: 'call', name, args, isExpanded }, ')');
    }
    return { kind: 'call', name, args, isExpanded };
  });
}

function readTuple(cursor: Cursor): Expression {
  const items: Expression[] = [];
  while (!cursor.takes(']')) {
    items.push(readExpression(cursor));
    if (!cursor.takes(',')) return closed(cursor, { kind: 'tuple', items }, ']');
  }
  return { kind: 'tuple', items };
}

function readObject(cursor: Cursor): Expression {
  const items: (readonly [Expression, Expression])[] = [];
  const skipLines = () => cursor.within(false, () => cursor.skip());
  skipLines();
  while (!cursor.takes('}')) {
    const key = readKey(cursor);
    if (!cursor.takes('=') && !cursor.takes(':')) throw new SyntaxProblem(`= is missing at ${cursor.at}`);
    skipLines();
    items.push([key, readExpression(cursor)]);
    cursor.skip();
    if (!cursor.sees('}') && !cursor.takes(',') && cursor.take(/\r?\n/y) === null) throw new SyntaxProblem(`a line break is missing at ${cursor.at}`);
    skipLines();
  }
  return { kind: 'object', items };
}

/** A word that stands alone is the key itself. */
function readKey(cursor: Cursor): Expression {
  cursor.skip();
  const before = cursor.at;
  const word = cursor.word();
  cursor.skip();
  if (word !== null && (cursor.sees(':') || cursor.sees('=')) && !cursor.sees('::') && !cursor.sees('=='))
    return { kind: 'literal', value: word.normalize('NFC') };
  cursor.at = before;
  return readExpression(cursor);
}

/** A `for` with what ends it; null where something else stands here. */
function readFor(cursor: Cursor, end: ']' | '}'): Expression | null {
  cursor.skip();
  if (cursor.take(/for(?=[\s#/])/y) === null) return null;
  const { keyName, valueName, of } = readForHead(cursor, readExpression);
  cursor.needs(':');
  const first = readExpression(cursor);
  const isObject = end === '}';
  if (isObject) cursor.needs('=>');
  const value = isObject ? readExpression(cursor) : first;
  const isGrouped = isObject && cursor.takes('...');
  const hasCondition = cursor.takes('if');
  const condition = hasCondition ? readExpression(cursor) : null;
  return closed(cursor, { kind: 'for', keyName, valueName, of, key: isObject ? first : null, value, condition, isGrouped }, end);
}
