import { numberOf, textOf } from './convert.ts';
import { areSameTexts, hasStandIn, type Compared } from './stand-in.ts';
import { attribute, failure, isList, isRecord, isSet, namesOf, notKnown, type Value } from './value.ts';

/** What `value[key]` is. A failure where there is no such element. */
export function elementOf(value: Value, key: Value, compared?: Compared): Value {
  if (value === failure || key === failure) return failure;
  if (value === notKnown || key === notKnown) return notKnown;
  if (value === null || key === null) return failure;
  if (isRecord(value)) {
    const name = textOf(key);
    const found = name === null ? undefined : namedElement(value, name, compared);
    return found === undefined ? failure : found;
  }
  if (!isList(value) || isSet(value)) return failure;
  const index = numberOf(key);
  if (index === null) return typeof key === 'string' && hasStandIn(key) ? notKnown : failure;
  return value[index] ?? (index in value ? null : failure);
}

/** What `value.name` is: lists have no attributes. */
export function attributeOf(value: Value, name: string, compared?: Compared): Value {
  return isList(value) ? failure : elementOf(value, name, compared);
}

/** The element of a map or an object; undefined where it has none of that name, unknown where that depends on an account. */
export function namedElement(value: Extract<Value, object>, name: string, compared?: Compared): Value | undefined {
  if (!isRecord(value)) return undefined;
  // Names of values are in that form, however an expression writes them.
  const own = attribute(value, name) ?? attribute(value, name.normalize('NFC'));
  if (own !== undefined) return own;
  for (const other of namesOf(value)) {
    if (areSameTexts(other, name, compared) === null) return notKnown;
  }
  return undefined;
}
