import { traversalIn } from '../../language/blocks.ts';
import { constant } from '../../language/constant.ts';
import type { Value } from '../../language/values/value.ts';

/** Where `moved`, `removed` and `import` blocks point to: a resource, or a whole module. */
export type Address = {
  /** The names of the modules that it is in, or is. */
  readonly path: readonly string[];
  /** Whether one of these modules has a key. */
  readonly hasModuleKeys: boolean;
  /** Null for a module. `key` is null where the address has none. */
  readonly resource: { readonly type: string; readonly name: string; readonly key: Value } | null;
};

type Word = { readonly name: string; readonly key: Value };

/** Null for what is no such address (Terraform CLI documentation, "Resource Addressing"). */
export function addressIn(json: unknown): Address | null {
  const said = traversalIn(json);
  if (said === null) return null;
  const words: Word[] = [{ name: said.root, key: null }];
  for (const step of said.steps) {
    const last = words.pop();
    if (last === undefined || (step.kind === 'index' && last.key !== null)) return null;
    if (step.kind === 'index') words.push({ ...last, key: constant(step.key) });
    else words.push(last, { name: step.name, key: null });
  }
  const modules: Word[] = [];
  while (words[0]?.name === 'module') modules.push(...words.splice(0, 2).slice(1));
  const [type, own, ...more] = words;
  const isModule = type === undefined && modules.length > 0;
  if (!isModule && (type === undefined || own === undefined || more.length > 0)) return null;
  return {
    path: modules.map(({ name }) => name),
    hasModuleKeys: modules.some(({ key }) => key !== null),
    resource: type === undefined || own === undefined ? null : { type: type.name, name: own.name, key: own.key },
  };
}
