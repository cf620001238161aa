import { collectionType, isList, isRecord, namesOf, type AttributeType, type Type, type Value } from './value.ts';

/** The type of a value; unknown parts and null are of type `any`. */
export function typeOf(value: Value): Type {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'bool';
    default:
  }
  if (isList(value)) return value[collectionType] ?? { kind: 'tuple', items: value.map(typeOf) };
  if (!isRecord(value)) return 'any';
  return value[collectionType] ?? { kind: 'object', attributes: new Map(namesOf(value).map((name) => [name, required(typeOf(value[name] ?? null))])) };
}

/** The names of an object, as one text. */
function shapeOf({ attributes }: Extract<Type, { kind: 'object' }>): string {
  return JSON.stringify([...attributes.keys()]);
}

export function required(type: Type): AttributeType {
  return { type, optional: false, fallback: null };
}

/** Whether two types are the same; null where a part of one is not known. */
export function areSameType(a: Type, b: Type): boolean | null {
  if (a === 'any' || b === 'any') return a === b ? true : null;
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    return a.items.length === b.items.length && every(a.items.map((item, index) => areSameType(item, b.items[index] ?? 'any')));
  }
  if (a.kind === 'object' && b.kind === 'object') {
    if (shapeOf(a) !== shapeOf(b)) return false;
    return every([...a.attributes].map(([name, { type }]) => areSameType(type, b.attributes.get(name)?.type ?? 'any')));
  }
  return 'of' in a && 'of' in b && a.kind === b.kind ? areSameType(a.of, b.of) : false;
}

/** True if all are, false if one is false; null if that depends on what is not known. */
export function every(outcomes: readonly (boolean | null)[]): boolean | null {
  if (outcomes.includes(false)) return false;
  return outcomes.includes(null) ? null : true;
}

/**
 * The one type to which values of all these types are converted when they stand side by side, as in a
 * list (cty, "Type Unification"). Null where Terraform finds none; undefined where that is not modelled.
 */
export function unified(types: readonly Type[]): Type | null | undefined {
  const known = types.filter((type) => type !== 'any');
  const [first] = known;
  if (first === undefined) return 'any';
  if (known.every((type) => areSameType(type, first) === true)) return first;
  if (known.every((type) => typeof type === 'string')) return known.includes('string') ? 'string' : null;
  if (known.some((type) => typeof type === 'string')) return null;
  return unifiedCollections(known.flatMap((type) => (typeof type === 'string' ? [] : [type])));
}

type Composite = Exclude<Type, string>;

function unifiedCollections(types: readonly Composite[]): Type | null | undefined {
  const kinds = new Set(types.map(({ kind }) => kind));
  if ([...kinds].every((kind) => kind === 'object' || kind === 'map')) return unifiedRecords(types, kinds);
  if (kinds.has('object') || kinds.has('map')) return null;
  const items = types.map((type) => (type.kind === 'tuple' ? type.items : []));
  const lengths = new Set(items.map(({ length }) => length));
  if (kinds.size === 1 && kinds.has('tuple') && lengths.size === 1) {
    const columns = (items[0] ?? []).map((_type, index) => unified(items.map((row) => row[index] ?? 'any')));
    if (columns.includes(null)) return null;
    return columns.every((column) => column !== null && column !== undefined) ? { kind: 'tuple', items: columns } : undefined;
  }
  if (kinds.has('set')) return kinds.size === 1 ? collectionOf('set', types) : undefined;
  return collectionOf('list', types);
}

function unifiedRecords(types: readonly Composite[], kinds: ReadonlySet<string>): Type | null | undefined {
  const shapes = types.map((type) => (type.kind === 'object' ? shapeOf(type) : ''));
  if (kinds.has('object') && kinds.size === 1 && new Set(shapes).size === 1) {
    const [first] = types;
    const names = first?.kind === 'object' ? [...first.attributes.keys()] : [];
    const attributes = names.map(
      (name) => [name, unified(types.map((type) => (type.kind === 'object' ? (type.attributes.get(name)?.type ?? 'any') : 'any')))] as const,
    );
    const whole = attributes.flatMap(([name, type]) => (type === null || type === undefined ? [] : [[name, required(type)] as const]));
    return whole.length === attributes.length ? { kind: 'object', attributes: new Map(whole) } : undefined;
  }
  return collectionOf('map', types);
}

/** A collection of everything that is inside of these types. */
function collectionOf(kind: 'list' | 'set' | 'map', types: readonly Composite[]): Type | null | undefined {
  const inner = types.flatMap((type) => {
    if (type.kind === 'tuple') return type.items;
    return type.kind === 'object' ? [...type.attributes.values()].map((attribute) => attribute.type) : [type.of];
  });
  const of = unified(inner);
  return of === null || of === undefined ? of : { kind, of };
}
