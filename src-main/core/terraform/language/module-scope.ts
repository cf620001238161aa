import { evaluate, type Scope } from './evaluate.ts';
import type { ReadTemplate } from './expression-tree.ts';
import type { Module } from './module-files.ts';
import { unknown, type Value } from './value.ts';

/** The value of an input variable; undefined where none was given. */
export type Inputs = (name: string) => Promise<Value | undefined>;

type Parts = { readonly module: Module; readonly inputs: Inputs; readonly workspace: string; readonly readTemplate: ReadTemplate };

/** What names stand for in a module. Each variable and local is evaluated when it is first asked for. */
export function moduleScope({ module, inputs, workspace, readTemplate }: Parts): Scope {
  const values = new Map<string, Value>();
  const scopeBehind = (way: readonly string[]): Scope => ({
    readTemplate,
    lookUp: async (root, name) => {
      if (root === 'terraform') return name === 'workspace' ? workspace : unknown;
      const key = `${root}.${name}`;
      // Names that stand for each other in a circle have no value; Terraform will say so.
      if (name === null || way.includes(key)) return unknown;
      const known = values.get(key);
      if (known !== undefined) return known;
      const value = await valueOf(root, name, scopeBehind([...way, key]));
      values.set(key, value);
      return value;
    },
  });
  return scopeBehind([]);

  async function valueOf(root: string, name: string, scope: Scope): Promise<Value> {
    if (root === 'local' && module.locals.has(name)) return evaluate(module.locals.get(name), scope);
    if (root !== 'var') return unknown;
    const given = await inputs(name);
    return given === undefined ? defaultOf(module, name, scope) : given;
  }
}

/** The same scope, with the names of a `dynamic` block's iterator added. */
export function withIterator(scope: Scope, iterator: string, item: { readonly key: Value; readonly value: Value }): Scope {
  return {
    ...scope,
    lookUp: async (root, name) => {
      if (root !== iterator) return scope.lookUp(root, name);
      return name === 'key' ? item.key : name === 'value' ? item.value : unknown;
    },
  };
}

async function defaultOf({ variables }: Module, name: string, scope: Scope): Promise<Value> {
  const variable = variables.find(({ labels }) => labels[0] === name);
  return variable !== undefined && 'default' in variable.body ? evaluate(variable.body['default'], scope) : unknown;
}
