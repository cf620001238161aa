import { areEqual, booleanOf, elementOf, isKnown, isList, isRecord, numberOf, textOf, unknown, type Value } from './value.ts';

/**
 * The functions of Terraform with which projects find account IDs and role ARNs (Terraform language
 * documentation, "Functions"). Arguments may be unknown, in whole or in part; what a function cannot
 * work out is unknown.
 */
export const functions: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  coalesce: (args) => firstOf(args, (value) => value !== null && value !== ''),
  compact: ([list = unknown]) => whole(list, (values) => values.filter((value) => value !== null && value !== '')),
  concat: (args) => (args.every(isList) ? args.flat() : unknown),
  contains: ([list = unknown, wanted = unknown]) => contains(list, wanted),
  distinct: ([list = unknown]) => whole(list, distinct),
  element: ([list = unknown, index = unknown]) => element(list, index),
  flatten: ([list = unknown]) => (isList(list) ? flatten(list) : unknown),
  format: ([pattern = unknown, ...values]) => format(pattern, values),
  join: ([separator = unknown, list = unknown]) => whole(list, (values) => textual([separator, ...values], ([between = '', ...texts]) => texts.join(between))),
  keys: ([map = unknown]) => (isRecord(map) ? Object.keys(map).sort() : unknown),
  length: ([value = unknown]) => (isList(value) ? value.length : isRecord(value) ? Object.keys(value).length : unknown),
  lookup: ([map = unknown, key = unknown, fallback = unknown]) => lookup(map, key, fallback),
  lower: ([value = unknown]) => textual([value], ([text = '']) => text.toLowerCase()),
  merge: (args) => merge(args),
  one: ([list = unknown]) => (isList(list) && list.length <= 1 ? (list[0] ?? null) : unknown),
  replace: ([value = unknown, from = unknown, to = unknown]) => replace(value, from, to),
  split: ([separator = unknown, value = unknown]) => textual([separator, value], ([between = '', text = '']) => text.split(between)),
  startswith: ([value = unknown, start = unknown]) => textual([value, start], ([text = '', prefix = '']) => text.startsWith(prefix)),
  endswith: ([value = unknown, end = unknown]) => textual([value, end], ([text = '', suffix = '']) => text.endsWith(suffix)),
  nonsensitive: ([value = unknown]) => value,
  sensitive: ([value = unknown]) => value,
  tolist: ([list = unknown]) => (isList(list) ? list : unknown),
  tomap: ([map = unknown]) => (isRecord(map) ? map : unknown),
  tonumber: ([value = unknown]) => numberOf(value) ?? unknown,
  tobool: ([value = unknown]) => booleanOf(value) ?? unknown,
  toset: ([list = unknown]) => whole(list, distinct),
  tostring: ([value = unknown]) => (value === null ? null : (textOf(value) ?? unknown)),
  trimprefix: ([value = unknown, start = unknown]) =>
    textual([value, start], ([text = '', prefix = '']) => (prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: ([value = unknown, end = unknown]) =>
    textual([value, end], ([text = '', suffix = '']) => (suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)),
  trimspace: ([value = unknown]) => textual([value], ([text = '']) => text.trim()),
  upper: ([value = unknown]) => textual([value], ([text = '']) => text.toUpperCase()),
  values: ([map = unknown]) =>
    isRecord(map)
      ? Object.keys(map)
          .sort()
          .map((name) => map[name] ?? null)
      : unknown,
};

function textual(values: readonly Value[], act: (texts: readonly string[]) => Value): Value {
  const texts = values.flatMap((value) => textOf(value) ?? []);
  return texts.length === values.length ? act(texts) : unknown;
}

function merge(maps: readonly Value[]): Value {
  const entries: (readonly [string, Value])[] = [];
  for (const map of maps) {
    if (isRecord(map)) entries.push(...Object.entries(map));
    else if (map !== null) return unknown;
  }
  return Object.fromEntries(entries);
}

/** For functions that depend on every element. */
function whole(list: Value, act: (values: readonly Value[]) => Value): Value {
  return isList(list) && isKnown(list) ? act(list) : unknown;
}

/** The first value that fits; unknown if an unknown one comes before it. */
function firstOf(values: readonly Value[], fits: (value: Value) => boolean): Value {
  for (const value of values) {
    if (value === unknown) return unknown;
    if (fits(value)) return value;
  }
  return unknown;
}

function contains(list: Value, wanted: Value): Value {
  if (!isList(list)) return unknown;
  const found = list.map((value) => areEqual(value, wanted));
  if (found.includes(true)) return true;
  return found.includes(null) ? unknown : false;
}

function distinct(values: readonly Value[]): readonly Value[] {
  return values.filter((value, at) => values.findIndex((other) => areEqual(other, value)) === at);
}

function element(list: Value, index: Value): Value {
  const at = numberOf(index);
  if (!isList(list) || list.length === 0 || at === null) return unknown;
  return list[((at % list.length) + list.length) % list.length] ?? unknown;
}

function flatten(list: readonly Value[]): Value {
  const flat: Value[] = [];
  for (const value of list) {
    const inner: Value = isList(value) ? flatten(value) : [value];
    if (value === unknown || !isList(inner)) return unknown;
    flat.push(...inner);
  }
  return flat;
}

/** `%s`, `%d`, `%v` and `%%`; any other verb is left to Terraform. */
function format(pattern: Value, values: readonly Value[]): Value {
  if (typeof pattern !== 'string') return unknown;
  let next = 0;
  const parts: string[] = [];
  for (const part of pattern.match(/%.?|[^%]+/gs) ?? []) {
    if (!part.startsWith('%')) parts.push(part);
    else if (part === '%%') parts.push('%');
    else {
      const text = textOf(values[next] ?? unknown);
      if (text === null || !/^%[sdv]$/.test(part)) return unknown;
      parts.push(text);
      next += 1;
    }
  }
  return next === values.length ? parts.join('') : unknown;
}

function lookup(map: Value, key: Value, fallback: Value): Value {
  const name = textOf(key);
  if (!isRecord(map) || name === null) return unknown;
  return Object.hasOwn(map, name) ? elementOf(map, name) : fallback;
}

/** A pattern between slashes is a regular expression of Go, which the app does not evaluate. */
function replace(value: Value, from: Value, to: Value): Value {
  return textual([value, from, to], ([text = '', found = '', put = '']) => (/^\/.*\/$/s.test(found) ? unknown : text.split(found).join(put)));
}
