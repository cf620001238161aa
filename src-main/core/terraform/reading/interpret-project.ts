import type { AccountStatement, ProjectReading, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { bodiesOf, referenceOf, type Block, type Body, type Module } from '../language/module-files.ts';
import { Calls, type Call } from './calls.ts';
import { credentialsOf, providerConfiguration } from './provider-blocks.ts';
import { statementsOf } from './statements.ts';

/** How deep modules may be nested; deeper ones are reported as not read. */
const depthMax = 8;
/** How many module calls are followed at most. */
const callsMax = 300;

type Sources = ConstructorParameters<typeof Calls>[0];

/** Reads what decides which accounts a project's providers reach, and what the project says about those accounts. */
export async function interpretProject(sources: Sources): Promise<ProjectReading> {
  const { folder, workspace, root } = sources;
  const providers: ProviderConfiguration[] = [];
  const statements: AccountStatement[] = [];
  const unreadModules: string[] = [];
  const implied = new Set<string>();
  let calls = 0;
  const tree = new Calls(sources);
  const visited: Call[] = [];
  await visit(tree.root);

  for (const address of implied) {
    const none = { region: null, profile: null, assumeRoles: [], ownCredentials: [], allowedAccountIds: null, forbiddenAccountIds: null };
    if (!providers.some((provider) => provider.address === address)) providers.push({ address, place: null, ...none });
  }
  for (const call of visited) {
    const addressOf = (reference: string): string => call.addresses.get(reference) ?? reference;
    // Where its instances are not known, each of them says what one of which nothing is known says.
    for (const { scope } of call.instances?.items ?? [call]) statements.push(...(await statementsOf({ ...call, scope, addressOf }, providers)));
  }
  const { backend } = root;
  return {
    folder,
    workspace,
    providers,
    statements,
    backend: backend?.labels[0] === 's3' ? { place: backend.place, ...(await credentialsOf(backend.body, tree.root.scope)) } : null,
    unreadModules,
  };

  async function visit(call: Call): Promise<void> {
    const own = call.addresses;
    visited.push(call);
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
    for (const block of call.module.modules) await follow(call, block, own);
  }

  async function follow(call: Call, { labels, body }: Block, own: ReadonlyMap<string, string>): Promise<void> {
    const path = [...call.path, labels[0] ?? ''];
    calls += 1;
    const found = path.length > depthMax || calls > callsMax ? null : await tree.childOf(call, labels[0] ?? '', call.scope);
    if (found === null) {
      unreadModules.push(path.join('.'));
      return;
    }
    for (const [inside, outside] of passedTo(body, own)) found.addresses.set(inside, outside);
    await visit(found);
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
