import type { Surroundings } from '../language/calling/surroundings.ts';
import { evaluate } from '../language/evaluate.ts';
import type { Module } from '../language/module-files.ts';
import { moduleScope, providersIn, withName, type Inputs } from '../language/module-scope.ts';
import type { Scope } from '../language/scope.ts';
import { instancesOf, type Instances } from './instances.ts';
import { outsideNames } from './outside-names.ts';

/** One call of a module. */
export type Call = {
  /** Such as `module.network.module.vpc`; empty for the root. */
  readonly address: string;
  readonly path: readonly string[];
  readonly folder: string;
  readonly module: Module;
  /** Names as its first instance has them. */
  readonly scope: Scope;
  /** The scopes inside of its instances. */
  readonly instances: Instances | null;
  /** The addresses of provider configurations, by the references that the module uses for them. They are known once it was visited. */
  readonly addresses: Map<string, string>;
};

type Sources = {
  readonly folder: string;
  readonly workspace: string;
  readonly root: Module;
  /** The input variables of the root module. */
  readonly inputs: Inputs;
  /** The module that a call means, by the call's path such as `network.vpc`; null when its files are missing. */
  readonly childModule: (path: string, source: unknown, caller: string) => Promise<{ readonly folder: string; readonly module: Module } | null>;
  readonly surroundings: Surroundings;
};

/** The calls of modules, each opened when it is first asked for. */
export class Calls {
  readonly #sources: Sources;
  readonly #children = new Map<string, Promise<Call | null>>();
  readonly root: Call;

  constructor(sources: Sources) {
    this.#sources = sources;
    const { folder, root: module, inputs } = sources;
    const addresses = new Map<string, string>();
    const scope = this.#scopeOf({ path: [], folder, module, addresses }, inputs);
    this.root = { address: '', path: [], folder, module, scope, instances: { kind: 'one', items: [{ key: '', scope }] }, addresses };
  }

  /** The module that a call by this name leads to; null where it is not known. */
  childOf(call: Pick<Call, 'path' | 'folder' | 'module'>, name: string, outside: Scope): Promise<Call | null> {
    const path = [...call.path, name];
    const known = this.#children.get(path.join('.'));
    if (known !== undefined) return known;
    const child = this.#open(call, path, outside);
    this.#children.set(path.join('.'), child);
    return child;
  }

  async #open(caller: Pick<Call, 'folder' | 'module'>, path: readonly string[], outside: Scope): Promise<Call | null> {
    const block = caller.module.modules.find(({ labels }) => labels[0] === path.at(-1));
    if (block === undefined) return null;
    const found = await this.#sources.childModule(path.join('.'), block.body['source'], caller.folder);
    if (found === null) return null;
    const addresses = new Map<string, string>();
    const inside = (scope: Scope): Scope =>
      this.#scopeOf(
        { ...found, path, addresses },
        {
          valueOf: async (name, world) => (name in block.body ? evaluate(block.body[name], scope, world) : undefined),
          providersBehind: (name) => providersIn(block.body[name], scope),
        },
      );
    const instances = await instancesOf(block.body, outside);
    const items = instances?.items.map(({ key, scope }) => ({ key, scope: inside(scope) }));
    return {
      ...found,
      path,
      addresses,
      address: path.map((name) => `module.${name}`).join('.'),
      scope: items?.[0]?.scope ?? inside(withName(withName(outside, 'each', {}), 'count', {})),
      instances: instances === null || items === undefined ? null : { kind: instances.kind, items },
    };
  }

  #scopeOf(call: Pick<Call, 'path' | 'folder' | 'module' | 'addresses'>, inputs: Inputs): Scope {
    const { workspace, surroundings, folder: root } = this.#sources;
    const { module, folder, addresses } = call;
    const scope: Scope = moduleScope({
      module,
      inputs,
      workspace,
      surroundings,
      path: pathFrom(root, folder),
      others: outsideNames({
        module,
        scope: () => scope,
        childNamed: (name) => this.childOf(call, name, scope),
        addressOf: (reference) => addresses.get(reference) ?? reference,
      }),
    });
    return scope;
  }
}

/** As `path.module` has it; null for a folder that is not below the root module's. */
function pathFrom(root: string, folder: string): string | null {
  if (folder === root) return '.';
  return folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : null;
}
