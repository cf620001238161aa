import type { AccountStatement, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { accountsAskedFor, type AccountName } from './account-conditions.ts';
import { evaluate, type Scope } from '../language/evaluate.ts';
import type { ExpressionTree, ReadTemplate } from '../language/expression-tree.ts';
import { bodiesOf, labelled, referenceOf, type Block, type Body, type Module } from '../language/module-files.ts';
import { moduleScope, type Inputs } from '../language/module-scope.ts';
import { credentialsOf, providerConfiguration } from './provider-blocks.ts';

/** How deep modules may be nested; deeper ones are reported as not read. */
const depthMax = 8;
/** How many module calls are followed at most. */
const callsMax = 300;

type Sources = {
  readonly folder: string;
  readonly workspace: string;
  readonly root: Module;
  /** The input variables of the root module. */
  readonly inputs: Inputs;
  /** The module that a call means, by the call's path such as `network.vpc`; null when its files are missing. */
  readonly childModule: (path: string, source: unknown, caller: string) => Promise<{ readonly folder: string; readonly module: Module } | null>;
  readonly readTemplate: ReadTemplate;
};

/** One call of a module. */
type Call = {
  /** Such as `module.network.module.vpc`; empty for the root. */
  readonly address: string;
  readonly path: readonly string[];
  readonly folder: string;
  readonly module: Module;
  readonly scope: Scope;
  /** The addresses of provider configurations, by the references that the module uses for them; empty for the root. */
  readonly passed: ReadonlyMap<string, string>;
};

/** Reads what decides which accounts a project's providers reach, and what the project says about those accounts. */
export async function projectReading({ folder, workspace, root, inputs, childModule, readTemplate }: Sources): Promise<ProjectReading> {
  const providers: ProviderConfiguration[] = [];
  const statements: AccountStatement[] = [];
  const unreadModules: string[] = [];
  const implied = new Set<string>();
  let calls = 0;
  const rootScope = moduleScope({ module: root, inputs, workspace, readTemplate });
  await visit({ address: '', path: [], folder, module: root, scope: rootScope, passed: new Map() });

  for (const address of implied) {
    const none = { region: null, profile: null, assumeRoles: [], ownCredentials: [], allowedAccountIds: null, forbiddenAccountIds: null };
    if (!providers.some((provider) => provider.address === address)) providers.push({ address, place: null, ...none });
  }
  const { backend } = root;
  return {
    folder,
    workspace,
    providers,
    statements,
    backend: backend?.labels[0] === 's3' ? { place: backend.place, ...(await credentialsOf(backend.body, rootScope)) } : null,
    unreadModules,
  };

  async function visit(call: Call): Promise<void> {
    const own = new Map(call.passed);
    for (const block of call.module.providers) {
      const [local = ''] = block.labels;
      const { alias } = block.body;
      const reference = typeof alias === 'string' ? `${local}.${alias}` : local;
      // An empty block inside a module only names what is passed to it.
      const isProxy = call.path.length > 0 && Object.keys(block.body).every((name) => name === 'alias' || name === 'version');
      if (!isAws(local, call.module) || isProxy) continue;
      const usual = call.address === '' ? reference : `${call.address}.${reference}`;
      // A test file may configure a provider of the same name.
      const isTaken = providers.some((provider) => provider.address === usual);
      const address = isTaken ? `${usual} (${block.place.file})` : usual;
      if (!isTaken) own.set(reference, address);
      providers.push(await providerConfiguration(address, block, call.scope));
    }
    const addressOf = (reference: string): string => own.get(reference) ?? reference;
    for (const { labels, body } of [...call.module.resources, ...call.module.data]) {
      const reference = referenceOf(body['provider']) ?? (labels[0] ?? '').split('_')[0] ?? '';
      if (!reference.includes('.') && isAws(reference, call.module) && !own.has(reference)) implied.add(addressOf(reference));
    }
    statements.push(...(await statementsOf(call, addressOf)));
    for (const block of call.module.modules) await follow(call, block, own);
  }

  async function follow(call: Call, { labels, body }: Block, own: ReadonlyMap<string, string>): Promise<void> {
    const path = [...call.path, labels[0] ?? ''];
    calls += 1;
    const found = path.length > depthMax || calls > callsMax ? null : await childModule(path.join('.'), body['source'], call.folder);
    if (found === null) {
      unreadModules.push(path.join('.'));
      return;
    }
    const inputsOf: Inputs = async (name) => (name in body ? evaluate(body[name], call.scope) : undefined);
    await visit({
      address: path.map((name) => `module.${name}`).join('.'),
      path,
      folder: found.folder,
      module: found.module,
      scope: moduleScope({ module: found.module, inputs: inputsOf, workspace, readTemplate }),
      passed: passedTo(body, own),
    });
  }
}

/** Without a `providers` argument a module gets the default configurations of its caller. */
function passedTo(body: Body, own: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (!('providers' in body)) return new Map([...own].filter(([reference]) => !reference.includes('.')));
  return new Map(
    bodiesOf(body['providers']).flatMap((providers) =>
      Object.entries(providers).map(([inside, outside]) => {
        const reference = referenceOf(outside) ?? '';
        return [referenceOf(inside) ?? inside, own.get(reference) ?? reference] as const;
      }),
    ),
  );
}

function isAws(local: string, { sources }: Module): boolean {
  return /(^|\/)hashicorp\/(aws|awscc)$/i.test(sources.get(local) ?? `hashicorp/${local}`);
}

type Condition = {
  readonly by: AccountStatement['by'];
  readonly name: string;
  readonly block: Pick<Block, 'place'>;
  readonly condition: unknown;
  /** The data sources that only this condition sees. */
  readonly data: readonly { readonly labels: readonly string[]; readonly body: Body }[];
  /** What `self` stands for in a condition on an `aws_caller_identity`; null for any other condition. */
  readonly self: Body | null;
};

async function statementsOf({ address, module, scope }: Call, addressOf: (reference: string) => string): Promise<readonly AccountStatement[]> {
  const prefix = address === '' ? '' : `${address}.`;
  const providerOf = (body: Body): string => addressOf(referenceOf(body['provider']) ?? 'aws');
  const statements: AccountStatement[] = [];
  for (const { by, name, block, condition, data, self } of conditionsOf(module)) {
    if (typeof condition !== 'string') continue;
    const read = await scope.readTemplate(condition);
    if (read === null) continue;
    const identities = new Map(
      [...module.data, ...data].flatMap(({ labels: [type, own = ''], body }) => (type === identity ? [[own, providerOf(body)] as const] : [])),
    );
    const accountName = accountNames(module, scope, identities, self === null ? null : providerOf(self));
    for (const { provider, accountIds } of await accountsAskedFor(read, scope, accountName)) {
      statements.push({ by, name: `${prefix}${name}`, provider, accountIds, place: block.place });
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
