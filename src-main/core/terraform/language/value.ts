/** Stands for what is not known before Terraform runs. */
export const unknown = Symbol('unknown');

/** A value of Terraform's language. Lists, sets and tuples are arrays; maps and objects are records. */
export type Value = string | number | boolean | null | typeof unknown | readonly Value[] | { readonly [name: string]: Value };

/** Whether every part of it is known. */
export function isKnown(value: Value): boolean {
  if (value === unknown) return false;
  if (isList(value)) return value.every(isKnown);
  return !isRecord(value) || Object.values(value).every(isKnown);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isRecord(value: Value): value is { readonly [name: string]: Value } {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** The value as Terraform converts it to a string; null when it is unknown or not a primitive value. */
export function textOf(value: Value): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

export function numberOf(value: Value): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export function booleanOf(value: Value): boolean | null {
  if (value === 'true' || value === true) return true;
  return value === 'false' || value === false ? false : null;
}

/** Whether two values are the same; null when that is not known. */
export function areEqual(a: Value, b: Value): boolean | null {
  if (!isKnown(a) || !isKnown(b)) return null;
  return canonical(a) === canonical(b);
}

/** An element or attribute; unknown when there is none, since Terraform can say more about that than we can. */
export function elementOf(value: Value, key: Value): Value {
  if (isList(value)) {
    const index = numberOf(key);
    return index === null ? unknown : (value[index] ?? unknown);
  }
  const name = textOf(key);
  return isRecord(value) && name !== null && Object.hasOwn(value, name) ? (value[name] ?? null) : unknown;
}

function canonical(value: Value): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`)
    .join()}}`;
}
