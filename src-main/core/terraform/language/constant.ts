import { noSurroundings } from './calling/surroundings.ts';
import { valueOf } from './expression-value.ts';
import type { Expression } from './syntax/expression.ts';
import { parseTemplate } from './syntax/parse.ts';
import { booleanOf, textOf } from './values/convert.ts';
import { notKnown, type Value } from './values/value.ts';

/** The value of an expression that may use no names. */
export function constant(expression: Expression): Value {
  return valueOf(expression, { named: () => notKnown, bound: new Map(), current: notKnown, surroundings: noSurroundings });
}

/** The text of an argument that may use no names, such as `alias`; null where there is none, or where it is not known. */
export function constantText(json: unknown): string | null {
  if (typeof json !== 'string') return json === undefined || json === null ? null : textOf(json as Value);
  const tree = parseTemplate(json);
  return tree === null ? null : textOf(constant(tree));
}

/** The same for a yes or no, which may stand between quotes. */
export function constantBoolean(json: unknown): boolean | null {
  if (typeof json !== 'string') return typeof json === 'boolean' ? json : null;
  const text = constantText(json);
  return text === null ? null : booleanOf(text);
}

/** An argument that is not known, as it is written; it is no name then. */
export function asWritten(json: unknown): string {
  return typeof json === 'string' ? json : JSON.stringify(json);
}
