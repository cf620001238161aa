import { setOf } from './convert.ts';
import { collection, collectionType, isList, isSet, notKnown, record, type Attributes, type Value, type Values } from './value.ts';

/** Values that were looked through: a large one is given by many calls. */
const seen = new WeakSet<object>();

/** The value with its texts in the form that all of Terraform's have, whatever they were put together from: NFC. */
export function composed(value: Value): Value {
  if (typeof value === 'string') return isComposed(value) ? value : value.normalize('NFC');
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  const found = isList(value) ? ofList(value) : ofRecord(value);
  if (typeof found === 'object' && found !== null) seen.add(found);
  return found;
}

/** No sign of these first ones joins another one. */
function isComposed(text: string): boolean {
  return /^[\0-\u02FF]*$/.test(text);
}

function ofList(list: Values): Value {
  const items = list.map(composed);
  if (items.every((item, index) => item === list[index])) return list;
  const type = list[collectionType];
  if (type === undefined) return items;
  return isSet(list) && typeof type === 'object' && 'of' in type ? setOf(items, type.of) : collection(items, type);
}

function ofRecord(of: Attributes): Value {
  const entries = Object.entries(of).map(([name, item]) => [name, composed(item)] as const);
  // Two names may become one.
  if (entries.some(([name]) => !isComposed(name) && name.normalize('NFC') !== name)) return notKnown;
  if (entries.every(([name, item]) => item === of[name])) return of;
  const type = of[collectionType];
  return type === undefined ? record(entries) : collection({ ...record(entries) }, type);
}
