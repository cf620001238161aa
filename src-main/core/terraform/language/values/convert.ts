import { decimalOf, decimalOfNumber, decimalText, isNegativeZero, numberValue } from './decimal.ts';
import { areSameType, typeOf, unified } from './type.ts';
import {
  byCodePoints,
  collection,
  collectionType,
  failure,
  isKnown,
  isList,
  isRecord,
  isSet,
  namesOf,
  notKnown,
  record,
  type Value,
  type Type,
  type Values,
} from './value.ts';
import { inSetOrder } from './set-order.ts';
import { hasStandIn } from './stand-in.ts';

/** The value as Terraform converts it to a type (cty, "Conversions"): a failure where it refuses to. */
export function convert(value: Value, type: Type): Value {
  if (typeof value === 'symbol' || value === null || type === 'any') return value;
  switch (type) {
    case 'string':
      return toText(value);
    case 'number':
      return toNumber(value);
    case 'bool':
      return toBoolean(value);
    default:
  }
  switch (type.kind) {
    case 'map':
      return toMap(value, type.of);
    case 'object':
      return toObject(value, type.attributes);
    case 'tuple':
      return toTuple(value, type.items);
    default:
      return toSequence(value, type.kind, type.of);
  }
}

/** The value as Terraform converts it to a string; null when it is unknown or not a primitive value. */
export function textOf(value: Value): string | null {
  const text = toText(value);
  return typeof text === 'string' ? text : null;
}

export function numberOf(value: Value): number | null {
  const number = toNumber(value);
  return typeof number === 'number' ? number : null;
}

export function booleanOf(value: Value): boolean | null {
  const boolean = toBoolean(value);
  return typeof boolean === 'boolean' ? boolean : null;
}

function toText(value: Value): Value {
  if (typeof value === 'symbol' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' ? decimalText(decimalOfNumber(value)) : failure;
}

function toNumber(value: Value): Value {
  if (typeof value === 'symbol' || typeof value === 'number') return value;
  if (typeof value !== 'string') return failure;
  const decimal = decimalOf(value);
  if (decimal !== null) return isNegativeZero(value) ? notKnown : numberValue(decimal);
  // An infinity, a number with a power of two, or one beyond what is modelled.
  return /^[+-]?inf$|^[+-]?[\d.]+[ep][+-]?\d+$/i.test(value) || hasStandIn(value) ? notKnown : failure;
}

function toBoolean(value: Value): Value {
  if (typeof value === 'symbol' || typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  // A part of an account's ID may be one of the digits that stand for them.
  return typeof value === 'string' && hasStandIn(value) ? notKnown : failure;
}

/** The first failure, else unknown if the whole is, else what is made of the converted items. */
function whole(items: readonly Value[], make: (items: readonly Value[]) => Value): Value {
  return items.includes(failure) ? failure : make(items);
}

function toSequence(value: Value, kind: 'list' | 'set', of: Type): Value {
  if (!isList(value)) return failure;
  if (value.length === 0 && !takesItemsOf(value, of)) return failure;
  const inner = innerType(value, of, value[collectionType]);
  if (inner === null) return failure;
  if (inner === undefined) return notKnown;
  return whole(
    value.map((item) => convert(item, inner)),
    (items) => (kind === 'list' ? collection([...items], { kind, of: inner }) : setOf(items, inner)),
  );
}

/** Whether the items of an empty list, which it has none of, could be converted: a text cannot be made of an object. */
function takesItemsOf(list: Values, of: Type): boolean {
  const type = list[collectionType];
  if (typeof type !== 'object' || !('of' in type) || type.of === 'any' || of === 'any') return true;
  return (typeof type.of === 'string') === (typeof of === 'string');
}

/** Without duplicates, in the order in which Terraform iterates over it; unknown where an item is. */
export function setOf(items: readonly Value[], of: Type): Value {
  if (!items.every(isKnown)) return notKnown;
  const ordered = inSetOrder(items);
  return ordered === null ? notKnown : collection([...ordered], { kind: 'set', of });
}

function toMap(value: Value, of: Type): Value {
  if (!isRecord(value)) return failure;
  const names = namesOf(value);
  const inner = innerType(
    names.map((name) => value[name] ?? null),
    of,
    value[collectionType],
  );
  if (inner === null) return failure;
  if (inner === undefined) return notKnown;
  return whole(
    names.map((name) => convert(value[name] ?? null, inner)),
    (items) => collection({ ...record(names.map((name, index) => [name, items[index] ?? null])) }, { kind: 'map', of: inner }),
  );
}

/** What the items of a collection become: with `any` in its type, the one type that they have together. */
function innerType(items: readonly Value[], of: Type, own: Type | undefined): Type | null | undefined {
  if (!hasAny(of)) return of;
  if (!items.every(isKnown)) return undefined;
  // Of one that is empty, or has nothing but nulls, only its own type tells.
  if (of === 'any') return typeof own === 'object' && 'of' in own && own.of !== 'any' ? own.of : unified(items.map(typeOf));
  const converted = items.map((item) => convert(item, of));
  if (converted.includes(failure)) return null;
  return converted.every(isKnown) ? unified(converted.map(typeOf)) : undefined;
}

function hasAny(type: Type): boolean {
  if (typeof type === 'string') return type === 'any';
  if ('of' in type) return hasAny(type.of);
  return type.kind === 'tuple' ? type.items.some(hasAny) : [...type.attributes.values()].some((attribute) => hasAny(attribute.type));
}

function toTuple(value: Value, types: readonly Type[]): Value {
  if (!isList(value) || isSet(value)) return isList(value) ? notKnown : failure;
  if (value.length !== types.length) return failure;
  return whole(
    value.map((item, index) => convert(item, types[index] ?? 'any')),
    (items) => items,
  );
}

function toObject(value: Value, attributes: Extract<Type, { kind: 'object' }>['attributes']): Value {
  if (!isRecord(value)) return failure;
  const entries = [...attributes].map(([name, { type, optional, fallback }]): readonly [string, Value] => {
    const given = Object.hasOwn(value, name) ? (value[name] ?? null) : undefined;
    if (given === undefined && !optional) return [name, failure];
    const said = given ?? (optional ? fallback : null);
    return [name, said === null ? null : convert(said, type)];
  });
  return whole(
    entries.map(([, item]) => item),
    () => record([...entries].sort(([a], [b]) => byCodePoints(a, b))),
  );
}

/** Converts to the type that values have together; null where they have none, undefined where that is not modelled. */
export function together(values: readonly Value[]): readonly Value[] | null | undefined {
  const type = unified(values.map(typeOf));
  if (type === null || type === undefined) return type;
  return values.map((value) => (areSameType(typeOf(value), type) === true ? value : convert(value, type)));
}
