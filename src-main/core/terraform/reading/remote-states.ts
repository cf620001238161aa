import { evaluate } from '../language/evaluate.ts';
import type { Scope } from '../language/scope.ts';
import { isRecord, type Value } from '../language/values/value.ts';
import { dataIn } from '../language/module-files.ts';
import { instanceScopes } from './modules/instances.ts';
import type { ModuleCall } from './modules/module-call.ts';
import type { ModuleTree } from './modules/module-tree.ts';
import type { Body } from '../structure/body.ts';

/** The ARNs of the roles, and the profiles, with which the data sources `terraform_remote_state` read states in S3, as far as they are known. */
export async function remoteStates(
  calls: readonly ModuleCall[],
  modules: Pick<ModuleTree, 'scopesOf'>,
): Promise<{ readonly roles: readonly string[]; readonly profiles: readonly string[] }> {
  const [roles, profiles] = [new Set<string>(), new Set<string>()];
  for (const call of calls) {
    const states = dataIn(call.module).filter(({ labels }) => labels[0] === 'terraform_remote_state');
    for (const scope of states.length === 0 ? [] : modules.scopesOf(call)) {
      for (const config of (await Promise.all(states.map(({ body }) => configsOf(body, scope)))).flat()) {
        for (const role of rolesIn(config)) roles.add(role);
        const profile = isRecord(config) ? (config['profile'] ?? null) : null;
        if (typeof profile === 'string' && profile !== '') profiles.add(profile);
      }
    }
  }
  return { roles: [...roles], profiles: [...profiles] };
}

async function configsOf(body: Body, scope: Scope): Promise<readonly Value[]> {
  const configs: Value[] = [];
  for (const inside of await instanceScopes(body, scope)) {
    if ((await evaluate(body['backend'], inside)) === 's3') configs.push(await evaluate(body['config'], inside));
  }
  return configs;
}

/** Of the configuration of an `s3` backend, which names a role in an object of its own, or in its older way. */
function rolesIn(config: Value): readonly string[] {
  if (!isRecord(config)) return [];
  const { assume_role: role = null, role_arn: older = null } = config;
  return [isRecord(role) ? (role['role_arn'] ?? null) : null, older].filter((arn) => typeof arn === 'string' && arn !== '') as string[];
}
