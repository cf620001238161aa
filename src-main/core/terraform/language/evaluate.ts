import type { Context } from './context.ts';
import { object, valueOf } from './expression-value.ts';
import { keptIn } from './calling/kept-results.ts';
import { keyOf, needsOf } from './syntax/references.ts';
import type { Expression } from './syntax/expression.ts';
import { parseTemplate } from './syntax/parse.ts';
import { jsonNumber } from './values/decimal.ts';
import type { Compared } from './values/stand-in.ts';
import { failure, notKnown, type Value } from './values/value.ts';
import { noWorld, type Scope, type World } from './scope.ts';

/**
 * The value of a part of a file, in the form that hcl2json gives it: its strings are templates. What
 * only Terraform can know is unknown, and so is everything that depends on it.
 */
export async function evaluate(json: unknown, scope: Scope, world: World = noWorld): Promise<Value> {
  if (typeof json === 'string') return evaluateTemplate(json, scope, world);
  if (typeof json === 'number') return jsonNumber(json);
  if (typeof json === 'boolean' || json === null) return json;
  if (Array.isArray(json)) {
    const items = await inOrder(json, (item) => evaluate(item, scope, world));
    return items.includes(failure) ? failure : items;
  }
  if (typeof json !== 'object') return notKnown;
  return object(
    await inOrder(Object.entries(json), async ([key, value]) => [await evaluateTemplate(key, scope, world), await evaluate(value, scope, world)] as const),
  );
}

/** One after the other, so that a name that several items use is evaluated only once. */
async function inOrder<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}

async function evaluateTemplate(text: string, scope: Scope, world: World): Promise<Value> {
  if (!/[$%]\{/.test(text)) return text.normalize('NFC');
  const tree = parseTemplate(text);
  return tree === null ? notKnown : evaluateExpression(tree, scope, world);
}

/** The value of an expression, with the same rules as `evaluate`. */
export async function evaluateExpression(expression: Expression, scope: Scope, world: World = noWorld): Promise<Value> {
  const { references, isWorthKeeping } = needsOf(expression);
  const values = new Map<string, Value>();
  for (const [key, reference] of references) values.set(key, await scope.lookUp(reference, world));
  const kept = isWorthKeeping ? keptIn(scope.surroundings) : null;
  if (kept === null) return orUnknown(valueWith(expression, values, scope, world.compared));
  const { compared } = world;
  const result = kept.of(expression, [compared !== undefined, ...values.values()], () => {
    const own = compared === undefined ? undefined : new Set<string>();
    const value = valueWith(expression, values, scope, own);
    return value === undefined ? null : { value, compared: [...(own ?? [])] };
  });
  for (const account of result?.compared ?? []) compared?.add(account);
  return result === null ? notKnown : result.value;
}

function orUnknown(value: Value | undefined): Value {
  return value === undefined ? notKnown : value;
}

/** Undefined for what is nested deeper than the stack is. */
function valueWith(
  expression: Expression,
  values: ReadonlyMap<string, Value>,
  { surroundings, providerNamed }: Scope,
  compared: Compared | undefined,
): Value | undefined {
  const context: Context = {
    named: (reference) => {
      const value = values.get(keyOf(reference));
      return value === undefined ? notKnown : value;
    },
    bound: new Map(),
    current: notKnown,
    surroundings,
    ...(providerNamed === undefined ? {} : { providerNamed }),
    ...(compared === undefined ? {} : { compared }),
  };
  try {
    return valueOf(expression, context);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** All expressions that a part of a file consists of. */
export function expressionsIn(json: unknown): readonly Expression[] {
  if (typeof json === 'string') {
    const tree = /[$%]\{/.test(json) ? parseTemplate(json) : null;
    return tree === null ? [] : [tree];
  }
  if (Array.isArray(json)) return json.flatMap(expressionsIn);
  return typeof json === 'object' && json !== null ? Object.entries(json).flatMap(([key, value]) => [...expressionsIn(key), ...expressionsIn(value)]) : [];
}
