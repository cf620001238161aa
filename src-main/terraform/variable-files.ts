import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { assignmentsInEnvironment, assignmentsOf, type Assignment } from '../core/terraform/language/input-variables.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import type { ReadHcl } from './hcl.ts';
import { parseJsonFile } from './json.ts';
import { readConfiguration } from './module-folder.ts';
import { filesOnDisk, isReadOnce } from './project-files.ts';
import { pathIn } from './run-folders.ts';

/**
 * All values that a run gives to the root module's variables; later values win (Terraform language
 * documentation, "Variable Definition Precedence"). A file that can be read only once is left to Terraform, and may give
 * any of them. Fails with `project-variables-missing` `{file}` for a `-var-file` that does not exist, and with
 * `project-broken`.
 */
export async function givenVariables(
  folder: string,
  { given }: Pick<TerraformRun, 'given'>,
  env: NodeJS.ProcessEnv,
  readHcl: ReadHcl,
): Promise<Result<readonly Assignment[]>> {
  const automatic = await automaticAssignments(folder, readHcl);
  if (!automatic.ok) return automatic;
  const assignments: Assignment[] = [...assignmentsInEnvironment(env), ...automatic.value];
  for (const one of given) {
    if (one.kind === 'value') {
      assignments.push({ name: one.name, value: { kind: 'text', text: one.text } });
      continue;
    }
    const read = await readAssignments(folder, one.path, readHcl);
    if (!read.ok) return read;
    assignments.push(...read.value);
  }
  return succeeded(assignments);
}

/** What the files in a folder say that are read without being named. Fails with `project-broken`. */
export async function automaticAssignments(folder: string, readHcl: ReadHcl): Promise<Result<readonly Assignment[]>> {
  const assignments: Assignment[] = [];
  for (const name of await automaticFiles(folder)) {
    const read = await readAssignments(folder, name, readHcl);
    if (!read.ok) return read;
    assignments.push(...read.value);
  }
  return succeeded(assignments);
}

async function automaticFiles(folder: string): Promise<readonly string[]> {
  const names = (await filesOnDisk.names(folder)) ?? [];
  const usual = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name));
  return [...usual, ...names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name))];
}

async function readAssignments(folder: string, path: string, readHcl: ReadHcl): Promise<Result<readonly Assignment[]>> {
  const file = pathIn(folder, path);
  if (await isReadOnce(file)) return succeeded([{ name: null }]);
  const text = await filesOnDisk.read(file);
  if (text === null) return failed(appError('project-variables-missing', { file: path }));
  const isJson = path.endsWith('.json');
  const body = isJson ? parseJsonFile(path, text) : await readConfiguration(path, text, readHcl);
  return body.ok ? succeeded(assignmentsOf(body.value, isJson ? 'literal' : 'json')) : body;
}
