import { evaluate } from '../../language/evaluate.ts';
import { withName } from '../../language/module-scope.ts';
import type { Body } from '../../structure/body.ts';
import type { Scope } from '../../language/scope.ts';
import { numberOf, textOf } from '../../language/values/convert.ts';
import { itemsOf, notKnown, record, type Value } from '../../language/values/value.ts';

/** How many instances of a block are looked at one by one. */
export const instancesMax = 100;

/** What a block makes: itself, a list by `count`, or a map by `for_each`. Null where that is not known. */
export type Instances = {
  readonly kind: 'one' | 'count' | 'each';
  readonly items: readonly { readonly key: string; readonly scope: Scope }[];
};

/** The instances of a block, each with the scope in which its arguments are evaluated (Terraform language documentation, "Meta-Arguments"). */
export async function instancesOf(body: Body, scope: Scope): Promise<Instances | null> {
  if ('count' in body) {
    const count = numberOf(await evaluate(body['count'], scope));
    if (count === null || count > instancesMax) return null;
    return { kind: 'count', items: Array.from({ length: count }, (_none, index) => ({ key: String(index), scope: withName(scope, 'count', { index }) })) };
  }
  if (!('for_each' in body)) return { kind: 'one', items: [{ key: '', scope }] };
  const items = itemsOf(await evaluate(body['for_each'], scope));
  if (items === null || items.length > instancesMax) return null;
  return { kind: 'each', items: items.map(({ key, value }) => ({ key: textOf(key) ?? '', scope: withName(scope, 'each', { key, value }) })) };
}

/** Where the instances are not known, one that stands for all of them. */
export async function instanceScopes(body: Body, scope: Scope): Promise<readonly Scope[]> {
  const instances = await instancesOf(body, scope);
  return instances === null ? [anyInstance(scope)] : instances.items.map((item) => item.scope);
}

/** The scope of an instance of which `each` and `count` are not known. */
export function anyInstance(scope: Scope): Scope {
  return withName(withName(scope, 'each', {}), 'count', {});
}

/** The value of a block's name, by that of each instance. */
export async function valueOfInstances(instances: Instances | null, valueOf: (scope: Scope) => Promise<Value>): Promise<Value> {
  if (instances === null) return notKnown;
  const values: (readonly [string, Value])[] = [];
  for (const { key, scope } of instances.items) values.push([key, await valueOf(scope)]);
  const [first] = values;
  if (instances.kind === 'one') return first === undefined ? notKnown : first[1];
  return instances.kind === 'count' ? values.map(([, value]) => value) : record(values);
}
