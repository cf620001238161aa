import { join, resolve } from 'node:path';
import type { Result } from '../contract/app-error.ts';
import { ProjectReading } from '../contract/terraform-project.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { constantBoolean } from '../core/terraform/language/constant.ts';
import { inputVariables, type Assignment } from '../core/terraform/language/input-variables.ts';
import type { Module } from '../core/terraform/language/module-files.ts';
import { interpretProject } from '../core/terraform/reading/interpret-project.ts';
import type { StateContent } from '../core/terraform/reading/providers/provider-uses.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import { hclReader } from './hcl.ts';
import { installedModules, modulesOfPlan, modulesOnDisk } from './installed-modules.ts';
import { moduleReader } from './module-folder.ts';
import { filesOnDisk } from './project-files.ts';
import { backendInUse, recordedBackend, stateContent } from './project-state.ts';
import type { SavedPlan } from './saved-plan.ts';
import { configurationIn, foldersOf } from './run-folders.ts';
import { readTests, type OpenedProject } from './runs-of-tests.ts';
import { surroundingsOf } from './surroundings.ts';
import { isPreparedByTofu, usualRegistry } from './usual-registry.ts';
import { givenVariables } from './variable-files.ts';

type Recorded = Awaited<ReturnType<typeof recordedBackend>>;

export type ProjectRun = {
  readonly run: TerraformRun;
  /** With the `PWD` that the program will be started with: Terraform has names of folders from it. */
  readonly env: NodeJS.ProcessEnv;
  /** The program as the command line names it; it is run to read a saved plan. */
  readonly command?: string;
};

/**
 * Reads what the project of a run says about its accounts. Fails with `project-folder-missing`
 * `{folder}`, `project-empty` `{folder}`, `project-broken` `{file, line, reason}`,
 * `project-variables-missing` `{file}`, `project-arguments-unreadable` `{variable}`, `project-plan-unreadable` `{file}`
 * and `project-too-large` `{folder}`.
 * The values of variables stay in this process, except for those that the reading contains.
 */
export async function readProject(project: ProjectRun): Promise<Result<ProjectReading>> {
  const { run, env } = project;
  if (run.unreadArguments !== null) return failed(appError('project-arguments-unreadable', { variable: run.unreadArguments }));
  const folders = foldersOf(run, env);
  const { opened: folder, shown } = folders;
  const readHcl = hclReader();
  const planned = await savedPlanOf(project, folder);
  if (planned !== null && !planned.ok) return planned;
  const plan = planned?.value ?? null;
  const readModule = moduleReader({ files: plan?.files ?? filesOnDisk, readHcl, root: folder, program: run.program });
  const place = plan?.modules.get('') ?? configurationIn(folders, run.configFolder);
  const root = await readModule(place.folder);
  if (!root.ok) return root;
  const given = await givenVariables(folder, run, env, readHcl);
  if (!given.ok) return given;
  const dataFolder = resolve(folder, run.dataFolder);
  const workspace = run.workspace ?? (await selectedWorkspace(dataFolder));
  const recorded = await recordedBackend(dataFolder);
  const opened: OpenedProject = {
    ...place,
    workspace,
    root: { ...root.value, backend: backendInUse(root.value.backend, recorded === 'unreadable' ? null : recorded) },
    registry: usualRegistry(run, env),
    given: plan === null ? given.value : heldTo(plan, root.value, given.value),
    childModule: plan === null ? modulesOnDisk(await installedModules(folder, dataFolder), readModule) : modulesOfPlan(plan.modules, readModule),
    surroundings: surroundingsOf(folders),
  };
  const reading = await withinStack(shown, async () =>
    run.subcommand === 'test'
      ? readTests(opened, run, readHcl)
      : succeeded(await readWhole(opened, plan?.state ?? (await stateOf({ ...opened, folder }, recorded, run)))),
  );
  if (!reading.ok) return reading;
  const parsed = ProjectReading.safeParse({ ...reading.value, folder: shown });
  return parsed.success ? succeeded(parsed.data) : failed(appError('project-too-large', { folder: shown }));
}

/** A value may be nested deeper than the stack is. Fails with `project-too-large` `{folder}` then. */
async function withinStack(folder: string, read: () => Promise<Result<ProjectReading>>): Promise<Result<ProjectReading>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RangeError) return failed(appError('project-too-large', { folder }));
    throw error;
  }
}

/**
 * Reads a project of which it is not known whether Terraform or OpenTofu runs it: it is OpenTofu's where that prepared
 * it, or where only that finds files.
 */
export async function readProjectOfEither(project: ProjectRun): Promise<Result<ProjectReading>> {
  const asTofu: ProjectRun = { ...project, run: { ...project.run, program: 'tofu' } };
  if (await isPreparedByTofu(foldersOf(project.run, project.env).opened)) return readProject(asTofu);
  const reading = await readProject(project);
  if (reading.ok || reading.error.code !== 'project-empty') return reading;
  const ofTofu = await readProject(asTofu);
  return ofTofu.ok || ofTofu.error.code !== 'project-empty' ? ofTofu : reading;
}

/** Null for a run without a saved plan. Few runs have one, and what unpacks it takes long to load. */
async function savedPlanOf({ run: { planFile }, env, command }: ProjectRun, folder: string): Promise<Result<SavedPlan> | null> {
  if (planFile === null || command === undefined) return null;
  const { readSavedPlan } = await import('./saved-plan.ts');
  return readSavedPlan({ program: command, folder, planFile, env });
}

async function readWhole({ given, ...opened }: OpenedProject, state: StateContent): Promise<ProjectReading> {
  return interpretProject({ ...opened, given, inputs: inputVariables(opened.root, given), state });
}

async function stateOf({ folder, workspace, root }: OpenedProject, recorded: Recorded, { stateFile }: TerraformRun): Promise<StateContent> {
  return stateContent({ folder, workspace, stateFile, recorded, declared: root.backend === null ? null : (root.backend.labels[0] ?? 'cloud') });
}

/** A plan keeps the values that it was made with, but for those of ephemeral variables, which are given again. */
function heldTo({ values }: SavedPlan, { variables }: Module, given: readonly Assignment[]): readonly Assignment[] {
  const ephemeral = new Set(variables.flatMap(({ labels, body }) => (constantBoolean(body['ephemeral']) === true ? labels : [])));
  const mayBeGivenAgain = ({ name }: Assignment): boolean => name === null || ephemeral.has(name);
  return [...given.filter(mayBeGivenAgain), ...values.filter((one) => !mayBeGivenAgain(one))];
}

async function selectedWorkspace(dataFolder: string): Promise<string> {
  const selected = (await filesOnDisk.read(join(dataFolder, 'environment'))) ?? '';
  return selected.trim() || 'default';
}
