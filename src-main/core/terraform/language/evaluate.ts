import type { ExpressionTree, ReadTemplate, TemplateTree } from './expression-tree.ts';
import { functions } from './functions.ts';
import { areEqual, booleanOf, elementOf, isKnown, isList, isRecord, numberOf, textOf, unknown, type Value } from './value.ts';

/** What names stand for in the place where an expression is. */
export type Scope = {
  readonly readTemplate: ReadTemplate;
  /** The value behind a name such as `var.region`; `rest` is what follows the first segment. Unknown for every other name. */
  readonly lookUp: (root: string, name: string | null) => Promise<Value>;
};

/**
 * The value of a part of a file, in the form that hcl2json gives it: its strings are templates. What
 * only Terraform can know is unknown, and so is everything that depends on it.
 */
export async function evaluate(json: unknown, scope: Scope): Promise<Value> {
  if (typeof json === 'string') return evaluateTemplate(json, scope);
  if (typeof json === 'number' || typeof json === 'boolean' || json === null) return json;
  if (Array.isArray(json)) return inOrder(json, (item) => evaluate(item, scope));
  if (typeof json !== 'object') return unknown;
  return objectOf(await inOrder(Object.entries(json), async ([key, value]) => [await evaluateTemplate(key, scope), await evaluate(value, scope)] as const));
}

/** One after the other, so that a name that several items use is evaluated only once. */
async function inOrder<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}

async function evaluateTemplate(text: string, scope: Scope): Promise<Value> {
  if (!/[$%]\{/.test(text)) return text;
  const read = await scope.readTemplate(text);
  return read === null ? unknown : valueOf(read.tree, { ...scope, source: read.source });
}

/** The scope of a tree, and the source that it was read from. */
export type Context = Scope & Pick<TemplateTree, 'source'>;

/** The value of a tree, with the same rules as `evaluate`. */
export async function valueOf(tree: ExpressionTree, context: Context): Promise<Value> {
  const { type, children, meta } = tree;
  const parts = () => inOrder(children, (child) => valueOf(child, context));
  switch (type) {
    case 'literalValue':
      return literal(meta);
    case 'template':
      return template(await parts());
    case 'templateWrap':
    case '':
      return children[0] === undefined ? unknown : valueOf(children[0], context);
    case 'tuple':
      return parts();
    case 'object':
      return object(children, context);
    case 'scopeTraversal':
      return traversed(meta.traversal, context);
    case 'relativeTraversal':
      return meta.traversal.reduce((value: Value, part) => elementOf(value, segmentOf(part)), (await parts())[0] ?? unknown);
    case 'index': {
      const [collection = unknown, key = unknown] = await parts();
      return elementOf(collection, key);
    }
    case 'conditional':
      return conditional(await parts());
    case 'unaryOp':
      return unary(meta.operator, (await parts())[0] ?? unknown);
    case 'binaryOp':
      return binary(meta.operator, await parts());
    case 'function':
      return call(meta, await parts());
    default:
      return unknown;
  }
}

function literal({ type, value }: ExpressionTree['meta']): Value {
  switch (type) {
    case 'string':
      return value;
    case 'number':
      return numberOf(value) ?? unknown;
    case 'bool':
      return value === 'true';
    default:
      return value === 'null' ? null : unknown;
  }
}

/** An expression that stands alone in a template keeps its type. */
function template(parts: readonly Value[]): Value {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  const texts = parts.flatMap((part) => textOf(part) ?? []);
  return texts.length === parts.length ? texts.join('') : unknown;
}

async function object(children: readonly ExpressionTree[], context: Context): Promise<Value> {
  const bytes = new TextEncoder().encode(context.source);
  const entries: (readonly [Value, Value])[] = [];
  for (let at = 0; at + 1 < children.length; at += 2) {
    const [key, value] = [children[at], children[at + 1]];
    if (key === undefined || value === undefined) return unknown;
    // A bare word is its own name.
    const isBare = key.type === '' && key.children.length === 0;
    const name = isBare ? new TextDecoder().decode(bytes.slice(key.range.start.byte, key.range.end.byte)) : await valueOf(key, context);
    entries.push([name, await valueOf(value, context)]);
  }
  return objectOf(entries);
}

function objectOf(entries: readonly (readonly [Value, Value])[]): Value {
  const names = entries.flatMap(([key]) => textOf(key) ?? []);
  return names.length === entries.length ? Object.fromEntries(names.map((name, at) => [name, entries[at]?.[1] ?? null])) : unknown;
}

async function traversed(traversal: ExpressionTree['meta']['traversal'], { lookUp }: Context): Promise<Value> {
  const [root, name, ...rest] = traversal;
  if (root === undefined) return unknown;
  const found = await lookUp(root.segment, name?.type === 'nameTraversal' ? name.segment : null);
  return rest.reduce((value: Value, part) => elementOf(value, segmentOf(part)), found);
}

/** The segment of a string includes its quotes. */
function segmentOf({ type, segment }: ExpressionTree['meta']['traversal'][number]): Value {
  if (type === 'nameTraversal') return segment;
  const quoted = /^"((?:[^"\\$%]|\\["\\])*)"$/.exec(segment)?.[1];
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, '$1');
  return numberOf(segment) ?? unknown;
}

function conditional([condition = unknown, yes = unknown, no = unknown]: readonly Value[]): Value {
  const holds = booleanOf(condition);
  if (holds === null) return areEqual(yes, no) === true ? yes : unknown;
  return holds ? yes : no;
}

function unary(operator: string, value: Value): Value {
  if (operator === 'logicalNot') {
    const holds = booleanOf(value);
    return holds === null ? unknown : !holds;
  }
  const number = numberOf(value);
  return operator === 'negate' && number !== null ? -number : unknown;
}

function binary(operator: string, [left = unknown, right = unknown]: readonly Value[]): Value {
  switch (operator) {
    case 'equal':
      return areEqual(left, right) ?? unknown;
    case 'notEqual': {
      const equal = areEqual(left, right);
      return equal === null ? unknown : !equal;
    }
    case 'logicalAnd':
      return logical([left, right], false);
    case 'logicalOr':
      return logical([left, right], true);
    default:
      return unknown;
  }
}

/** `decides` on either side is the outcome, whatever the other side is. */
function logical(sides: readonly Value[], decides: boolean): Value {
  const known = sides.map(booleanOf);
  if (known.includes(decides)) return decides;
  return known.includes(null) ? unknown : !decides;
}

function call({ name, expandedFinalArgument }: ExpressionTree['meta'], given: readonly Value[]): Value {
  const last = given.at(-1) ?? unknown;
  const args = !expandedFinalArgument ? given : isList(last) ? [...given.slice(0, -1), ...last] : null;
  if (args === null) return unknown;
  // A failure is unknown too, so `try` and `can` cannot tell a failure from a value that is not known yet.
  if (name === 'try') return isKnown(args[0] ?? unknown) ? (args[0] ?? unknown) : unknown;
  if (name === 'can') return isKnown(args[0] ?? unknown) ? true : unknown;
  return Object.hasOwn(functions, name) ? (functions[name]?.(args) ?? unknown) : unknown;
}

/** The items of a list or record; null for any other value, and when it is unknown what the value is. */
export function itemsOf(value: Value): readonly { readonly key: Value; readonly value: Value }[] | null {
  if (isList(value)) return value.map((item, at) => ({ key: at, value: item }));
  return isRecord(value) ? Object.entries(value).map(([key, item]) => ({ key, value: item })) : null;
}
