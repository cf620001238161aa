import { providersNamed } from './calling/provider-names.ts';
import type { Surroundings } from './calling/surroundings.ts';
import { evaluate, expressionsIn } from './evaluate.ts';
import type { Module } from './module-files.ts';
import { referencesIn, wholeKeyOf } from './syntax/references.ts';
import { nothingSeen, noWorld, type Scope, type Seen, type World } from './scope.ts';
import type { Expression, Reference } from './syntax/expression.ts';
import { failure, notKnown, type Value } from './values/value.ts';
import { inputValue } from './variable-type.ts';

/** The input variables of a module. */
export type Inputs = {
  /** The value that was given; undefined where none was. */
  readonly valueOf: (name: string, world: World) => Promise<Value | undefined>;
  readonly providersBehind: (name: string, seen?: Seen) => Promise<ReadonlySet<string>>;
};

const nothing: ReadonlySet<string> = new Set();

/** For values that depend on no account. */
export const nothingBehind = async (): Promise<ReadonlySet<string>> => nothing;

/** Names that are no variables and locals of the module, such as its calls of other modules and its data sources. */
export type Others = Pick<Scope, 'lookUp' | 'providersBehind'>;

type Parts = {
  readonly module: Module;
  readonly inputs: Inputs;
  readonly workspace: string;
  readonly surroundings: Surroundings;
  /** The module's folder, as `path.module` has it; null where that is not known. */
  readonly sourceDir?: string | null;
  /** The root module's, as `path.root` has it; by default the folder in which Terraform runs. */
  readonly rootDir?: string | null;
  readonly others?: Others;
};

/**
 * What names stand for in a module. Each variable and local is evaluated when it is first asked for.
 * Names have to be asked for one after the other: one that is met again while it is worked out stands for itself.
 */
export function moduleScope(parts: Parts): Scope {
  const known = new WeakMap<World, Map<string, Value>>();
  const providers = new Map<string, ReadonlySet<string>>();
  const open = new Set<string>();

  const scope: Scope = {
    surroundings: parts.surroundings,
    providerNamed: providersNamed(parts.module.requirements),
    lookUp: async (reference, world) => {
      const key = wholeKeyOf(reference);
      // Names that stand for each other in a circle have no value; Terraform will say so.
      if (open.has(key)) return notKnown;
      const behind = world.identities.size === 0 ? nothing : await scope.providersBehind(reference);
      const values = known.get(behind.size === 0 ? noWorld : world) ?? new Map<string, Value>();
      known.set(behind.size === 0 ? noWorld : world, values);
      const found = values.get(key);
      if (found !== undefined) return found;
      open.add(key);
      // Leaves the stack, which a thousand names that stand for each other would fill.
      await Promise.resolve();
      const value = await valueBehind(reference, parts, scope, world);
      open.delete(key);
      values.set(key, value);
      return value;
    },
    providersBehind: async (reference, seen = nothingSeen()) => {
      const key = wholeKeyOf(reference);
      const found = providers.get(key);
      if (found !== undefined) return found;
      const { names, passedOver } = seen;
      const own = names.get(parts) ?? new Set();
      if (own.has(key)) {
        // Its providers count where it was met first.
        seen.passedOver += 1;
        return nothing;
      }
      const isFirst = names.size === 0;
      names.set(parts, own.add(key));
      await Promise.resolve();
      const behind = await providersOf(reference, parts, scope, seen);
      if (isFirst || seen.passedOver === passedOver) providers.set(key, behind);
      return behind;
    },
  };
  return scope;
}

async function valueBehind(reference: Reference, parts: Parts, scope: Scope, world: World): Promise<Value> {
  const { root, names } = reference;
  const [name] = names;
  if (name === undefined) return notKnown;
  switch (root) {
    case 'terraform':
      return name === 'workspace' ? parts.workspace : notKnown;
    case 'path':
      return pathNamed(name, parts);
    case 'local':
      return parts.module.locals.has(name) ? evaluate(parts.module.locals.get(name), scope, world) : failure;
    case 'var': {
      const block = parts.module.variables.find(({ labels }) => labels[0] === name);
      if (block === undefined) return failure;
      const given = await parts.inputs.valueOf(name, world);
      const isGiven = given !== undefined && given !== null;
      return inputValue(block, given, isGiven || !('default' in block.body) ? undefined : await evaluate(block.body['default'], scope));
    }
    default:
      return parts.others === undefined ? notKnown : parts.others.lookUp(reference, world);
  }
}

function pathNamed(name: string, { sourceDir = null, rootDir = '.', surroundings: { startedIn } }: Parts): Value {
  const paths: Readonly<Record<string, string | null>> = { root: rootDir, cwd: startedIn, module: sourceDir };
  return paths[name]?.normalize('NFC') ?? notKnown;
}

async function providersOf(reference: Reference, { module, inputs, others }: Parts, scope: Scope, seen: Seen): Promise<ReadonlySet<string>> {
  const { root, names } = reference;
  const [name] = names;
  if (name === undefined) return nothing;
  if (root === 'local') return providersIn(module.locals.get(name), scope, seen);
  if (root === 'var') return inputs.providersBehind(name, seen);
  return others === undefined ? nothing : others.providersBehind(reference, seen);
}

/** The addresses of the providers on whose accounts a part of a file depends. */
export async function providersIn(json: unknown, scope: Pick<Scope, 'providersBehind'>, seen: Seen = nothingSeen()): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const expression of expressionsIn(json)) for (const provider of await providersBehind(expression, scope, seen)) found.add(provider);
  return found;
}

export async function providersBehind(expression: Expression, scope: Pick<Scope, 'providersBehind'>, seen: Seen = nothingSeen()): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const reference of referencesIn(expression)) for (const provider of await scope.providersBehind(reference, seen)) found.add(provider);
  return found;
}

/** The same scope, with a name of its own, such as `each` or the iterator of a `dynamic` block. */
export function withName(scope: Scope, root: string, attributes: Readonly<Record<string, Value>>): Scope {
  return {
    ...scope,
    lookUp: async (reference, world) => {
      if (reference.root !== root) return scope.lookUp(reference, world);
      const value = attributes[reference.names[0] ?? ''];
      return value === undefined ? notKnown : value;
    },
    providersBehind: async (reference, seen) => (reference.root === root ? nothing : scope.providersBehind(reference, seen)),
  };
}
