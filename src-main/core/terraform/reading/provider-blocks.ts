import type { AccountIds, KnownText, ProjectRole, ProviderConfiguration } from '../../../contract/terraform-project.ts';
import { evaluate } from '../language/evaluate.ts';
import { withIterator } from '../language/module-scope.ts';
import { bodiesOf, type Block, type Body } from '../language/module-files.ts';
import type { Scope } from '../language/scope.ts';
import { textOf } from '../language/values/convert.ts';
import { isKnown, isList, itemsOf, notKnown, type Value } from '../language/values/value.ts';

/** Arguments that bring credentials other than those of the run (provider documentation, "Authentication and Configuration"). */
const ownCredentials = [
  'access_key',
  'secret_key',
  'token',
  'shared_credentials_file',
  'shared_credentials_files',
  'shared_config_files',
  'assume_role_with_web_identity',
  'web_identity_token',
  'web_identity_token_file',
] as const;

type Credentials = Pick<ProviderConfiguration, 'region' | 'profile' | 'assumeRoles' | 'ownCredentials'>;

/** What a provider block says about its account. */
export async function providerConfiguration(address: string, { body, place }: Block, scope: Scope): Promise<ProviderConfiguration> {
  return {
    address,
    place,
    ...(await credentialsOf(body, scope)),
    allowedAccountIds: await idsOf(body['allowed_account_ids'], scope),
    forbiddenAccountIds: await idsOf(body['forbidden_account_ids'], scope),
  };
}

/** How a provider block, or the `s3` backend, gets its credentials. */
export async function credentialsOf(body: Body, scope: Scope): Promise<Credentials> {
  const dynamic = bodiesOf(body['dynamic']).flatMap((blocks) => bodiesOf(blocks['assume_role']));
  const roles: ProjectRole[] = [];
  for (const role of await roleBodies(body['assume_role'], scope)) roles.push(await roleOf(role, scope));
  for (const block of dynamic) roles.push(...(await dynamicRoles(block, scope)));
  // The backend's older way to name a role.
  if ('role_arn' in body) roles.push(await roleOf(body, scope));
  return {
    region: await argument(body['region'], scope),
    profile: await argument(body['profile'], scope),
    assumeRoles: roles.filter(({ roleArn }) => !(roleArn.kind === 'known' && roleArn.value === '')),
    ownCredentials: await presentOf(body, scope),
  };
}

/** Blocks, or the one object that the backend takes. An expression in their place is unknown as a whole. */
async function roleBodies(json: unknown, scope: Scope): Promise<readonly Body[]> {
  if (typeof json !== 'string') return bodiesOf(json);
  const value = await evaluate(json, scope);
  if (value === null) return [];
  if (typeof value === 'object' && !isList(value)) return [value];
  return isList(value) ? value.flatMap((item) => (typeof item === 'object' && item !== null ? [item as Body] : [])) : [{ role_arn: json }];
}

async function roleOf(body: Body, scope: Scope): Promise<ProjectRole> {
  return {
    roleArn: (await argument(body['role_arn'], scope)) ?? { kind: 'known', value: '' },
    externalId: await argument(body['external_id'], scope),
    sessionName: await argument(body['session_name'], scope),
  };
}

async function dynamicRoles(block: Body, scope: Scope): Promise<readonly ProjectRole[]> {
  const items = itemsOf(await evaluate(block['for_each'], scope));
  const [content = {}] = bodiesOf(block['content']);
  if (items === null) return [{ roleArn: { kind: 'unknown', expression: expressionOf(block['for_each']) }, externalId: null, sessionName: null }];
  const iterator = typeof block['iterator'] === 'string' ? block['iterator'].replaceAll(/[${}]/g, '') : 'assume_role';
  const roles: ProjectRole[] = [];
  for (const item of items) roles.push(await roleOf(content, withIterator(scope, iterator, item)));
  return roles;
}

/** An argument that is null, or an empty text, counts as left out. */
async function argument(json: unknown, scope: Scope): Promise<KnownText | null> {
  const value = await valueOf(json, scope);
  if (value === null || value === '') return null;
  const text = textOf(value);
  return text === null ? { kind: 'unknown', expression: expressionOf(json) } : { kind: 'known', value: text };
}

async function idsOf(json: unknown, scope: Scope): Promise<AccountIds | null> {
  const value = await valueOf(json, scope);
  if (value === null) return null;
  const texts = isList(value) ? value.flatMap((id) => textOf(id) ?? []) : [];
  const isWhole = isList(value) && isKnown(value) && texts.length === value.length;
  if (!isWhole) return { kind: 'unknown', expression: expressionOf(json) };
  // An empty list allows every account, and forbids none.
  return texts.length === 0 ? null : { kind: 'known', value: texts };
}

async function presentOf(body: Body, scope: Scope): Promise<string[]> {
  const present: string[] = [];
  for (const name of ownCredentials) {
    const value = await valueOf(body[name], scope);
    if (value !== null && value !== '' && !(isList(value) && value.length === 0)) present.push(name);
  }
  return present;
}

async function valueOf(json: unknown, scope: Scope): Promise<Value> {
  if (json === undefined) return null;
  // It was already evaluated as a part of an expression, and found to be unknown.
  return json === notKnown ? notKnown : evaluate(json, scope);
}

/** The expression as the file has it, without the `${` and `}` around it. */
export function expressionOf(json: unknown): string {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return text.replace(/^\$\{(.*)\}$/s, '$1').slice(0, 2_048);
}
