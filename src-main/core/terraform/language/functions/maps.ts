import { convert, textOf, together } from '../values/convert.ts';
import { namedElement } from '../values/element.ts';
import { dependsOnStandIn } from '../values/stand-in.ts';
import { typeOf, unified } from '../values/type.ts';
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
  type Attributes,
  type Value,
} from '../values/value.ts';
import { listed } from './collections.ts';
import { type CallContext, define, listOfTexts, said, type TerraformFunction } from '../calling/define.ts';
import { texts } from './strings.ts';

/** Functions of maps and objects (Terraform language documentation, "Functions"). */
export const mapFunctions: Readonly<Record<string, TerraformFunction>> = {
  keys: define({ params: ['any'], takesPartly: true, takesStandIns: true }, ([map = null]) => {
    if (!isRecord(map)) return failure;
    return isOrdered(map) ? (map[collectionType] === undefined ? namesOf(map) : texts(namesOf(map))) : notKnown;
  }),
  lookup: (args, context) => lookup(args, context),
  merge: (args) => merge(args),
  transpose: define({ params: [{ kind: 'map', of: listOfTexts }] }, ([map = null]) => (isRecord(map) ? transposed(map) : failure)),
  values: define({ params: ['any'], takesPartly: true, takesStandIns: true }, ([map = null]) => {
    if (!isRecord(map)) return failure;
    if (!isOrdered(map)) return notKnown;
    const items = namesOf(map).map((name) => map[name] ?? null);
    const type = map[collectionType];
    return typeof type === 'object' && 'of' in type ? collection(items, { kind: 'list', of: type.of }) : items;
  }),
  zipmap: define({ params: [listOfTexts, 'any'], takesStandIns: true }, ([names, values]) => zipped(names ?? null, values ?? null)),
};

/** Whether the order of its names is known. */
function isOrdered(map: Attributes): boolean {
  const names = namesOf(map);
  return names.length < 2 || !names.some(dependsOnStandIn);
}

function lookup(args: readonly Value[], { compared }: CallContext): Value {
  const [map = failure, key = failure, fallback] = args;
  if (args.includes(failure) || args.length < 2 || args.length > 3) return failure;
  if (map === notKnown || key === notKnown) return notKnown;
  const name = textOf(key);
  if (name === null || !isRecord(map)) return failure;
  const type = map[collectionType];
  const other = fallback !== undefined && typeof type === 'object' && 'of' in type ? convert(fallback, type.of) : fallback;
  if (other === failure) return failure;
  const found = namedElement(map, name, compared);
  // A null has a type in Terraform, which may not become that of the items.
  const mayFail = fallback === null && typeof type === 'object' && 'of' in type && typeof type.of === 'object';
  if (mayFail) return notKnown;
  return found === undefined ? (other === undefined ? failure : other) : found;
}

function merge(args: readonly Value[]): Value {
  if (args.includes(failure)) return failure;
  if (args.includes(notKnown)) return notKnown;
  const maps = args.filter((arg) => arg !== null);
  if (!maps.every(isRecord)) return failure;
  if (args.length === 0) return {};
  const entries = new Map(maps.flatMap((map) => Object.entries(map)));
  if (entries.size > 1 && [...entries.keys()].some(dependsOnStandIn)) return notKnown;
  const all = record([...entries].sort(([a], [b]) => byCodePoints(a, b)));
  const types = maps.map((map) => map[collectionType]);
  const [first] = types;
  const isMap = first !== undefined && types.every((type) => type !== undefined && JSON.stringify(type) === JSON.stringify(first));
  return isMap && isKnown(all) ? collection({ ...all }, first) : all;
}

function transposed(map: Attributes): Value {
  const names = [...new Set(namesOf(map).flatMap((name) => listed(map[name])?.map(String) ?? []))].sort(byCodePoints);
  const entries = names.map((name) => [name, texts(namesOf(map).filter((key) => listed(map[key])?.includes(name) === true))] as const);
  return collection({ ...record(entries) }, { kind: 'map', of: listOfTexts });
}

function zipped(names: Value, values: Value): Value {
  if (!isList(names) || !isList(values) || isSet(values) || names.includes(null) || names.length !== values.length) return failure;
  const entries = new Map<string, Value>(names.map((name, index) => [said(name), values[index] ?? null]));
  const all = record([...entries].sort(([a], [b]) => byCodePoints(a, b)));
  if (values[collectionType] === undefined) return all;
  const items = together(Object.values(all));
  return items === null || items === undefined ? notKnown : collection({ ...all }, { kind: 'map', of: unified(items.map(typeOf)) ?? 'any' });
}
