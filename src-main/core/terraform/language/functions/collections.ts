import { convert, setOf, together } from '../values/convert.ts';
import { areEqual } from '../values/equality.ts';
import { unknownPart, type Compared } from '../values/stand-in.ts';
import { unified, typeOf } from '../values/type.ts';
import { collection, collectionType, failure, isList, isSet, itemsOf, notKnown, type Type, type Value, type Values } from '../values/value.ts';
import { anyList, define, listOfTexts, truth, type TerraformFunction } from '../calling/define.ts';
import { graphemes, texts } from './strings.ts';

/** The items of an argument that has to be a list, a set or a tuple; null for any other value. */
export function listed(value: Value | undefined): Values | null {
  return value !== undefined && isList(value) ? value : null;
}

/** A list where all of the lists that it was made of are lists, else a tuple. */
function joined(items: readonly Value[], from: readonly Value[]): Value {
  if (!from.every((one) => isList(one) && one[collectionType] !== undefined && !isSet(one))) return items;
  const converted = together(items);
  if (converted === null || converted === undefined) return items;
  return collection([...converted], { kind: 'list', of: unified(converted.map(typeOf)) ?? 'any' });
}

/** Functions of lists, sets and tuples (Terraform language documentation, "Functions"). */
export const collectionFunctions: Readonly<Record<string, TerraformFunction>> = {
  alltrue: booleans(false),
  anytrue: booleans(true),
  chunklist: define({ params: [anyList, 'number'], takesStandIns: true }, ([list, size]) => chunks(listed(list) ?? [], Number(size))),
  coalesce: (args) => coalesce(args),
  coalescelist: (args) => {
    if (args.some((arg) => arg === failure || (arg !== notKnown && (!isList(arg) || isSet(arg))))) return failure;
    return args.includes(notKnown) ? notKnown : (args.find((arg) => isList(arg) && arg.length > 0) ?? failure);
  },
  compact: define({ params: [listOfTexts], takesStandIns: true }, ([list]) =>
    texts((listed(list) ?? []).filter((item) => item !== null && item !== '').map(String)),
  ),
  concat: define({ rest: 'any', takesPartly: true, takesStandIns: true }, (lists) =>
    lists.length === 0 || !lists.every((list) => isList(list) && !isSet(list)) ? failure : joined(lists.flat(), lists),
  ),
  contains: define({ params: ['any', 'any'], takesPartly: true, takesStandIns: true }, ([list, wanted = null], { compared }) => {
    const items = listed(list);
    return items === null ? failure : truth(contained(items, wanted, compared));
  }),
  distinct: define({ params: [anyList], takesStandIns: true }, ([list], { compared }) => distinct(listed(list) ?? [], compared)),
  element: define({ params: ['any', 'number'], takesPartly: true, takesStandIns: true }, ([list, at]) => element(listed(list), Number(at))),
  flatten: define({ params: ['any'], takesPartly: true, takesStandIns: true }, ([list]) => (listed(list) === null ? failure : flatten(listed(list) ?? []))),
  index: define({ params: ['any', 'any'], takesStandIns: true }, ([list, wanted = null], { compared }) => indexOf(listed(list), wanted, compared)),
  length: define({ params: ['any'], takesPartly: true, takesStandIns: true }, ([value = null]) => {
    if (typeof value === 'string') return value.includes(unknownPart) ? notKnown : (graphemes(value)?.length ?? notKnown);
    return itemsOf(value)?.length ?? failure;
  }),
  matchkeys: define({ params: [anyList, anyList, anyList], takesStandIns: true }, ([values, keys, wanted], { compared }) =>
    matched(listed(values) ?? [], listed(keys) ?? [], listed(wanted) ?? [], compared),
  ),
  one: define({ params: ['any'], takesPartly: true, takesStandIns: true }, ([value]) => {
    const list = listed(value);
    return list === null || list.length > 1 ? failure : (list[0] ?? null);
  }),
  range: define({ params: ['number'], rest: 'number' }, (limits) => range(limits.map(Number))),
  reverse: define({ params: ['any'], takesStandIns: true }, ([value]) => {
    const list = listed(value);
    return list === null ? failure : marked(list.toReversed(), 'list', list);
  }),
  slice: define({ params: ['any', 'number', 'number'], takesStandIns: true }, ([list, from, to]) => slice(listed(list), Number(from), Number(to))),
};

/** A list like another one; a tuple stays a tuple. */
function marked(items: readonly Value[], kind: 'list', like: Values): Value {
  const type = like[collectionType];
  return typeof type === 'object' && 'of' in type ? collection([...items], { kind, of: type.of }) : items;
}

function booleans(decides: boolean): TerraformFunction {
  return define({ params: [{ kind: 'list', of: 'bool' }], takesPartly: true }, ([list]) => {
    const items = listed(list) ?? [];
    if (items.includes(decides)) return decides;
    if (items.includes(notKnown)) return notKnown;
    // A null counts as false.
    return decides ? false : !items.includes(null);
  });
}

function coalesce(args: readonly Value[]): Value {
  if (args.includes(failure)) return failure;
  const known = args.every((arg) => typeof arg !== 'symbol') ? together(args) : args;
  if (known === null) return failure;
  if (known === undefined) return notKnown;
  for (const [at, value] of known.entries()) {
    // Its type is that of all, which is not known.
    if (value === notKnown || (typeof value !== 'string' && value !== null && args.includes(notKnown))) return notKnown;
    if (value !== null && args[at] !== '' && value !== '') return value;
  }
  return failure;
}

function chunks(list: Values, size: number): Value {
  if (!Number.isInteger(size) || size < 0) return failure;
  const width = size === 0 ? Math.max(1, list.length) : size;
  return collection(
    Array.from({ length: Math.ceil(list.length / width) }, (_, index) => marked(list.slice(index * width, (index + 1) * width), 'list', list)),
    { kind: 'list', of: list[collectionType] ?? 'any' },
  );
}

/** Whether a list has an item; null when that is not known. */
export function contained(list: Values, wanted: Value, compared?: Compared): boolean | null {
  const outcomes = list.map((item) => areEqual(item, wanted, compared));
  if (outcomes.includes(true)) return true;
  return outcomes.includes(null) ? null : false;
}

function distinct(list: Values, compared?: Compared): Value {
  const found: Value[] = [];
  for (const item of list) {
    const isThere = contained(found, item, compared);
    if (isThere === null) return notKnown;
    if (!isThere) found.push(item);
  }
  return marked(found, 'list', list);
}

function element(list: Values | null, at: number): Value {
  if (list === null || isSet(list) || list.length === 0 || !Number.isInteger(at)) return failure;
  const rest = (at % list.length) + 0;
  // Only lists are counted from their end.
  if (rest < 0 && list[collectionType] === undefined) return failure;
  return list[rest < 0 ? rest + list.length : rest] ?? null;
}

function flatten(list: Values): Value {
  const items = list.flatMap((item): readonly Value[] => {
    const inner = isList(item) ? flatten(item) : item;
    return isList(inner) ? inner : [inner];
  });
  // An unknown item could be a list of any length.
  return items.includes(notKnown) ? notKnown : items;
}

function indexOf(list: Values | null, wanted: Value, compared?: Compared): Value {
  if (list === null || isSet(list)) return failure;
  for (const [at, item] of list.entries()) {
    const same = areEqual(item, wanted, compared);
    if (same === null) return notKnown;
    if (same) return at;
  }
  return failure;
}

function matched(values: Values, keys: Values, wanted: Values, compared?: Compared): Value {
  const of = unified([itemType(keys), itemType(wanted)]);
  if (values.length !== keys.length || of === null) return failure;
  if (of === undefined) return notKnown;
  const converted = wanted.map((one) => convert(one, of));
  const kept: Value[] = [];
  for (const [at, key] of keys.entries()) {
    const isWanted = contained(converted, convert(key, of), compared);
    if (isWanted === null) return notKnown;
    if (isWanted) kept.push(values[at] ?? null);
  }
  return marked(kept, 'list', values);
}

function range(limits: readonly number[]): Value {
  const [first = 0, second, third] = limits;
  if (limits.length > 3) return failure;
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (to < from ? -1 : 1);
  if (step === 0 || (to < from && step > 0) || (to > from && step < 0)) return failure;
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (length > 1024) return failure;
  if (![from, to, step].every(Number.isInteger)) return notKnown;
  return collection(
    Array.from({ length }, (_, index) => from + index * step),
    { kind: 'list', of: 'number' },
  );
}

function slice(list: Values | null, from: number, to: number): Value {
  if (list === null || isSet(list) || !Number.isInteger(from) || !Number.isInteger(to)) return failure;
  return from < 0 || to > list.length || from > to ? failure : marked(list.slice(from, to), 'list', list);
}

/** Every combination of one item of each. */
export function product(args: readonly Value[]): Value {
  const lists = args.map((arg) => (isList(arg) ? convert(arg, { kind: isSet(arg) ? 'set' : 'list', of: 'any' }) : failure));
  if (lists.length < 2 || lists.includes(failure)) return failure;
  if (!lists.every(isList)) return notKnown;
  const all = lists.reduce<readonly (readonly Value[])[]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);
  const of: Type = { kind: 'tuple', items: lists.map(itemType) };
  return lists.some(isSet) ? setOf(all, of) : collection([...all], { kind: 'list', of });
}

/** The type of the items of a list or a set. */
export function itemType(list: Values): Type {
  const type = list[collectionType];
  return typeof type === 'object' && 'of' in type ? type.of : (unified(list.map(typeOf)) ?? 'any');
}
