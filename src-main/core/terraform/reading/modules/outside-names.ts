import { evaluate } from '../../language/evaluate.ts';
import { referenceTo, type Block } from '../../language/blocks.ts';
import type { Module } from '../../language/module-files.ts';
import { nothingBehind, providersIn, type Others } from '../../language/module-scope.ts';
import type { Scope, World } from '../../language/scope.ts';
import { notKnown, record, type Value } from '../../language/values/value.ts';
import { instancesOf, valueOfInstances, type Instances } from './instances.ts';

/** The data sources that say something of the account that their provider reaches. */
const identityTypes = ['aws_caller_identity', 'aws_iam_account_alias'] as const;

type Identity = Pick<Block, 'labels' | 'body' | 'isMock'>;

/** A resource or a data source, as its own postcondition sees it. */
export type Self = { readonly block: Block; readonly isData: boolean };

/** A module that is called. The scopes of its instances are those inside of it. */
export type Child = { readonly module: Module; readonly instances: Instances | null };

type Parts = {
  readonly module: Module;
  /** The scope of the module itself. */
  readonly scope: () => Scope;
  /** The module that a call by this name leads to; null where it is not known. */
  readonly childNamed: (name: string) => Promise<Child | null>;
  /** The address of the provider that a reference such as `aws.logs` stands for. */
  readonly addressOf: (reference: string) => string;
};

/** What `module.x` and `data.x.y` stand for in a module. */
export function outsideNames({ module, scope, childNamed, addressOf }: Parts): Others {
  const identities = identityNames(module.data, scope, addressOf);
  return {
    lookUp: async (reference, world) => {
      const [name = '', output] = reference.names;
      if (reference.root === 'data') return identities.lookUp(reference, world);
      const child = reference.root === 'module' ? await childNamed(name) : null;
      return child === null ? notKnown : outputs(child, output, world);
    },
    providersBehind: async (reference, seen) => {
      const [name = '', output] = reference.names;
      if (reference.root === 'data') return identities.providersBehind(reference);
      const child = reference.root === 'module' ? await childNamed(name) : null;
      if (child?.instances === null || child === null) return new Set<string>();
      const found = new Set<string>();
      for (const item of child.instances.items) {
        for (const block of outputBlocks(child, output)) for (const each of await providersIn(block.body['value'], item.scope, seen)) found.add(each);
      }
      return found;
    },
  };
}

/** One output where only that is asked for: others may stand for what is being worked out. */
function outputBlocks({ module, instances }: Child, output: string | undefined): readonly Block[] {
  return module.outputs.filter(({ labels }) => output === undefined || instances?.kind !== 'one' || labels[0] === output);
}

function outputs(child: Child, output: string | undefined, world: World): Promise<Value> {
  return valueOfInstances(child.instances, async (inside) => {
    const entries: (readonly [string, Value])[] = [];
    for (const { labels, body } of outputBlocks(child, output)) entries.push([labels[0] ?? '', await evaluate(body['value'], inside, world)]);
    return record(entries);
  });
}

/** The names of data sources that say which account their provider reaches. */
function identityNames(blocks: readonly Identity[], scope: () => Scope, addressOf: (reference: string) => string): Others {
  const named = (type: string, name: string | undefined) =>
    isIdentityType(type) ? blocks.filter(({ labels }) => labels[0] === type && (name === undefined || labels[1] === name)) : [];
  const providerOf = ({ labels: [type = ''], body }: Identity): string => addressOf(referenceTo(type, body));
  return {
    lookUp: async ({ names: [type = ''] }, world) => {
      const found = named(type, undefined);
      if (found.length === 0) return notKnown;
      const entries: (readonly [string, Value])[] = [];
      for (const block of found) {
        const said: Value = (block.isMock === true ? undefined : world.identities.get(providerOf(block))?.get(type)) ?? notKnown;
        entries.push([block.labels[1] ?? '', await valueOfInstances(await instancesOf(block.body, scope()), async () => said)]);
      }
      return record(entries);
    },
    providersBehind: async ({ names: [type = '', name] }) => new Set(named(type, name).map(providerOf)),
  };
}

function isIdentityType(type: string): boolean {
  return identityTypes.some((known) => known === type);
}

/** The same scope with the data sources that only one `check` block has. */
export function withIdentities(scope: Scope, blocks: readonly Identity[], addressOf: (reference: string) => string): Scope {
  const own = identityNames(blocks, () => scope, addressOf);
  const isOwn = ({ root, names: [type, name] }: { readonly root: string; readonly names: readonly string[] }): boolean =>
    root === 'data' && blocks.some(({ labels }) => labels[0] === type && labels[1] === name);
  return {
    ...scope,
    lookUp: (reference, world) => (isOwn(reference) ? own.lookUp(reference, world) : scope.lookUp(reference, world)),
    providersBehind: (reference, seen) => (isOwn(reference) ? own.providersBehind(reference) : scope.providersBehind(reference, seen)),
  };
}

/**
 * The resources whose `owner_id` is the account of their provider, which creates them there. What a data source finds
 * may belong to anybody: an image to Canonical, a network or a snapshot to the account that shares it.
 */
const ownTypes: ReadonlySet<string> = new Set(
  'aws_vpc aws_default_vpc aws_subnet aws_security_group aws_route_table aws_network_acl aws_internet_gateway aws_ec2_transit_gateway'.split(' '),
);

/** The same scope, with `self` as a postcondition has it: only what has to do with the provider's account is known. */
export function withSelf(scope: Scope, { block: { labels, body, isMock }, isData }: Self, addressOf: (reference: string) => string): Scope {
  const [type = ''] = labels;
  const provider = addressOf(referenceTo(type, body));
  const isIdentity = isData && isIdentityType(type);
  const isOwner = (name: string | undefined): boolean => name === 'owner_id' && !isData && ownTypes.has(type);
  return {
    ...scope,
    lookUp: async (reference, world) => {
      if (reference.root !== 'self') return scope.lookUp(reference, world);
      const [name = ''] = reference.names;
      const identity = isMock === true ? undefined : world.identities.get(provider);
      const value = isIdentity ? identity?.get(type)?.[name] : isOwner(name) ? identity?.get('aws_caller_identity')?.['account_id'] : undefined;
      return value === undefined ? notKnown : value;
    },
    providersBehind: (reference, seen) => {
      if (reference.root !== 'self') return scope.providersBehind(reference, seen);
      return isIdentity || isOwner(reference.names[0]) ? Promise.resolve(new Set([provider])) : nothingBehind();
    },
  };
}
