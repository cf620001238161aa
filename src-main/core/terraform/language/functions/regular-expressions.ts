import { RE2JS } from 're2js';
import { collection, failure, notKnown, record, type Type, type Value } from '../values/value.ts';
import { ofTexts, type TerraformFunction } from '../calling/define.ts';

/** Terraform's patterns are those of RE2, which JavaScript's own differ from. */
function compiled(pattern: string): RE2JS | typeof failure | typeof notKnown {
  try {
    return RE2JS.compile(pattern);
  } catch {
    // Terraform’s takes groups of the same name.
    const names = [...pattern.matchAll(/\(\?P?<(\w+)>/g)].map(([, name]) => name);
    return new Set(names).size < names.length ? notKnown : failure;
  }
}

type Shape = { readonly pattern: RE2JS; readonly names: readonly (string | null)[] };

/** The groups of a pattern; a failure where some have names and some have none. */
function shapeOf(text: string): Shape | typeof failure | typeof notKnown {
  const pattern = compiled(text);
  if (typeof pattern === 'symbol') return pattern;
  const count = pattern.groupCount();
  const named = Object.entries(pattern.namedGroups()).map(([name, at]) => [at, name] as const);
  if (named.length > 0 && named.length !== count) return failure;
  const byNumber = new Map(named);
  return { pattern, names: Array.from({ length: count }, (_, index) => byNumber.get(index + 1) ?? null) };
}

type Matched = { readonly whole: string | null; readonly groups: readonly (string | null)[] };

function result({ names }: Shape, { whole, groups }: Matched): Value {
  if (names.length === 0) return whole;
  return names[0] === null ? groups : record(names.map((name, index) => [name ?? '', groups[index] ?? null]));
}

function resultType({ names }: Shape): Type {
  if (names.length === 0) return 'string';
  if (names[0] === null) return { kind: 'tuple', items: names.map(() => 'string') };
  return { kind: 'object', attributes: new Map(names.map((name) => [name ?? '', { type: 'string', optional: false, fallback: null }])) };
}

function matches({ pattern, names }: Shape, text: string, max: number): readonly Matched[] {
  const found: Matched[] = [];
  for (const match of matchesIn(pattern, text)) {
    found.push({ whole: match.group(), groups: names.map((_name, index) => match.group(index + 1)) });
    if (found.length === max) break;
  }
  return found;
}

/** Stands at each match in turn. To Go, nothing at all right behind a match is no match of its own. */
function* matchesIn(pattern: RE2JS, text: string) {
  const matcher = pattern.matcher(text);
  let end = -1;
  while (matcher.find()) {
    if (matcher.start() === end && matcher.end() === end) continue;
    end = matcher.end();
    yield matcher;
  }
}

export const regexFunctions: Readonly<Record<string, TerraformFunction>> = {
  regex: ofTexts(2, (pattern = '', text = '') => {
    const shape = shapeOf(pattern);
    if (typeof shape === 'symbol') return shape;
    const [first] = matches(shape, text, 1);
    return first === undefined ? failure : result(shape, first);
  }),
  regexall: ofTexts(2, (pattern = '', text = '') => {
    const shape = shapeOf(pattern);
    if (typeof shape === 'symbol') return shape;
    const all = matches(shape, text, Infinity).map((one) => result(shape, one));
    return collection(all, { kind: 'list', of: resultType(shape) });
  }),
};

/** Every match of a pattern replaced; `$1` and `${name}` stand for its groups, and `$$` for a dollar sign. */
export function replaced(text: string, source: string, to: string): Value {
  const pattern = compiled(source);
  if (typeof pattern === 'symbol') return pattern;
  const shape: Shape = { pattern, names: Array.from({ length: pattern.groupCount() }, () => null) };
  const names = new Map(Object.entries(pattern.namedGroups()).map(([name, at]) => [name, at]));
  let done = 0;
  let out = '';
  for (const matcher of matchesIn(pattern, text)) {
    const groups = shape.names.map((_name, index) => matcher.group(index + 1) ?? '');
    const filled = to.replaceAll(/\$(?:(\$)|\{(\w+)\}|(\w+))/g, (_all, dollar?: string, braced?: string, bare?: string) => {
      if (dollar !== undefined) return '$';
      const name = braced ?? bare ?? '';
      if (/^\d+$/.test(name)) return name === '0' ? (matcher.group() ?? '') : (groups[Number(name) - 1] ?? '');
      return groups[(names.get(name) ?? 0) - 1] ?? '';
    });
    out += text.slice(done, matcher.start()) + filled;
    done = matcher.end();
  }
  return hasOpenName(to) ? notKnown : out + text.slice(done);
}

/** Go keeps or drops such a text by rules of its own, and has names of groups in every alphabet. */
function hasOpenName(to: string): boolean {
  return /\$(?:\{(?!\w+\})|\w*[^\x00-\x7F])/.test(to);
}
