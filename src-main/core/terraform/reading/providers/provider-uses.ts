import { referenceTo } from '../../language/blocks.ts';
import type { ProviderConfiguration } from '../../../../contract/terraform-project.ts';
import type { ModuleCall } from '../modules/module-call.ts';
import { placeKnower } from './moves.ts';
import { importedReferences, referencesIn, removedTypes, usesIn } from './provider-references.ts';
import { isNameOfAws } from './provider-sources.ts';
import type { ConfiguredProvider, ProviderTree, StateResource } from './provider-tree.ts';

/** What the state of a project holds: `none` where it has no state yet, `unseen` where it is kept elsewhere. */
export type StateContent = 'none' | 'unseen' | readonly StateResource[];

type Use = ProviderConfiguration['use'];

/**
 * What uses each configuration of a provider that has to do with AWS. Terraform configures none that nothing uses. A block of a
 * resource uses its provider even where `count` makes no instance of it; so does a resource that only the
 * state has and that was not moved, because it will be destroyed.
 */
export function providerUses(
  tree: ProviderTree,
  calls: readonly ModuleCall[],
  /** `isWhole`: whether every module could be read. */
  { state, isWhole }: { readonly state: StateContent; readonly isWhole: boolean },
): ReadonlyMap<ConfiguredProvider, Use> {
  const inPlaceOfAws = sourcesInPlaceOfAws(tree, calls, state);
  const isOfAws = ({ source: { kind, address } }: ConfiguredProvider): boolean => kind !== 'other' || inPlaceOfAws.has(address);
  const configured = tree.configured(calls).filter(isOfAws);
  const uses = new Map<ConfiguredProvider, Use>();
  const mark = (provider: ConfiguredProvider | null, use: Use): void => {
    if (provider !== null && isOfAws(provider) && !uses.has(provider)) uses.set(provider, use);
  };
  const inFiles = new Set<string>();
  for (const call of calls) {
    for (const reference of new Set(referencesIn(call))) mark(tree.resolve(call, reference), 'files');
    for (const { labels } of call.module.resources) inFiles.add([...call.path, ...labels].join('.'));
  }
  for (const [call, reference] of importedReferences(calls)) mark(tree.resolve(call, reference), 'files');
  if (typeof state !== 'string') {
    const isInFiles = ({ path, type, name }: Pick<StateResource, 'path' | 'type' | 'name'>): boolean => inFiles.has([...path, type, name].join('.'));
    const isKept = placeKnower(calls, isInFiles, state);
    const orphans = state.filter((resource) => !isKept(resource));
    for (const { provider } of orphans) mark(tree.resolveInState(provider, calls), 'state');
  }
  // A project does not ask for a provider without any use for it: what used it may have been taken out, and will be destroyed.
  const used = new Set([...uses.keys()].map(({ source }) => source.address));
  for (const provider of configured) if (!used.has(provider.source.address)) mark(provider, 'files');
  if (typeof state === 'string') {
    for (const call of calls) {
      for (const type of removedTypes(call)) mark(tree.resolve(call, referenceTo(type, {})), 'perhaps');
      for (const name of call.module.requirements.keys()) {
        if (!used.has(tree.sourceOf(call, name).address)) mark(tree.resolve(call, name), 'perhaps');
      }
    }
  }
  const isAllSeen = state !== 'unseen' && isWhole;
  for (const provider of configured) mark(provider, isAllSeen ? 'nothing' : 'perhaps');
  return inOrder(configured, uses);
}

/**
 * The addresses of the sources that a module has a name of AWS's provider for, or that resources of its types use, such as
 * a build of the house with a name of its own.
 */
function sourcesInPlaceOfAws(tree: ProviderTree, calls: readonly ModuleCall[], state: StateContent): ReadonlySet<string> {
  const found = calls.flatMap((call) => {
    const { requirements, providers } = call.module;
    const names = [...requirements.keys(), ...providers.flatMap(({ labels }) => labels.slice(0, 1))].filter(isNameOfAws);
    const using = usesIn(call).flatMap(({ type, reference }) => (isNameOfAws(type) ? [reference] : []));
    return [...names.map((name) => tree.sourceOf(call, name)), ...using.flatMap((reference) => tree.resolve(call, reference)?.source ?? [])];
  });
  const imported = importedReferences(calls).flatMap(([call, reference, type]) => (isNameOfAws(type) ? (tree.resolve(call, reference)?.source ?? []) : []));
  const held = typeof state === 'string' ? [] : state.flatMap(({ type, provider }) => (isNameOfAws(type) ? [tree.sourceInState(provider.source, calls)] : []));
  return new Set([...found, ...imported, ...held].map(({ address }) => address));
}

/** As the blocks stand in the files, and those that Terraform makes up behind them. */
function inOrder(configured: readonly ConfiguredProvider[], uses: ReadonlyMap<ConfiguredProvider, Use>): ReadonlyMap<ConfiguredProvider, Use> {
  const first = configured.flatMap((provider) => {
    const use = uses.get(provider);
    return use === undefined ? [] : [[provider, use] as const];
  });
  return new Map([...first, ...uses]);
}
