import { quoted } from './bytes.ts';
import { areEqual } from './equality.ts';
import { hasStandIn } from './stand-in.ts';
import { byCodePoints, collectionType, isList, isRecord, namesOf, type Value } from './value.ts';

/**
 * The distinct ones of known items of one type, in the order in which Terraform iterates over a set of them;
 * null where that is not known.
 */
export function inSetOrder(items: readonly Value[]): readonly Value[] | null {
  if (items.length < 2) return items;
  const distinct = [...new Set(items)];
  if (distinct.some((item) => typeof item === 'string' && hasStandIn(item)))
    return distinct.length === 1 && areEqual(distinct[0] ?? null, distinct[0] ?? null) === true ? distinct : null;
  if (distinct.every((item) => typeof item !== 'object' || item === null)) return distinct.sort(comparePrimitives);
  const byKey = new Map<string, Value>();
  for (const item of items) {
    const key = item === null ? last : sortKey(item);
    if (key === null) return null;
    byKey.set(key, item);
  }
  return [...byKey].sort(([a], [b]) => byCodePoints(a, b)).map(([, item]) => item);
}

/** Null comes behind everything else. */
const last = '\uFFFD';

/** False before true, numbers by their size, texts by their code points. */
function comparePrimitives(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' && typeof b === 'string') return byCodePoints(a, b);
  return Number(a) - Number(b);
}

/**
 * The bytes by which cty sorts values that have parts (cty, `set_internals.go`), for values whose bytes are all
 * that tells them apart: no two of them have the same. Null for the others.
 */
function sortKey(value: Value): string | null {
  if (value === null) return '~';
  switch (typeof value) {
    case 'boolean':
      return value ? 'T' : 'F';
    case 'number':
      return numberKey(value);
    case 'string':
      return quoted(value);
    default:
  }
  const type = typeof value === 'object' ? value[collectionType] : undefined;
  if (isList(value)) return joined(type === undefined ? '<>' : '[]', value.map(sortKey));
  if (!isRecord(value)) return null;
  const names = namesOf(value);
  const items = names.map((name) => sortKey(value[name] ?? null));
  if (type === undefined) return joined('<>', items);
  return joined(
    '{}',
    names.map((name, index) => {
      const [key, item = null] = [sortKey(name), items[index]];
      return key === null || item === null ? null : `${key}:${item}`;
    }),
  );
}

function joined([open = '', close = '']: string, items: readonly (string | null)[]): string | null {
  return items.includes(null) ? null : `${open}${items.map((item) => `${item};`).join('')}${close}`;
}

/** Ten digits are written; of numbers that need no more, and no exponent, they are the whole number. */
function numberKey(value: number): string | null {
  const text = String(value);
  return /^-?(?=[\d.]{1,10}$)\d+(\.\d+)?$/.test(text) && (value === 0 || Math.abs(value) >= 0.0001) ? text : null;
}
