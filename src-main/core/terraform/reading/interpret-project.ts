import type { AccountStatement, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import type { Scope } from '../language/evaluate.ts';
import type { ExpressionTree } from '../language/expression-tree.ts';
import { bodiesOf, labelled, referenceOf, type Block, type Body, type Module } from '../language/module-files.ts';
import { accountsAskedFor, type AccountName } from './account-conditions.ts';
import { instanceScopes, moduleTree, type ModuleCall, type ProjectSources } from './module-tree.ts';
import { backendCredentials, providerSaid } from './provider-blocks.ts';
import { ProviderTree, type ConfiguredProvider } from './provider-tree.ts';
import { providerUses, type StateContent } from './provider-uses.ts';

type Sources = ProjectSources & {
  readonly state: StateContent;
  /** For a provider block that stands outside of the module: what it sees. */
  readonly scopeOf?: (block: Block) => Scope | undefined;
};

/** Reads what decides which accounts a project's providers reach, and what the project says about those accounts. */
export async function interpretProject({ state, scopeOf, ...sources }: Sources): Promise<ProjectReading> {
  const { folder, workspace, root } = sources;
  const { calls, unread } = await moduleTree(sources);
  const [rootCall, ...others] = calls;
  if (rootCall === undefined) throw new Error('A project has a root module.');
  const tree = new ProviderTree([rootCall, ...others]);
  const providers: ProviderConfiguration[] = [];
  for (const [provider, use] of providerUses(tree, calls, { state, isWhole: unread.length === 0 })) {
    if (provider.block?.isMock === true) continue;
    providers.push({ ...(await saidOf(provider, provider.block === null ? undefined : scopeOf?.(provider.block))), use });
  }
  const statements: AccountStatement[] = [];
  for (const call of calls) statements.push(...(await statementsOf(call, (reference) => tree.resolve(call, reference)?.address ?? reference)));
  const { backend } = root;
  const [kind] = backend?.labels ?? [];
  const by = kind === undefined ? 'cloud' : kind === 'remote' ? 'remote' : null;
  return {
    folder,
    workspace,
    providers,
    statements,
    backend: backend !== null && kind === 's3' ? { place: backend.place, ...(await backendCredentials(backend.body, rootCall.scope)) } : null,
    runsElsewhere: backend === null || by === null ? null : { by, place: backend.place },
    unreadModules: [...unread],
  };
}

async function saidOf({ address, source, block, call }: ConfiguredProvider, scope: Scope = call.scope): Promise<Omit<ProviderConfiguration, 'use'>> {
  const none = { region: null, profile: null, assumeRoles: [], ownCredentials: [], allowedAccountIds: null, forbiddenAccountIds: null, doubts: [] };
  const said = block === null ? none : await providerSaid(block, scope);
  return { address, place: block?.place ?? null, ...said, foreignSource: source.kind === 'foreign' ? source.address.slice(0, 256) : null };
}

type Condition = {
  readonly by: AccountStatement['by'];
  readonly name: string;
  readonly block: Block;
  readonly condition: unknown;
  /** The data sources that only this condition sees. */
  readonly data: readonly { readonly labels: readonly string[]; readonly body: Body }[];
  /** What `self` stands for in a condition on an `aws_caller_identity`; null for any other condition. */
  readonly self: Body | null;
};

/** What each instance of a module, and of the blocks in it, asks for. */
async function statementsOf({ address, module, instances }: ModuleCall, addressOf: (reference: string) => string): Promise<readonly AccountStatement[]> {
  const prefix = address === '' ? '' : `${address}.`;
  const providerOf = (body: Body): string => addressOf(referenceOf(body['provider']) ?? 'aws');
  const statements: AccountStatement[] = [];
  const identitiesIn = (blocks: Condition['data']) =>
    blocks.flatMap(({ labels: [type, own = ''], body }) => (type === identity ? [[own, providerOf(body)] as const] : []));
  const shared = identitiesIn(module.data);
  for (const { by, name, block, condition, data, self } of conditionsOf(module)) {
    if (typeof condition !== 'string') continue;
    for (const outside of instances) {
      const read = await outside.readTemplate(condition);
      if (read === null) continue;
      const identities = new Map([...shared, ...identitiesIn(data)]);
      for (const scope of await instanceScopes(block.body, outside)) {
        const accountName = accountNames(module, scope, identities, self === null ? null : providerOf(self));
        for (const { provider, accountIds } of await accountsAskedFor(read, scope, accountName)) {
          statements.push({ by, name: `${prefix}${name}`, provider, accountIds, place: block.place });
        }
      }
    }
  }
  return statements;
}

const identity = 'aws_caller_identity';

function accountNames(module: Module, scope: Scope, identities: ReadonlyMap<string, string>, self: string | null): AccountName {
  const named = async (traversal: Parameters<AccountName>[0], seen: readonly string[]): Promise<string | null> => {
    const names = traversal.map(({ segment }) => segment);
    if (names.length === 2 && names[0] === 'self' && names[1] === 'account_id') return self;
    if (names.length === 4 && names[0] === 'data' && names[1] === identity && names[3] === 'account_id') return identities.get(names[2] ?? '') ?? null;
    const [root, local = ''] = names;
    const said = root === 'local' && names.length === 2 && !seen.includes(local) ? module.locals.get(local) : undefined;
    if (typeof said !== 'string' || !said.includes('${')) return null;
    const read = await scope.readTemplate(said);
    const only = read === null ? null : alone(read.tree);
    return only?.type === 'scopeTraversal' ? named(only.meta.traversal, [...seen, local]) : null;
  };
  return (traversal) => named(traversal, []);
}

/** The one expression that a template consists of. */
function alone(tree: ExpressionTree): ExpressionTree {
  const [only, ...others] = tree.children;
  const isAround = tree.type === 'template' || tree.type === 'templateWrap' || tree.type === '';
  return isAround && only !== undefined && others.length === 0 ? alone(only) : tree;
}

/** Every condition of a module that may be about an account. */
function conditionsOf({ checks, data, resources, outputs }: Module): readonly Condition[] {
  const inChecks = checks.flatMap((block) =>
    bodiesOf(block.body['assert']).map((assert): Condition => ({
      by: 'check',
      name: `check.${block.labels[0] ?? ''}`,
      block,
      condition: assert['condition'],
      data: labelled(block.body['data'], 2),
      self: null,
    })),
  );
  const of = (block: Block, name: string, self: Body | null, bodies: readonly Body[]): readonly Condition[] =>
    (['precondition', 'postcondition'] as const).flatMap((by) =>
      bodies.flatMap((body) => bodiesOf(body[by]).map((condition): Condition => ({ by, name, block, condition: condition['condition'], data: [], self }))),
    );
  const lifecycle = ({ body }: Block): readonly Body[] => bodiesOf(body['lifecycle']);
  return [
    ...inChecks,
    ...resources.flatMap((block) => of(block, block.labels.join('.'), null, lifecycle(block))),
    ...data.flatMap((block) => of(block, `data.${block.labels.join('.')}`, block.labels[0] === identity ? block.body : null, lifecycle(block))),
    ...outputs.flatMap((block) => of(block, `output.${block.labels[0] ?? ''}`, null, [block.body])),
  ];
}
