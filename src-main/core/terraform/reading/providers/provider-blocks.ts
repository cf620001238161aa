import type { AccountIds, KnownText, ProjectRole, ProviderConfiguration } from '../../../../contract/terraform-project.ts';
import { evaluate } from '../../language/evaluate.ts';
import { withName } from '../../language/module-scope.ts';
import { bodiesOf, traversalIn, withoutMarks, type Block } from '../../language/blocks.ts';
import type { Scope } from '../../language/scope.ts';
import { textOf } from '../../language/values/convert.ts';
import { isKnown, isList, itemsOf, notKnown, type Value } from '../../language/values/value.ts';
import { positionOf, type Body } from '../../structure/body.ts';
import { anyInstance, instanceScopes } from '../modules/instances.ts';
import { doubtsOf } from './provider-arguments.ts';

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

type Said = Credentials & Pick<ProviderConfiguration, 'allowedAccountIds' | 'forbiddenAccountIds' | 'doubts'>;

/**
 * What a provider block says about its account. One with `for_each`, which OpenTofu has, is read as one configuration:
 * what differs between its instances is not known.
 */
export async function providerSaid(block: Block, scope: Scope): Promise<Said> {
  if (!('for_each' in block.body)) return saidIn(block, scope);
  const instances: Said[] = [];
  for (const inside of await instanceScopes(block.body, scope)) instances.push(await saidIn(block, inside));
  return saidByAll(instances, await saidIn(block, anyInstance(scope)));
}

/** `any` is what one of them says of which `each` is not known. */
function saidByAll(instances: readonly Said[], any: Said): Said {
  const [first] = instances;
  const inCommon = <K extends keyof Said>(name: K): Said[K] => {
    const isSame = first !== undefined && instances.every((said) => JSON.stringify(said[name]) === JSON.stringify(first[name]));
    return isSame ? first[name] : any[name];
  };
  return {
    region: inCommon('region'),
    profile: inCommon('profile'),
    assumeRoles: inCommon('assumeRoles'),
    ownCredentials: inCommon('ownCredentials'),
    allowedAccountIds: allowedForOne(instances) ?? inCommon('allowedAccountIds'),
    forbiddenAccountIds: inCommon('forbiddenAccountIds'),
    doubts: inCommon('doubts'),
  };
}

/** The accounts that are allowed for one of the instances: the AWS provider itself keeps each to its own. Null where one may have all accounts. */
function allowedForOne(instances: readonly Said[]): AccountIds | null {
  const allowed = instances.map(({ allowedAccountIds: ids }) => (ids?.kind === 'known' ? ids.value : null));
  const all = allowed.flatMap((ids) => ids ?? []);
  return all.length === 0 || allowed.includes(null) ? null : { kind: 'known', value: [...new Set(all)] };
}

async function saidIn(block: Block, scope: Scope): Promise<Said> {
  const { body } = block;
  return {
    ...(await credentialsOf(body, scope)),
    assumeRoles: await rolesOf(body, scope),
    allowedAccountIds: await idsOf(body['allowed_account_ids'], scope),
    forbiddenAccountIds: await idsOf(body['forbidden_account_ids'], scope),
    doubts: await doubtsOf(block, scope),
  };
}

/** How the `s3` backend gets its credentials. */
export async function backendCredentials(body: Body, scope: Scope): Promise<Credentials> {
  // Beside the roles, its older way to name one.
  const older = 'role_arn' in body ? [await roleOf(body, scope)].filter(isGiven) : [];
  return { ...(await credentialsOf(body, scope)), assumeRoles: [...(await rolesOf(body, scope)), ...older] };
}

async function credentialsOf(body: Body, scope: Scope): Promise<Omit<Credentials, 'assumeRoles'>> {
  return {
    region: await argument(body['region'], scope),
    profile: await argument(body['profile'], scope),
    ownCredentials: await presentOf(body, scope),
  };
}

/** Roles are assumed in the order of the file, whether their blocks are dynamic or not. */
async function rolesOf(body: Body, scope: Scope): Promise<ProjectRole[]> {
  const blocks: { readonly at: number; readonly roles: readonly ProjectRole[] }[] = [];
  const said = body['assume_role'];
  const evaluated = typeof said === 'string' ? said : undefined;
  for (const role of await roleBodies(said, scope)) blocks.push({ at: offsetOf(role), roles: [await roleOf(role, scope, evaluated)] });
  for (const block of bodiesOf(body['dynamic']).flatMap((dynamic) => bodiesOf(dynamic['assume_role']))) {
    blocks.push({ at: offsetOf(block), roles: await dynamicRoles(block, scope) });
  }
  return blocks
    .sort((one, other) => one.at - other.at)
    .flatMap(({ roles }) => roles)
    .filter(isGiven);
}

function offsetOf(body: Body): number {
  return positionOf(body)?.offset ?? 0;
}

function isGiven({ roleArn }: ProjectRole): boolean {
  return !(roleArn.kind === 'known' && roleArn.value === '');
}

/** Blocks, or the one object that the backend takes. An expression in their place is unknown as a whole. */
async function roleBodies(json: unknown, scope: Scope): Promise<readonly Body[]> {
  if (typeof json !== 'string') return bodiesOf(json);
  const value = await evaluate(json, scope);
  if (value === null) return [];
  if (typeof value === 'object' && !isList(value)) return [value];
  return isList(value) ? value.flatMap((item) => (typeof item === 'object' && item !== null ? [item as Body] : [])) : [{ role_arn: json }];
}

/** `evaluated` is the expression that the body is the value of, where the file has no body there. */
async function roleOf(body: Body, scope: Scope, evaluated?: string): Promise<ProjectRole> {
  const sessionName = await spelledOut(body['session_name'], scope, evaluated);
  return {
    roleArn: (await argument(body['role_arn'], scope)) ?? { kind: 'known', value: '' },
    externalId: await spelledOut(body['external_id'], scope, evaluated),
    sessionName: sessionName?.kind === 'known' ? sessionName : null,
  };
}

/**
 * An argument that would be told to the account of a role when AWS is asked where it leads. Only one that
 * the file spells out is known: an expression may hold the value of a variable.
 */
async function spelledOut(json: unknown, scope: Scope, evaluated: string | undefined): Promise<KnownText | null> {
  const said = await argument(json, scope);
  const isSpelledOut = evaluated === undefined && !/[$%]\{/.test(String(json));
  return said === null || isSpelledOut ? said : { kind: 'unknown', expression: expressionOf(evaluated ?? json) };
}

async function dynamicRoles(block: Body, scope: Scope): Promise<readonly ProjectRole[]> {
  const items = itemsOf(await evaluate(block['for_each'], scope));
  const [content = {}] = bodiesOf(block['content']);
  const iterator = 'iterator' in block ? traversalIn(block['iterator'])?.root : 'assume_role';
  if (items === null || iterator === undefined)
    return [{ roleArn: { kind: 'unknown', expression: expressionOf(block['for_each']) }, externalId: null, sessionName: null }];
  const roles: ProjectRole[] = [];
  for (const item of items) roles.push(await roleOf(content, withName(scope, iterator, item)));
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

/** The expression much as the file has it, without the `${` and `}` around it. */
export function expressionOf(json: unknown): string {
  return (typeof json === 'string' ? withoutMarks(json) : written(json)).slice(0, 2_048);
}

/** A value as HCL writes it. */
function written(json: unknown): string {
  if (typeof json === 'string') return /^\$\{[^{}]*\}$/.test(json) ? expressionOf(json) : JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map(written).join(', ')}]`;
  if (typeof json !== 'object' || json === null) return String(json);
  return `{ ${Object.entries(json)
    .map(([name, value]) => `${name} = ${written(value)}`)
    .join(', ')} }`;
}
