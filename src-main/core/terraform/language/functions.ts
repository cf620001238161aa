import { areEqual, booleanOf, elementOf, isKnown, isList, isRecord, numberOf, textOf, notKnown, type Value } from './value.ts';

/**
 * The functions of Terraform with which projects find account IDs and role ARNs (Terraform language
 * documentation, "Functions"). Arguments may be unknown, in whole or in part; what a function cannot
 * work out is unknown.
 */
export const functions: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  coalesce: (args) => firstOf(args, (value) => value !== null && value !== ''),
  compact: ([list = notKnown]) => whole(list, (values) => values.filter((value) => value !== null && value !== '')),
  concat: (args) => (args.every(isList) ? args.flat() : notKnown),
  contains: ([list = notKnown, wanted = notKnown]) => contains(list, wanted),
  distinct: ([list = notKnown]) => whole(list, distinct),
  element: ([list = notKnown, index = notKnown]) => element(list, index),
  flatten: ([list = notKnown]) => (isList(list) ? flatten(list) : notKnown),
  format: ([pattern = notKnown, ...values]) => format(pattern, values),
  join: ([separator = notKnown, list = notKnown]) =>
    whole(list, (values) => textual([separator, ...values], ([between = '', ...texts]) => texts.join(between))),
  keys: ([map = notKnown]) => (isRecord(map) ? Object.keys(map).sort() : notKnown),
  length: ([value = notKnown]) => (isList(value) ? value.length : isRecord(value) ? Object.keys(value).length : notKnown),
  lookup: ([map = notKnown, key = notKnown, fallback = notKnown]) => lookup(map, key, fallback),
  lower: ([value = notKnown]) => textual([value], ([text = '']) => text.toLowerCase()),
  merge: (args) => merge(args),
  one: ([list = notKnown]) => (isList(list) && list.length <= 1 ? (list[0] ?? null) : notKnown),
  replace: ([value = notKnown, from = notKnown, to = notKnown]) => replace(value, from, to),
  split: ([separator = notKnown, value = notKnown]) => textual([separator, value], ([between = '', text = '']) => text.split(between)),
  startswith: ([value = notKnown, start = notKnown]) => textual([value, start], ([text = '', prefix = '']) => text.startsWith(prefix)),
  endswith: ([value = notKnown, end = notKnown]) => textual([value, end], ([text = '', suffix = '']) => text.endsWith(suffix)),
  nonsensitive: ([value = notKnown]) => value,
  sensitive: ([value = notKnown]) => value,
  tolist: ([list = notKnown]) => (isList(list) ? list : notKnown),
  tomap: ([map = notKnown]) => (isRecord(map) ? map : notKnown),
  tonumber: ([value = notKnown]) => numberOf(value) ?? notKnown,
  tobool: ([value = notKnown]) => booleanOf(value) ?? notKnown,
  toset: ([list = notKnown]) => whole(list, distinct),
  tostring: ([value = notKnown]) => (value === null ? null : (textOf(value) ?? notKnown)),
  trimprefix: ([value = notKnown, start = notKnown]) =>
    textual([value, start], ([text = '', prefix = '']) => (prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: ([value = notKnown, end = notKnown]) =>
    textual([value, end], ([text = '', suffix = '']) => (suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)),
  trimspace: ([value = notKnown]) => textual([value], ([text = '']) => text.trim()),
  upper: ([value = notKnown]) => textual([value], ([text = '']) => text.toUpperCase()),
  values: ([map = notKnown]) =>
    isRecord(map)
      ? Object.keys(map)
          .sort()
          .map((name) => map[name] ?? null)
      : notKnown,
};

function textual(values: readonly Value[], act: (texts: readonly string[]) => Value): Value {
  const texts = values.flatMap((value) => textOf(value) ?? []);
  return texts.length === values.length ? act(texts) : notKnown;
}

function merge(maps: readonly Value[]): Value {
  const entries: (readonly [string, Value])[] = [];
  for (const map of maps) {
    if (isRecord(map)) entries.push(...Object.entries(map));
    else if (map !== null) return notKnown;
  }
  return Object.fromEntries(entries);
}

/** For functions that depend on every element. */
function whole(list: Value, act: (values: readonly Value[]) => Value): Value {
  return isList(list) && isKnown(list) ? act(list) : notKnown;
}

/** The first value that fits; unknown if an unknown one comes before it. */
function firstOf(values: readonly Value[], fits: (value: Value) => boolean): Value {
  for (const value of values) {
    if (value === notKnown) return notKnown;
    if (fits(value)) return value;
  }
  return notKnown;
}

function contains(list: Value, wanted: Value): Value {
  if (!isList(list)) return notKnown;
  const found = list.map((value) => areEqual(value, wanted));
  if (found.includes(true)) return true;
  return found.includes(null) ? notKnown : false;
}

function distinct(values: readonly Value[]): readonly Value[] {
  return values.filter((value, at) => values.findIndex((other) => areEqual(other, value)) === at);
}

function element(list: Value, index: Value): Value {
  const at = numberOf(index);
  if (!isList(list) || list.length === 0 || at === null) return notKnown;
  return list[((at % list.length) + list.length) % list.length] ?? notKnown;
}

function flatten(list: readonly Value[]): Value {
  const flat: Value[] = [];
  for (const value of list) {
    const inner: Value = isList(value) ? flatten(value) : [value];
    if (value === notKnown || !isList(inner)) return notKnown;
    flat.push(...inner);
  }
  return flat;
}

/** `%s`, `%d`, `%v` and `%%`; any other verb is left to Terraform. */
function format(pattern: Value, values: readonly Value[]): Value {
  if (typeof pattern !== 'string') return notKnown;
  let next = 0;
  const parts: string[] = [];
  for (const part of pattern.match(/%.?|[^%]+/gs) ?? []) {
    if (!part.startsWith('%')) parts.push(part);
    else if (part === '%%') parts.push('%');
    else {
      const text = textOf(values[next] ?? notKnown);
      if (text === null || !/^%[sdv]$/.test(part)) return notKnown;
      parts.push(text);
      next += 1;
    }
  }
  return next === values.length ? parts.join('') : notKnown;
}

function lookup(map: Value, key: Value, fallback: Value): Value {
  const name = textOf(key);
  if (!isRecord(map) || name === null) return notKnown;
  return Object.hasOwn(map, name) ? elementOf(map, name) : fallback;
}

/** A pattern between slashes is a regular expression of Go, which the app does not evaluate. */
function replace(value: Value, from: Value, to: Value): Value {
  return textual([value, from, to], ([text = '', found = '', put = '']) => (/^\/.*\/$/s.test(found) ? notKnown : text.split(found).join(put)));
}
