import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Result } from '../contract/app-error.ts';
import { ProjectReading } from '../contract/terraform-project.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { inputVariables } from '../core/terraform/language/input-variables.ts';
import { interpretProject } from '../core/terraform/reading/interpret-project.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import { lastChange, readModule, readTestProviders } from './module-folder.ts';
import { variablesOfPlan } from './saved-plan.ts';
import { surroundingsOf } from './surroundings.ts';
import { givenVariables } from './variable-files.ts';

export type ProjectRun = {
  readonly run: TerraformRun;
  readonly env: NodeJS.ProcessEnv;
  /** The program as the command line names it; it is run to read a saved plan. */
  readonly command?: string;
};

/**
 * Reads what the project of a run says about its accounts. Fails with `project-folder-missing`
 * `{folder}`, `project-empty` `{folder}`, `project-broken` `{file, line, reason}`,
 * `project-variables-missing` `{file}`, `project-plan-unreadable` `{file}`, `project-plan-outdated` `{file}` and `project-too-large` `{folder}`.
 * The values of variables stay in this process, except for those that the reading contains.
 */
export async function readProject({ run, env, command }: ProjectRun): Promise<Result<ProjectReading>> {
  const folder = resolve(run.folder);
  const tests = run.subcommand === 'test' ? await readTestProviders(folder) : succeeded([]);
  if (!tests.ok) return tests;
  const root = await readModule(folder, folder, run.program, tests.value);
  if (!root.ok) return root;
  const plan = run.planFile === null || command === undefined ? null : { program: command, folder, planFile: run.planFile, env };
  const given = plan === null ? await givenVariables(folder, run, env) : await variablesOfPlan(plan);
  if (!given.ok) return given;
  // A plan is applied with the files as they were when it was made, so nothing is read from files that changed later.
  const plannedAt = plan === null ? Infinity : await changedAt(resolve(folder, plan.planFile));
  const folders = [folder];
  const dataFolder = resolve(folder, run.dataFolder);
  const installed = await installedModules(dataFolder);
  const reading = await interpretProject({
    folder,
    workspace: run.workspace ?? (await selectedWorkspace(dataFolder)),
    root: root.value,
    inputs: inputVariables(root.value, given.value),
    childModule: async (path, source, caller) => {
      const known = installed.get(path);
      const isLocal = typeof source === 'string' && /^\.\.?([/\\]|$)/.test(source);
      if (known === undefined && !isLocal) return null;
      const own = known === undefined ? join(caller, String(source)) : resolve(folder, known);
      folders.push(own);
      const module = await readModule(own, folder, run.program);
      return module.ok ? { folder: own, module: module.value } : null;
    },
    surroundings: surroundingsOf(folder),
  });
  const changes = plan === null ? [] : await Promise.all(folders.map((one) => lastChange(one, run.program)));
  if (plan !== null && changes.some((change) => change > plannedAt)) return failed(appError('project-plan-outdated', { file: plan.planFile }));
  const parsed = ProjectReading.safeParse(reading);
  return parsed.success ? succeeded(parsed.data) : failed(appError('project-too-large', { folder }));
}

/** When a file was last changed, in epoch milliseconds; 0 when it does not exist. */
function changedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

const ModuleList = z.object({ Modules: z.array(z.object({ Key: z.string(), Dir: z.string() })) });

/** The folders of installed modules by the path of their calls, as `terraform init` lists them. */
async function installedModules(dataFolder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(dataFolder, 'modules', 'modules.json'), 'utf8').catch(() => '{}');
  try {
    return new Map(ModuleList.parse(JSON.parse(text)).Modules.map(({ Key, Dir }) => [Key, Dir]));
  } catch {
    return new Map();
  }
}

async function selectedWorkspace(dataFolder: string): Promise<string> {
  const selected = await readFile(join(dataFolder, 'environment'), 'utf8').catch(() => '');
  return selected.trim() || 'default';
}
