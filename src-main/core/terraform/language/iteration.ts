import type { Context } from './context.ts';
import type { Expression } from './syntax/expression.ts';
import { convert, textOf } from './values/convert.ts';
import { dependsOnStandIn } from './values/stand-in.ts';
import { typeOf, unified } from './values/type.ts';
import {
  byCodePoints,
  collection,
  collectionType,
  failure,
  isKnown,
  isList,
  isRecord,
  itemsOf,
  namesOf,
  notKnown,
  record,
  type Value,
} from './values/value.ts';

type For = Extract<Expression, { kind: 'for' }>;
type Item = { readonly key: Value; readonly value: Value };

/** `[for …]` makes a tuple, `{for …}` an object. */
export function forValue(expression: For, context: Context, valueOf: (part: Expression, context: Context) => Value): Value {
  const source = valueOf(expression.of, context);
  if (typeof source === 'symbol') return source;
  const items = itemsOf(source);
  if (items === null) return failure;
  // The order of names of which one is not known.
  if (isRecord(source) && namesOf(source).length > 1 && namesOf(source).some(dependsOnStandIn)) return notKnown;
  const found: Item[] = [];
  let isOpen = false;
  for (const item of items) {
    const bound = new Map(context.bound).set(expression.valueName, item.value);
    if (expression.keyName !== null) bound.set(expression.keyName, item.key);
    const inner = { ...context, bound };
    const wanted = expression.condition === null ? true : valueOf(expression.condition, inner);
    const isWanted = wanted === null ? failure : convert(wanted, 'bool');
    if (isWanted === failure) return failure;
    if (isWanted === notKnown) isOpen = true;
    if (isWanted === false) continue;
    const key = expression.key === null ? null : valueOf(expression.key, inner);
    const value = valueOf(expression.value, inner);
    if (isWanted !== true) continue;
    if (key === failure || value === failure) return failure;
    found.push({ key, value });
  }
  if (isOpen) return notKnown;
  return expression.key === null ? found.map(({ value }) => value) : objectOf(found, expression.isGrouped);
}

function objectOf(items: readonly Item[], isGrouped: boolean): Value {
  if (items.some(({ key }) => key !== notKnown && textOf(key) === null)) return failure;
  if (items.some(({ key }) => key === notKnown) || (items.length > 1 && items.some(({ key }) => dependsOnStandIn(key)))) return notKnown;
  const groups = new Map<string, Value[]>();
  for (const { key, value } of items) {
    const name = textOf(key) ?? '';
    groups.set(name, [...(groups.get(name) ?? []), value]);
  }
  if (!isGrouped && groups.size < items.length) return failure;
  const entries = [...groups].sort(([a], [b]) => byCodePoints(a, b));
  return record(entries.map(([name, values]) => [name, isGrouped ? values : (values[0] ?? null)]));
}

/** A value that is no list counts as one with a single item, and null as an empty one. */
export function splatValue(source: Value, step: Expression, each: (item: Value) => Value): Value {
  if (typeof source === 'symbol') return source;
  if (source === null) return [];
  const items = isList(source) ? [...source] : [source];
  if (items.length === 0) return splatOfNothing(source, step);
  const values = items.map(each);
  if (values.includes(failure)) return failure;
  if (!isList(source) || source[collectionType] === undefined) return values;
  const of = values.every(isKnown) ? unified(values.map(typeOf)) : undefined;
  // Items that are unknown leave the type of their list unknown, not their number.
  return of === null || of === undefined ? values : collection(values, { kind: 'list', of });
}

/** Of an empty list too Terraform looks whether its items would have what is asked for. */
function splatOfNothing(source: Value, step: Expression): Value {
  const type = isList(source) ? source[collectionType] : undefined;
  if (type === undefined) return [];
  if (typeof type === 'string' || !('of' in type)) return notKnown;
  if (step.kind === 'current') return collection([], { kind: 'list', of: type.of });
  if (step.kind !== 'access' || step.of.kind !== 'current' || step.step.kind !== 'attribute') return notKnown;
  if (typeof type.of === 'string' || type.of.kind !== 'object') return type.of === 'any' ? notKnown : failure;
  const attribute = type.of.attributes.get(step.step.name);
  return attribute === undefined ? failure : collection([], { kind: 'list', of: attribute.type });
}
