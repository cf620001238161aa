import { evaluate } from '../language/evaluate.ts';
import type { Scope } from '../language/scope.ts';
import { isRecord, type Value } from '../language/values/value.ts';
import { dataIn } from '../language/module-files.ts';
import { instanceScopes } from './modules/instances.ts';
import type { ModuleCall } from './modules/module-call.ts';
import type { ModuleTree } from './modules/module-tree.ts';
import type { Body } from '../structure/body.ts';

/** The ARNs of the roles with which the data sources `terraform_remote_state` read states in S3, as far as they are known. */
export async function remoteStateRoles(calls: readonly ModuleCall[], modules: Pick<ModuleTree, 'scopesOf'>): Promise<string[]> {
  const roles = new Set<string>();
  for (const call of calls) {
    const states = dataIn(call.module).filter(({ labels }) => labels[0] === 'terraform_remote_state');
    for (const scope of states.length === 0 ? [] : modules.scopesOf(call)) {
      for (const { body } of states) for (const role of await rolesOf(body, scope)) roles.add(role);
    }
  }
  return [...roles];
}

async function rolesOf(body: Body, scope: Scope): Promise<readonly string[]> {
  const roles: string[] = [];
  for (const inside of await instanceScopes(body, scope)) {
    if ((await evaluate(body['backend'], inside)) === 's3') roles.push(...rolesIn(await evaluate(body['config'], inside)));
  }
  return roles;
}

/** Of the configuration of an `s3` backend, which names a role in an object of its own, or in its older way. */
function rolesIn(config: Value): readonly string[] {
  if (!isRecord(config)) return [];
  const { assume_role: role = null, role_arn: older = null } = config;
  return [isRecord(role) ? (role['role_arn'] ?? null) : null, older].filter((arn) => typeof arn === 'string' && arn !== '') as string[];
}
