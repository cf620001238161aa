import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { assignmentsInEnvironment, assignmentsOf, type Assignment } from '../core/terraform/language/input-variables.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import { parseHcl, parseJson } from './hcl.ts';
import { namesIn } from './module-folder.ts';

/**
 * All values that a run gives to the root module's variables; later values win (Terraform language
 * documentation, "Variable Definition Precedence"). Fails with `project-variables-missing` `{file}` for a
 * `-var-file` that does not exist, and with `project-broken`.
 */
export async function givenVariables(folder: string, { given }: Pick<TerraformRun, 'given'>, env: NodeJS.ProcessEnv): Promise<Result<readonly Assignment[]>> {
  const names = (await namesIn(folder)) ?? [];
  const usual = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name));
  const automatic = names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name));
  const assignments: Assignment[] = [...assignmentsInEnvironment(env)];
  for (const name of [...usual, ...automatic]) {
    const read = await readAssignments(folder, name);
    if (!read.ok) return read;
    assignments.push(...read.value);
  }
  for (const one of given) {
    if (one.kind === 'value') {
      assignments.push({ name: one.name, value: { kind: 'text', text: one.text } });
      continue;
    }
    const read = await readAssignments(folder, one.path);
    if (!read.ok) return read;
    assignments.push(...read.value);
  }
  return succeeded(assignments);
}

async function readAssignments(folder: string, path: string): Promise<Result<readonly Assignment[]>> {
  const text = await readFile(resolve(folder, path), 'utf8').catch(() => null);
  if (text === null) return failed(appError('project-variables-missing', { file: path }));
  const body = path.endsWith('.json') ? parseJson(path, text) : await parseHcl(path, text);
  return body.ok ? succeeded(assignmentsOf(body.value, path.endsWith('.json') ? 'literal' : 'json')) : body;
}
