import { withoutMarks, type Block } from './blocks.ts';
import { constant, constantBoolean } from './constant.ts';
import type { Expression } from './syntax/expression.ts';
import { parseExpression } from './syntax/parse.ts';
import { convert } from './values/convert.ts';
import { failure, notKnown, type Value, type AttributeType, type Type } from './values/value.ts';

const primitives: ReadonlySet<string> = new Set(['string', 'number', 'bool', 'any']);

const types = new WeakMap<Block, { readonly type: Type | null }>();

/** The type that a variable's block asks for; null where it asks for one that is not modelled. */
function variableType(block: Block): Type | null {
  const known = types.get(block) ?? { type: typeSaid(block) };
  types.set(block, known);
  return known.type;
}

function typeSaid({ body }: Block): Type | null {
  const said = body['type'];
  if (said === undefined) return 'any';
  if (typeof said !== 'string') return null;
  const expression = parseExpression(withoutMarks(said));
  return expression === null ? null : typeConstraint(expression);
}

/** Whether a text that is given for the variable, as `TF_VAR_name` is, is an expression. */
export function takesExpressions(block: Block): boolean {
  const type = variableType(block);
  return block.body['type'] !== undefined && type !== 'string' && type !== 'number' && type !== 'bool';
}

/**
 * A value that was given for a variable, as the module sees it: converted to the variable's type, and the
 * default where `nullable = false` does not let null through. Undefined where nothing was given.
 */
export function inputValue(block: Block, given: Value | undefined, fallback: Value | undefined): Value {
  const type = variableType(block);
  const value = given === undefined || (given === null && constantBoolean(block.body['nullable']) === false) ? fallback : given;
  if (value === undefined || type === null) return notKnown;
  const converted = convertedFor(block, value, type);
  // Terraform refuses it, so no run goes by it.
  return converted === failure ? notKnown : converted;
}

/** Values with parts that were converted, since the instances of a module are often given the same one. */
const conversions = new WeakMap<Block, WeakMap<object, Value>>();

function convertedFor(block: Block, value: Value, type: Type): Value {
  if (typeof value !== 'object' || value === null) return convert(value, type);
  const known = conversions.get(block) ?? new WeakMap<object, Value>();
  conversions.set(block, known);
  const found = known.get(value);
  const converted = found === undefined ? convert(value, type) : found;
  known.set(value, converted);
  return converted;
}

/** A type constraint (Terraform language documentation, "Type Constraints"); null for what is not modelled. */
function typeConstraint(expression: Expression): Type | null {
  if (expression.kind === 'traversal' && expression.steps.length === 0) {
    if (primitives.has(expression.root)) return expression.root as Type;
    // Terraform still takes these two without a type of their items.
    return expression.root === 'list' || expression.root === 'map' ? { kind: expression.root, of: 'any' } : null;
  }
  if (expression.kind !== 'call') return null;
  const [only, ...more] = expression.args;
  if (only === undefined || more.length > 0) return null;
  switch (expression.name) {
    case 'list':
    case 'set':
    case 'map': {
      const of = typeConstraint(only);
      return of === null ? null : { kind: expression.name, of };
    }
    case 'tuple': {
      const items = only.kind === 'tuple' ? only.items.map(typeConstraint) : [null];
      return items.every((item) => item !== null) ? { kind: 'tuple', items } : null;
    }
    case 'object':
      return objectType(only);
    default:
      return null;
  }
}

function objectType(expression: Expression): Type | null {
  if (expression.kind !== 'object') return null;
  const attributes = new Map<string, AttributeType>();
  for (const [key, said] of expression.items) {
    const attribute = attributeType(said);
    if (key.kind !== 'literal' || typeof key.value !== 'string' || attribute === null) return null;
    attributes.set(key.value, attribute);
  }
  return { kind: 'object', attributes };
}

function attributeType(expression: Expression): AttributeType | null {
  const isOptional = expression.kind === 'call' && expression.name === 'optional';
  const [said, fallback] = isOptional ? expression.args : [expression];
  const type = said === undefined ? null : typeConstraint(said);
  if (type === null) return null;
  return { type, optional: isOptional, fallback: fallback === undefined ? null : convert(constant(fallback), type) };
}
