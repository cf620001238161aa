import type { Doubt } from '../../../../contract/terraform-project.ts';
import { evaluate } from '../../language/evaluate.ts';
import { bodiesOf, type Block } from '../../language/blocks.ts';
import type { Scope } from '../../language/scope.ts';
import { booleanOf } from '../../language/values/convert.ts';
import { itemsOf, type Value } from '../../language/values/value.ts';
import { positionOf, type Body } from '../../structure/body.ts';

// What a provider block may hold and still lead where its role says (documentation of the providers aws
// and awscc, "Argument Reference"). Whatever is not named here makes the provider unknown.

/** Read by `provider-blocks.ts`, or without a say in the account that is reached. */
const known: ReadonlySet<string> = new Set([
  ...['alias', 'version', 'for_each', 'region', 'profile', 'allowed_account_ids', 'forbidden_account_ids', 'assume_role'],
  ...['access_key', 'secret_key', 'token', 'shared_credentials_file', 'shared_credentials_files', 'shared_config_files'],
  ...['assume_role_with_web_identity', 'web_identity_token', 'web_identity_token_file'],
  ...['default_tags', 'ignore_tags', 'tag_policy_compliance', 'user_agent', 'max_retries', 'retry_mode', 'token_bucket_rate_limiter_capacity'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'custom_ca_bundle', 'insecure', 'use_dualstack_endpoint', 'use_fips_endpoint'],
  ...['s3_use_path_style', 's3_force_path_style', 's3_us_east_1_regional_endpoint', 'sts_region', 'ec2_metadata_service_endpoint'],
  ...['ec2_metadata_service_endpoint_mode', 'skip_region_validation', 'skip_metadata_api_check', 'skip_medatadata_api_check', 'skip_get_ec2_platforms'],
  // The role that CloudFormation takes for awscc, in the account of the provider itself.
  'role_arn',
]);

/** With one of these no identity is asked for, so nothing shows where the provider leads. */
const silencing: readonly string[] = ['skip_credentials_validation', 'skip_requesting_account_id'];

const inRole: ReadonlySet<string> = new Set([
  ...['role_arn', 'duration', 'duration_seconds', 'external_id', 'policy', 'policy_arns', 'session_name', 'source_identity', 'tags', 'transitive_tag_keys'],
]);

/** Blocks that may be dynamic. */
const dynamicBlocks: ReadonlySet<string> = new Set(['assume_role', 'assume_role_with_web_identity', 'default_tags', 'ignore_tags', 'endpoints']);

/** What in a provider block is not modelled, so that it is not known where the provider leads. */
export async function doubtsOf({ body, place }: Block, scope: Scope): Promise<Doubt[]> {
  const doubts: Doubt[] = [];
  const doubt = (what: string, at: Body = body): void => {
    doubts.push({ what: what.slice(0, 256), place: { ...place, line: positionOf(at)?.line ?? place.line } });
  };
  for (const name of namesIn(body)) {
    if (silencing.includes(name)) {
      const value = await evaluate(body[name], scope);
      if (value !== null && booleanOf(value) !== false) doubt(name);
    } else if (name !== 'endpoints' && name !== 'dynamic' && !known.has(name)) doubt(name);
  }
  for (const role of bodiesOf(body['assume_role'])) for (const name of namesIn(role)) if (!inRole.has(name)) doubt(`assume_role.${name}`, role);
  for (const endpoints of bodiesOf(body['endpoints'])) if (await namesSts(endpoints, scope)) doubt('endpoints.sts', endpoints);
  for (const dynamic of bodiesOf(body['dynamic'])) {
    for (const [name, blocks] of Object.entries(dynamic)) {
      for (const block of bodiesOf(blocks)) if (await isInDoubt(name, block, scope)) doubt(`dynamic "${name}"`, block);
    }
  }
  return doubts.slice(0, 20);
}

async function isInDoubt(name: string, block: Body, scope: Scope): Promise<boolean> {
  const items = itemsOf(await evaluate(block['for_each'], scope));
  if (items?.length === 0) return false;
  if (!dynamicBlocks.has(name)) return true;
  const contents = bodiesOf(block['content']);
  if (name === 'assume_role') return contents.some((content) => namesIn(content).some((inner) => !inRole.has(inner)));
  if (name !== 'endpoints') return name === 'assume_role_with_web_identity';
  for (const content of contents) if (await namesSts(content, scope)) return true;
  return false;
}

/** An endpoint that is null or empty is not set. */
async function namesSts(endpoints: Body, scope: Scope): Promise<boolean> {
  if ('dynamic' in endpoints) return true;
  const value: Value = 'sts' in endpoints ? await evaluate(endpoints['sts'], scope) : null;
  return value !== null && value !== '';
}

/** In JSON a name of two slashes is a comment. */
export function namesIn(body: Body): readonly string[] {
  return Object.keys(body).filter((name) => name !== '//');
}
