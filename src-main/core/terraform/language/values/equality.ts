import { areSameTexts, type Compared } from './stand-in.ts';
import { areSameType, every, typeOf } from './type.ts';
import { isKnown, isList, isRecord, namesOf, type Value } from './value.ts';

/** Whether two values are the same, their types among that; null when that is not known. */
export function areEqual(a: Value, b: Value, compared?: Compared): boolean | null {
  if (typeof a === 'symbol' || typeof b === 'symbol') return null;
  if (a === null || b === null) return a === b;
  if (typeof a === 'string' && typeof b === 'string') return areSameTexts(a, b, compared);
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  // A part that is unknown, or null, has no type of its own.
  const sameType = areSameType(typeOf(a), typeOf(b));
  if (sameType === false) return isKnown(a) && isKnown(b) ? false : null;
  const same = areSameItems(a, b, compared);
  // Empty collections may be of different types.
  return sameType === null && same === true ? null : same;
}

function areSameItems(a: Value, b: Value, compared?: Compared): boolean | null {
  if (isList(a) && isList(b)) {
    return a.length === b.length && every(a.map((item, index) => areEqual(item, b[index] ?? null, compared)));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = namesOf(a);
  const others = namesOf(b);
  if (names.length !== others.length || names.some((name, index) => name !== others[index])) return false;
  return every(names.map((name) => areEqual(a[name] ?? null, b[name] ?? null, compared)));
}
