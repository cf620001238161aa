import { aliasOf, referenceFor, type Block } from '../../language/blocks.ts';
import type { Body } from '../../structure/body.ts';
import type { ModuleCall } from '../modules/module-call.ts';
import { namesIn } from './provider-arguments.ts';
import { providerSource, sourceOf, type ProviderSource, type UsualRegistry } from './provider-sources.ts';

/** A configuration of a provider. */
export type ConfiguredProvider = {
  /**
   * As resources of the root would name it: `aws.logs`, `module.network.aws`; where none could, as Terraform does:
   * `provider["registry.terraform.io/hashicorp/aws"]`. No two configurations of a project have the same one.
   */
  readonly address: string;
  readonly source: ProviderSource;
  /** Null for the empty configuration that Terraform makes up. */
  readonly block: Block | null;
  /** A block under another name that the module has for the same provider: which of the two is used, Terraform leaves to chance. Null for none. */
  readonly rival: Block | null;
  readonly call: ModuleCall;
};

/** A resource that a state holds, and the configuration of the provider that it was made with. */
export type StateResource = {
  /** The names of the modules that it is in, without `module.`. */
  readonly path: readonly string[];
  readonly type: string;
  readonly name: string;
  /** Those of its instances; null is that of one without a key. */
  readonly keys: readonly (string | number | null)[];
  /** Whether it is in an instance of a module that has a key. */
  readonly isInKeyedModule: boolean;
  readonly provider: { readonly path: readonly string[]; readonly source: string; readonly alias: string };
};

/** Another configuration of the same provider, which stands for this one. */
type Proxy = { readonly target: ConfiguredProvider };

/**
 * The configurations of providers in a project, as Terraform finds them: by the source of the provider,
 * not by the name that a module has for it, from what the caller hands over, and from the modules above
 * (Terraform language documentation, "Providers Within Modules").
 */
export class ProviderTree {
  readonly #own = new Map<ModuleCall, Map<string, ConfiguredProvider | Proxy>>();
  readonly #implied = new Map<string, ConfiguredProvider>();
  readonly #registry: UsualRegistry;

  constructor(registry: UsualRegistry) {
    this.#registry = registry;
  }

  /** All that blocks configure. */
  configured(calls: readonly ModuleCall[]): readonly ConfiguredProvider[] {
    return calls.flatMap((call) => [...this.#ownOf(call).values()].flatMap((one) => ('target' in one ? [] : [one])));
  }

  /** The address of what a reference stands for; of what does not exist, one that nothing else has. */
  addressOf(call: ModuleCall, reference: string): string {
    return this.resolve(call, reference)?.address ?? addressIn(call, reference);
  }

  /** The source of the provider that a module has this name for. */
  sourceOf({ module }: ModuleCall, local: string): ProviderSource {
    return sourceOf(local, module, this.#registry);
  }

  /** What a reference such as `aws.logs` stands for in a module; null for what does not exist. */
  resolve(call: ModuleCall, reference: string): ConfiguredProvider | null {
    const { local, alias } = partsOf(reference);
    return this.#find(call, this.sourceOf(call, local), alias);
  }

  /** The configuration that a state names. */
  resolveInState({ path, source, alias }: StateResource['provider'], calls: readonly ModuleCall[]): ConfiguredProvider | null {
    const within = (some: readonly string[]): ModuleCall => calls.find((call) => call.path.join('.') === some.join('.')) ?? within(some.slice(0, -1));
    return this.#find(within(path), this.sourceInState(source, calls), alias);
  }

  /** The source that a state means by what it has. */
  sourceInState(written: string, calls: readonly ModuleCall[]): ProviderSource {
    const { host, formerHost } = this.#registry;
    const source = providerSource(written, this.#registry);
    if (formerHost === null || !source.address.startsWith(`${formerHost}/`)) return source;
    const isNamed = calls.some((call) => [...call.module.requirements.keys()].some((name) => this.sourceOf(call, name).address === source.address));
    return isNamed ? source : providerSource(`${host}${source.address.slice(formerHost.length)}`, this.#registry);
  }

  /** The configurations that a module has itself, and those that it is handed, by source and alias. */
  #ownOf(call: ModuleCall): ReadonlyMap<string, ConfiguredProvider | Proxy> {
    const known = this.#own.get(call);
    if (known !== undefined) return known;
    const own = new Map<string, ConfiguredProvider | Proxy>();
    const replaceable = new Set<string>();
    this.#own.set(call, own);
    for (const block of call.module.providers) {
      const [local = ''] = block.labels;
      const source = this.sourceOf(call, local);
      const key = keyOf(source, aliasOf(block.body));
      const first = own.get(key);
      if (first !== undefined) {
        if ('target' in first || !areApart(first.block, block)) continue;
        own.set(key, { ...first, rival: block });
        replaceable.delete(key);
        continue;
      }
      own.set(key, { address: addressIn(call, referenceFor(block)), source, block, rival: null, call });
      // Modules from before Terraform 0.13 name in this way what they are handed.
      if (call.caller !== null && isEmpty(block.body)) replaceable.add(key);
    }
    for (const [inside, outside] of call.handed) {
      const { local, alias } = partsOf(inside);
      const key = keyOf(this.sourceOf(call, local), alias);
      const target = call.caller === null ? null : this.resolve(call.caller, outside);
      if (target !== null && (!own.has(key) || replaceable.has(key))) own.set(key, { target });
    }
    return own;
  }

  /** A module inherits the default configurations of those above; one with an alias has to be handed to it. */
  #find(call: ModuleCall, source: ProviderSource, alias: string): ConfiguredProvider | null {
    const own = this.#ownOf(call).get(keyOf(source, alias));
    if (own !== undefined) return 'target' in own ? own.target : own;
    if (alias !== '') return null;
    return call.caller === null ? this.#implyFor(source, call) : this.#find(call.caller, source, '');
  }

  #implyFor(source: ProviderSource, root: ModuleCall): ConfiguredProvider {
    const known = this.#implied.get(source.address);
    if (known !== undefined) return known;
    const names = [...root.module.requirements.keys(), source.address.split('/').at(-1) ?? ''];
    // The root may have the same name for another provider.
    const name = names.find((one) => this.sourceOf(root, one).address === source.address);
    const implied = { address: name ?? `provider["${source.address}"]`, source, block: null, rival: null, call: root };
    this.#implied.set(source.address, implied);
    return implied;
  }
}

function partsOf(reference: string): { readonly local: string; readonly alias: string } {
  // What is no name is no provider that is known.
  const [, local = reference, alias = ''] = /^([\p{ID_Continue}-]+)(?:\.([\p{ID_Continue}-]+))?$/u.exec(reference) ?? [];
  return { local, alias };
}

function addressIn({ address }: ModuleCall, reference: string): string {
  return address === '' ? reference : `${address}.${reference}`;
}

function keyOf({ address }: ProviderSource, alias: string): string {
  return `${address} ${alias}`;
}

/** Whether a module says two things of one provider. Two blocks of one name Terraform refuses. */
function areApart(one: Block | null, other: Block): boolean {
  return one !== null && one.labels[0] !== other.labels[0] && JSON.stringify(one.body) !== JSON.stringify(other.body);
}

function isEmpty(body: Body): boolean {
  return namesIn(body).every((name) => name === 'alias' || name === 'version');
}
