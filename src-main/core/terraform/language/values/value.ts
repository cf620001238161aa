/** Stands for what is not known before Terraform runs, and for what the app does not model. */
export const notKnown: unique symbol = Symbol('unknown');

/** Stands for an expression that Terraform refuses, which `try` and `can` tell from one that is not known yet. */
export const failure: unique symbol = Symbol('failure');

/** Where a list, set or map carries its type; tuples and objects have none. */
export const collectionType: unique symbol = Symbol('type');

/** Of a list, set or map. */
type Marked = { readonly [collectionType]?: Type };

/**
 * A value of Terraform's language. Lists, sets and tuples are arrays, sets without duplicates and in
 * Terraform's order; maps and objects are records. A number is what its decimal text says: one that
 * a double cannot hold without a difference is unknown.
 */
export type Value = string | number | boolean | null | typeof notKnown | typeof failure | Values | Attributes;
export type Values = readonly Value[] & Marked;
export type Attributes = { readonly [name: string]: Value } & Marked;

/** A collection with its type. The items have to be of that type already. */
export function collection<T extends Values | Attributes>(value: T, type: Type): T {
  return Object.defineProperty(value, collectionType, { value: type });
}

/** `any` also stands for a type that is not known, as that of null. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'any'
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeType> };

/** `fallback` is what an optional attribute is when it is left out or null. */
export type AttributeType = { readonly type: Type; readonly optional: boolean; readonly fallback: Value };

/** Whether every part of it is known; a failure is not. */
export function isKnown(value: Value): boolean {
  if (typeof value === 'symbol') return false;
  if (isList(value)) return value.every(isKnown);
  return !isRecord(value) || Object.values(value).every(isKnown);
}

/** Whether it is a list, a set or a tuple. */
export function isList(value: Value): value is Values {
  return Array.isArray(value);
}

/** Whether it is a map or an object. */
export function isRecord(value: Value): value is Attributes {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isSet(value: Value): boolean {
  const type = isList(value) ? value[collectionType] : undefined;
  return typeof type === 'object' && type.kind === 'set';
}

/** The names of a map or an object, in Terraform's order. */
export function namesOf(of: Attributes): readonly string[] {
  return Object.keys(of).sort(byCodePoints);
}

/** Keeps a name such as `__proto__` a name. */
export function record(entries: readonly (readonly [string, Value])[]): Attributes {
  return Object.fromEntries(entries);
}

/** The value behind a name; undefined where there is none. */
export function attribute(of: Attributes, name: string): Value | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

/** The items of a list or record; null for any other value, and when it is unknown what the value is. */
export function itemsOf(value: Value): readonly { readonly key: Value; readonly value: Value }[] | null {
  if (isList(value)) return value.map((item, index) => ({ key: isSet(value) ? item : index, value: item }));
  return isRecord(value) ? namesOf(value).map((name) => ({ key: name, value: value[name] ?? null })) : null;
}

/** As Go compares strings: by the bytes of UTF-8, which is the order of the code points. */
export function byCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    // Two halves of a pair are one code point.
    const start = at > 0 && isFirstHalf(a.charCodeAt(at - 1)) ? at - 1 : at;
    return (a.codePointAt(start) ?? 0) - (b.codePointAt(start) ?? 0) || (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
  }
  return a.length - b.length;
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
