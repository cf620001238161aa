import { withoutMarks, type Block } from './blocks.ts';
import { constant, constantBoolean } from './constant.ts';
import type { Expression } from './syntax/expression.ts';
import { parseExpression } from './syntax/parse.ts';
import { convert } from './values/convert.ts';
import { failure, notKnown, type Value, type AttributeType, type Type } from './values/value.ts';

const primitives: ReadonlySet<string> = new Set(['string', 'number', 'bool', 'any']);

/** The type that a variable's block asks for; null where it asks for one that is not modelled. */
function variableType(said: unknown): Type | null {
  if (said === undefined) return 'any';
  if (typeof said !== 'string') return null;
  const expression = parseExpression(withoutMarks(said));
  return expression === null ? null : typeConstraint(expression);
}

/** Whether a text that is given for the variable, as `TF_VAR_name` is, is an expression. */
export function takesExpressions(block: Block): boolean {
  const type = variableType(block.body['type']);
  return block.body['type'] !== undefined && type !== 'string' && type !== 'number' && type !== 'bool';
}

/**
 * A value that was given for a variable, as the module sees it: converted to the variable's type, and the
 * default where `nullable = false` does not let null through. Undefined where nothing was given.
 */
export function inputValue(block: Block, given: Value | undefined, fallback: Value | undefined): Value {
  const { type, ofDefault } = typingOf(block);
  const isDefault = given === undefined || (given === null && constantBoolean(block.body['nullable']) === false);
  const value = isDefault ? fallback : given;
  const before = isDefault ? ofDefault : 'any';
  if (value === undefined || type === null || before === null) return notKnown;
  const converted = before === 'any' ? convertedFor(block, value, type) : convert(convert(value, before), type);
  // Terraform refuses it, so no run goes by it.
  return converted === failure ? notKnown : converted;
}

/** The type of a variable; `ofDefault` is the one to which Terraform converts its default first, where that stands. Null for what is not modelled. */
type Typing = { readonly type: Type | null; readonly ofDefault: Type | null };

const typings = new WeakMap<Block, Typing>();

function typingOf(block: Block): Typing {
  const known = typings.get(block) ?? typingSaid(block);
  typings.set(block, known);
  return known;
}

function typingSaid({ body, types }: Block): Typing {
  const own = variableType(body['type']);
  if (types === undefined) return { type: own, ofDefault: 'any' };
  const first = variableType(types.first);
  return { type: own === null || first === null ? null : withFallbacksOf(first, own), ofDefault: variableType(types.ofDefault) };
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

/** An override file changes a type, but not what attributes are that were left out. Null for types too different for that to be modelled. */
function withFallbacksOf(first: Type, type: Type): Type | null {
  if (typeof type === 'string' || typeof first === 'string') return hasFallback(first) ? null : withoutFallbacks(type);
  if (type.kind === 'object' && first.kind === 'object') {
    const attributes = new Map<string, AttributeType>();
    for (const [name, { type: own, optional }] of type.attributes) {
      const { type: before, fallback } = first.attributes.get(name) ?? { type: 'any', fallback: null };
      const inner = withFallbacksOf(before, own);
      if (inner === null) return null;
      attributes.set(name, { type: inner, optional: optional || fallback !== null, fallback });
    }
    return { kind: 'object', attributes };
  }
  if (type.kind === 'tuple' && first.kind === 'tuple') {
    const items = type.items.map((item, index) => withFallbacksOf(first.items[index] ?? 'any', item));
    return items.every((item) => item !== null) ? { kind: 'tuple', items } : null;
  }
  if ('of' in type && 'of' in first && (type.kind === 'map') === (first.kind === 'map')) {
    const of = withFallbacksOf(first.of, type.of);
    return of === null ? null : { kind: type.kind, of };
  }
  return hasFallback(first) ? null : withoutFallbacks(type);
}

function hasFallback(type: Type): boolean {
  if (typeof type === 'string') return false;
  if (type.kind === 'object') return [...type.attributes.values()].some((one) => one.fallback !== null || hasFallback(one.type));
  return type.kind === 'tuple' ? type.items.some(hasFallback) : hasFallback(type.of);
}

function withoutFallbacks(type: Type): Type {
  if (typeof type === 'string') return type;
  if (type.kind === 'tuple') return { kind: 'tuple', items: type.items.map(withoutFallbacks) };
  if (type.kind !== 'object') return { kind: type.kind, of: withoutFallbacks(type.of) };
  const attributes = [...type.attributes].map(([name, one]) => [name, { type: withoutFallbacks(one.type), optional: one.optional, fallback: null }] as const);
  return { kind: 'object', attributes: new Map(attributes) };
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
