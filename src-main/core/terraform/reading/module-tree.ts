import type { UnreadModule } from '../../../contract/terraform-project.ts';
import { evaluate, itemsOf, type Scope } from '../language/evaluate.ts';
import type { ReadTemplate } from '../language/expression-tree.ts';
import { bodiesOf, referenceOf, type Block, type Body, type Module } from '../language/module-files.ts';
import { moduleScope, type Inputs } from '../language/module-scope.ts';
import { notKnown, numberOf, type Value } from '../language/value.ts';

/** How deep modules may be nested, and how many calls are followed in all; what is beyond is reported as not read. */
const depthMax = 64;
const callsMax = 5_000;
/** How many instances of a module, or of a resource, are looked at one by one. */
const instancesMax = 100;
const unreadMax = 500;

/** The module that a call means, or why it is not known. */
export type FoundModule = { readonly folder: string; readonly module: Module } | { readonly unread: UnreadModule['reason'] };

export type ProjectSources = {
  readonly folder: string;
  readonly workspace: string;
  readonly root: Module;
  /** The input variables of the root module. */
  readonly inputs: Inputs;
  /** Finds a module by the path of its call, such as `network.vpc`. */
  readonly childModule: (path: string, source: unknown, caller: string) => Promise<FoundModule>;
  readonly readTemplate: ReadTemplate;
};

/** One call of a module. */
export type ModuleCall = {
  /** Such as `module.network.module.vpc`; empty for the root. */
  readonly address: string;
  readonly path: readonly string[];
  readonly folder: string;
  readonly module: Module;
  /** Names as the first instance has them. */
  readonly scope: Scope;
  /** One for each instance; none where `count` or `for_each` makes none. */
  readonly instances: readonly Scope[];
  /** Null for the root. */
  readonly caller: ModuleCall | null;
  /** The caller's references to provider configurations, by those of the module. */
  readonly handed: ReadonlyMap<string, string>;
};

/** All calls of modules below a root module, the root first. */
export async function moduleTree({ folder, workspace, root, inputs, childModule, readTemplate }: ProjectSources): Promise<{
  readonly calls: readonly ModuleCall[];
  readonly unread: readonly UnreadModule[];
}> {
  const calls: ModuleCall[] = [];
  const unread: UnreadModule[] = [];
  const scope = moduleScope({ module: root, inputs, workspace, readTemplate });
  await visit({ address: '', path: [], folder, module: root, scope, instances: [scope], caller: null, handed: new Map() });
  return { calls, unread: unread.slice(0, unreadMax) };

  async function visit(call: ModuleCall): Promise<void> {
    calls.push(call);
    for (const block of call.module.modules) await follow(call, block);
  }

  async function follow(caller: ModuleCall, { labels, body }: Block): Promise<void> {
    const path = [...caller.path, labels[0] ?? ''];
    const found = await find(caller, path, body);
    if ('unread' in found) {
      unread.push({ path: path.join('.'), reason: found.unread });
      return;
    }
    const scopeIn = (outside: Scope): Scope => {
      const given: Inputs = async (name) => (name in body ? evaluate(body[name], outside) : undefined);
      return moduleScope({ module: found.module, inputs: given, workspace, readTemplate });
    };
    const instances: Scope[] = [];
    for (const outside of caller.instances) instances.push(...(await instanceScopes(body, outside)).map(scopeIn));
    const [first = scopeIn(caller.scope)] = instances;
    await visit({
      ...found,
      address: path.map((name) => `module.${name}`).join('.'),
      path,
      scope: first,
      instances: instances.length > instancesMax ? [scopeIn(withNames(caller.scope, 'each', {}))] : instances,
      caller,
      handed: handedTo(body),
    });
  }

  async function find(caller: ModuleCall, path: readonly string[], body: Body): Promise<FoundModule> {
    if (calls.length >= callsMax) return { unread: 'too-many' };
    if (path.length > depthMax) return { unread: 'too-deep' };
    const found = await childModule(path.join('.'), body['source'], caller.folder);
    return 'folder' in found && isInside(caller, found.folder) ? { unread: 'circle' } : found;
  }
}

/** A module's call is fixed in the files, so one below itself never ends. */
function isInside(call: ModuleCall, folder: string): boolean {
  return call.folder === folder || (call.caller !== null && isInside(call.caller, folder));
}

function handedTo(body: Body): ReadonlyMap<string, string> {
  return new Map(
    bodiesOf(body['providers']).flatMap((providers) =>
      Object.entries(providers).map(([inside, outside]) => [referenceOf(inside) ?? inside, referenceOf(outside) ?? ''] as const),
    ),
  );
}

/**
 * The scopes of a block's instances, by its `count` and `for_each` (Terraform language documentation).
 * Where they are not known, or too many, one in which `each` and `count` are not known.
 */
export async function instanceScopes(body: Body, scope: Scope): Promise<readonly Scope[]> {
  if ('count' in body) {
    const count = numberOf(await evaluate(body['count'], scope));
    if (count === null || count > instancesMax) return [withNames(scope, 'count', {})];
    return Array.from({ length: count }, (_none, index) => withNames(scope, 'count', { index }));
  }
  if (!('for_each' in body)) return [scope];
  const items = itemsOf(await evaluate(body['for_each'], scope));
  if (items === null || items.length > instancesMax) return [withNames(scope, 'each', {})];
  return items.map(({ key, value }) => withNames(scope, 'each', typeof key === 'number' ? { key: value, value } : { key, value }));
}

function withNames(scope: Scope, root: string, values: Readonly<Record<string, Value>>): Scope {
  return { ...scope, lookUp: async (first, name) => (first === root ? (values[name ?? ''] ?? notKnown) : scope.lookUp(first, name)) };
}
