import { evaluate } from '../language/evaluate.ts';
import { isRecord, type Value } from '../language/values/value.ts';
import type { ModuleCall } from './modules/module-call.ts';
import type { ModuleTree } from './modules/module-tree.ts';

/** The ARNs of the roles with which the data sources `terraform_remote_state` read states in S3, as far as they are known. */
export async function remoteStateRoles(calls: readonly ModuleCall[], modules: Pick<ModuleTree, 'scopesOf'>): Promise<string[]> {
  const roles = new Set<string>();
  for (const call of calls) {
    const states = call.module.data.filter(({ labels }) => labels[0] === 'terraform_remote_state');
    for (const scope of states.length === 0 ? [] : modules.scopesOf(call)) {
      for (const { body } of states) {
        if ((await evaluate(body['backend'], scope)) !== 's3') continue;
        for (const role of rolesIn(await evaluate(body['config'], scope))) roles.add(role);
      }
    }
  }
  return [...roles];
}

/** Of the configuration of an `s3` backend, which names a role in an object of its own, or in its older way. */
function rolesIn(config: Value): readonly string[] {
  if (!isRecord(config)) return [];
  const { assume_role: role = null, role_arn: older = null } = config;
  return [isRecord(role) ? (role['role_arn'] ?? null) : null, older].filter((arn) => typeof arn === 'string' && arn !== '') as string[];
}
