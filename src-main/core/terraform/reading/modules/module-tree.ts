import type { UnreadModule } from '../../../../contract/terraform-project.ts';
import type { Surroundings } from '../../language/calling/surroundings.ts';
import { evaluate } from '../../language/evaluate.ts';
import { bodiesOf, referenceOf } from '../../language/blocks.ts';
import type { Body } from '../../structure/body.ts';
import type { Module } from '../../language/module-files.ts';
import { moduleScope, providersIn, type Inputs } from '../../language/module-scope.ts';
import type { Scope } from '../../language/scope.ts';
import { anyInstance, instancesMax, instancesOf } from './instances.ts';
import { isModuleMocked, mockedModule, type Mocks } from './mocks.ts';
import type { ModuleCall } from './module-call.ts';
import { outsideNames, type Child } from './outside-names.ts';

/** How deep modules may be nested, and how many calls are followed in all; what is beyond is reported as not read. */
const depthMax = 64;
const callsMax = 5_000;
const unreadMax = 500;

/** The module that a call means, or why it is not known. */
export type FoundModule = Pick<ModuleCall, 'folder' | 'sourceDir' | 'module'> | { readonly unread: UnreadModule['reason'] };

export type ProjectSources = Pick<ModuleCall, 'folder' | 'sourceDir'> & {
  readonly workspace: string;
  readonly root: Module;
  /** The input variables of the root module. */
  readonly inputs: Inputs;
  /** Finds a module by the path of its call, such as `network.vpc`. */
  readonly childModule: (path: string, source: unknown, caller: Pick<ModuleCall, 'folder' | 'sourceDir'>) => Promise<FoundModule>;
  readonly surroundings: Surroundings;
  /** Null where no test answers in the place of AWS. */
  readonly mocks?: Mocks | null;
};

/** The address of the provider that a reference such as `aws.logs` stands for in a module. */
export type AddressOf = (call: ModuleCall, reference: string) => string;

/** What names stand for in a module that is called. */
type Inside = {
  /** As its first instance has them. */
  readonly first: Scope;
  /** One for each instance; none where `count` or `for_each` makes none, and one for all where they are not known, or too many. */
  readonly all: readonly Scope[];
};

type CalledModule = Child & { readonly call: ModuleCall; readonly inside: Inside; readonly any: Scope };

/** The calls of modules below a root module. What a call means is looked up when it is first needed, so that a module may use outputs of one that comes later. */
export class ModuleTree {
  readonly root: ModuleCall;
  /** The root first, and each caller before those that it calls. */
  readonly calls: ModuleCall[] = [];
  readonly #unread: UnreadModule[] = [];
  readonly #sources: ProjectSources;
  readonly #addressOf: AddressOf;
  readonly #opened = new Map<string, ModuleCall | null>();
  readonly #children = new WeakMap<Scope, Map<string, CalledModule | null>>();
  readonly #inside = new Map<ModuleCall, Inside>();

  private constructor(sources: ProjectSources, addressOf: AddressOf) {
    this.#sources = sources;
    this.#addressOf = addressOf;
    this.root = {
      address: '',
      path: [],
      folder: sources.folder,
      sourceDir: sources.sourceDir,
      module: this.#mocked(sources.root, []),
      caller: null,
      handed: new Map(),
    };
  }

  static async read(sources: ProjectSources, addressOf: AddressOf): Promise<ModuleTree> {
    const tree = new ModuleTree(sources, addressOf);
    const scope = tree.#scopeOf(tree.root, sources.inputs);
    await tree.#visit(tree.root, { first: scope, all: [scope] });
    return tree;
  }

  get unread(): readonly UnreadModule[] {
    return this.#unread.slice(0, unreadMax);
  }

  scopeOf(call: ModuleCall): Scope {
    return this.#insideOf(call).first;
  }

  scopesOf(call: ModuleCall): readonly Scope[] {
    return this.#insideOf(call).all;
  }

  #insideOf(call: ModuleCall): Inside {
    const inside = this.#inside.get(call);
    if (inside === undefined) throw new Error(`${call.address} is no call of this project.`);
    return inside;
  }

  async #visit(call: ModuleCall, inside: Inside): Promise<void> {
    this.calls.push(call);
    this.#inside.set(call, inside);
    for (const { labels } of call.module.modules) {
      const children: CalledModule[] = [];
      for (const outside of inside.all.length === 0 ? [inside.first] : inside.all) {
        const child = await this.#childOf(call, labels[0] ?? '', outside);
        if (child !== null) children.push(child);
      }
      const [one] = children;
      if (one === undefined) continue;
      const all = inside.all.length === 0 ? [] : children.flatMap((child) => child.inside.all);
      await this.#visit(one.call, { first: one.inside.first, all: all.length > instancesMax ? [one.any] : all });
    }
  }

  /** The module that a call by this name leads to, from one instance of its caller; null where it is not known. */
  async #childOf(caller: ModuleCall, name: string, outside: Scope): Promise<CalledModule | null> {
    const children = this.#children.get(outside) ?? new Map<string, CalledModule | null>();
    this.#children.set(outside, children);
    const known = children.get(name);
    if (known !== undefined) return known;
    // One that is asked for again before it is found depends on itself.
    children.set(name, null);
    const child = await this.#called(caller, name, outside);
    children.set(name, child);
    return child;
  }

  async #called(caller: ModuleCall, name: string, outside: Scope): Promise<CalledModule | null> {
    const block = caller.module.modules.find(({ labels }) => labels[0] === name);
    const call = block === undefined ? null : await this.#open(caller, name, block.body);
    if (block === undefined || call === null) return null;
    const { body } = block;
    const scopeIn = (scope: Scope): Scope =>
      this.#scopeOf(call, {
        valueOf: async (input, world) => (input in body ? evaluate(body[input], scope, world) : undefined),
        providersBehind: (input, seen) => providersIn(body[input], scope, seen),
      });
    const found = await instancesOf(body, outside);
    const instances = found === null ? null : { ...found, items: found.items.map(({ key, scope }) => ({ key, scope: scopeIn(scope) })) };
    const any = scopeIn(anyInstance(outside));
    const all = instances === null ? [any] : instances.items.map(({ scope }) => scope);
    return { call, module: call.module, instances, any, inside: { first: all[0] ?? any, all } };
  }

  async #open(caller: ModuleCall, name: string, body: Body): Promise<ModuleCall | null> {
    const path = [...caller.path, name];
    const key = path.join('.');
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const found = await this.#find(caller, path, body);
    if ('unread' in found) this.#unread.push({ path: key, reason: found.unread });
    const address = path.map((one) => `module.${one}`).join('.');
    const call = 'unread' in found ? null : { ...found, module: this.#mocked(found.module, path), address, path, caller, handed: handedTo(body) };
    this.#opened.set(key, call);
    return call;
  }

  async #find(caller: ModuleCall, path: readonly string[], body: Body): Promise<FoundModule> {
    if (this.#opened.size >= callsMax) return { unread: 'too-many' };
    if (path.length > depthMax) return { unread: 'too-deep' };
    const found = await this.#sources.childModule(path.join('.'), body['source'], caller);
    return 'folder' in found && isInside(caller, found.folder) ? { unread: 'circle' } : found;
  }

  #mocked(module: Module, path: readonly string[]): Module {
    const { mocks = null } = this.#sources;
    return mocks === null ? module : mockedModule(module, path, mocks);
  }

  #scopeOf(call: ModuleCall, inputs: Inputs): Scope {
    const { workspace, surroundings, sourceDir, mocks = null } = this.#sources;
    const { module } = call;
    const isMocked = (name: string): boolean => mocks !== null && isModuleMocked([...call.path, name], mocks);
    const scope: Scope = moduleScope({
      module,
      inputs,
      workspace,
      surroundings,
      sourceDir: call.sourceDir,
      rootDir: sourceDir,
      others: outsideNames({
        module,
        scope: () => scope,
        childNamed: async (name) => (isMocked(name) ? null : this.#childOf(call, name, scope)),
        addressOf: (reference) => this.#addressOf(call, reference),
      }),
    });
    return scope;
  }
}

/** A module's call is fixed in the files, so one below itself never ends. */
function isInside(call: ModuleCall, folder: string): boolean {
  return call.folder === folder || (call.caller !== null && isInside(call.caller, folder));
}

function handedTo(body: Body): ReadonlyMap<string, string> {
  return new Map(
    bodiesOf(body['providers']).flatMap((providers) =>
      Object.entries(providers).map(([inside, outside]) => [referenceOf(inside), referenceOf(outside)] as const),
    ),
  );
}
