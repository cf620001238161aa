import type { AccountStatement, Doubt, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import type { Block } from '../language/blocks.ts';
import { evaluate } from '../language/evaluate.ts';
import { dataIn } from '../language/module-files.ts';
import type { Scope } from '../language/scope.ts';
import { mentionedAccounts } from './mentioned-accounts.ts';
import type { ModuleCall } from './modules/module-call.ts';
import { ModuleTree, type ProjectSources } from './modules/module-tree.ts';
import { backendCredentials, providerSaid } from './providers/provider-blocks.ts';
import { isReattached, type UsualRegistry } from './providers/provider-sources.ts';
import { ProviderTree, type ConfiguredProvider } from './providers/provider-tree.ts';
import { providerUses, type StateContent } from './providers/provider-uses.ts';
import { remoteStates } from './remote-states.ts';
import { statementsOf } from './statements.ts';

type PastRelay = NonNullable<ProjectReading['pastRelay']>;

type Sources = ProjectSources & {
  readonly registry: UsualRegistry;
  readonly state: StateContent;
  /** The values that are given to the root module, as they are written. */
  readonly given: unknown;
  /** For a provider block that stands outside of the module: what it sees. */
  readonly scopeOf?: (block: Block) => Scope | undefined;
};

/** Reads what decides which accounts a project's providers reach, and what the project says about those accounts. */
export async function interpretProject({ registry, state, given, scopeOf, ...sources }: Sources): Promise<ProjectReading> {
  const { folder, workspace, root } = sources;
  const tree = new ProviderTree(registry);
  const modules = await ModuleTree.read(sources, (call, reference) => tree.addressOf(call, reference));
  const { calls, unread } = modules;
  const providers: ProviderConfiguration[] = [];
  const pastRelay = calls.flatMap(eksTokensIn);
  for (const [provider, use] of providerUses(tree, calls, { state, isWhole: unread.length === 0 })) {
    if (provider.block?.isMock === true) continue;
    const scope = (provider.block === null ? undefined : scopeOf?.(provider.block)) ?? modules.scopeOf(provider.call);
    const said = await saidOf(provider, scope);
    const doubts: Doubt[] = [
      ...(isReattached(provider.source, registry) ? [{ what: 'TF_REATTACH_PROVIDERS', place: null }] : []),
      ...(provider.rival === null ? [] : [{ what: `provider "${provider.rival.labels[0] ?? ''}"`, place: provider.rival.place }]),
      ...said.doubts,
    ].slice(0, 20);
    providers.push({ ...said, doubts, use });
    if (provider.block !== null && (await isDualStack(provider.block, scope))) pastRelay.push({ what: 'dual-stack', place: provider.block.place });
  }
  let found: readonly string[] | null = null;
  const mentioned = () => (found ??= mentionedAccounts(calls, given));
  // Instances of one module often say the same.
  const statements = new Map<string, AccountStatement>();
  for (const call of calls) {
    const addressOf = (reference: string): string => tree.addressOf(call, reference);
    for (const scope of modules.scopesOf(call)) {
      for (const statement of await statementsOf({ ...call, scope, addressOf }, providers, mentioned)) statements.set(JSON.stringify(statement), statement);
    }
  }
  const states = await remoteStates(calls, modules);
  const { backend } = root;
  const [kind] = backend?.labels ?? [];
  const by = kind === undefined ? 'cloud' : kind === 'remote' ? 'remote' : null;
  return {
    folder,
    workspace,
    providers,
    statements: [...statements.values()],
    backend: backend !== null && kind === 's3' ? { place: backend.place, ...(await backendCredentials(backend.body, modules.scopeOf(modules.root))) } : null,
    stateRoles: states.roles.slice(0, 500),
    ...(states.profiles.length === 0 ? {} : { stateProfiles: states.profiles.slice(0, 500) }),
    runsElsewhere: backend === null || by === null ? null : { by, place: backend.place },
    unreadModules: [...unread],
    pastRelay: pastRelay[0] ?? null,
    ...(sources.mocks ? { hasMocks: true } : {}),
  };
}

/** Where a module makes tokens for EKS clusters, as a data source or an ephemeral resource. */
function eksTokensIn({ module }: ModuleCall): PastRelay[] {
  return [...dataIn(module), ...module.resources, ...module.ephemeral].flatMap(({ labels, place }) =>
    labels[0] === 'aws_eks_cluster_auth' ? [{ what: 'eks-token', place }] : [],
  );
}

/** The AWS provider refuses such endpoints together with any other. */
async function isDualStack({ body }: Block, scope: Scope): Promise<boolean> {
  const said = await evaluate(body['use_dualstack_endpoint'] ?? null, scope);
  return said === true || said === 'true';
}

async function saidOf({ address, source, block }: ConfiguredProvider, scope: Scope): Promise<Omit<ProviderConfiguration, 'use'>> {
  const none = { region: null, profile: null, assumeRoles: [], ownCredentials: [], allowedAccountIds: null, forbiddenAccountIds: null, doubts: [] };
  const said = block === null ? none : await providerSaid(block, scope);
  return { address, place: block?.place ?? null, ...said, foreignSource: source.kind === 'aws' ? null : source.written.slice(0, 256) };
}
