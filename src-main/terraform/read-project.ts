import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Result } from '../contract/app-error.ts';
import { ProjectReading } from '../contract/terraform-project.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import { inputVariables, type Assignment } from '../core/terraform/language/input-variables.ts';
import type { Module } from '../core/terraform/language/module-files.ts';
import { interpretProject } from '../core/terraform/reading/interpret-project.ts';
import type { FoundModule, ProjectSources } from '../core/terraform/reading/modules/module-tree.ts';
import type { StateContent } from '../core/terraform/reading/providers/provider-uses.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import { hclReader } from './hcl.ts';
import { moduleReader, type ReadModule } from './module-folder.ts';
import { filesOnDisk } from './project-files.ts';
import { backendInUse, recordedBackend, stateContent } from './project-state.ts';
import { readSavedPlan, type SavedPlan } from './saved-plan.ts';
import { readTests, type OpenedProject } from './runs-of-tests.ts';
import { surroundingsOf } from './surroundings.ts';
import { givenVariables } from './variable-files.ts';

type Recorded = Awaited<ReturnType<typeof recordedBackend>>;

export type ProjectRun = {
  readonly run: TerraformRun;
  readonly env: NodeJS.ProcessEnv;
  /** The program as the command line names it; it is run to read a saved plan. */
  readonly command?: string;
  /**
   * Whether the program reads the files itself right after, and refuses the expressions that it cannot parse. They
   * are not checked then, because loading HashiCorp's parser takes longer than all the rest of the reading.
   */
  readonly startsNext?: boolean;
};

/**
 * Reads what the project of a run says about its accounts. Fails with `project-folder-missing`
 * `{folder}`, `project-empty` `{folder}`, `project-broken` `{file, line, reason}`,
 * `project-variables-missing` `{file}`, `project-plan-unreadable` `{file}` and `project-too-large` `{folder}`.
 * The values of variables stay in this process, except for those that the reading contains.
 */
export async function readProject({ run, env, command, startsNext = false }: ProjectRun): Promise<Result<ProjectReading>> {
  const folder = resolve(run.folder);
  const readHcl = hclReader({ checksExpressions: !startsNext });
  const planned = run.planFile === null || command === undefined ? null : await readSavedPlan({ program: command, folder, planFile: run.planFile, env });
  if (planned !== null && !planned.ok) return planned;
  const plan = planned?.value ?? null;
  const readModule = moduleReader({ files: plan?.files ?? filesOnDisk, readHcl, root: folder, program: run.program });
  const root = await readModule(plan?.modules.get('') ?? folder);
  if (!root.ok) return root;
  const given = await givenVariables(folder, run, env, readHcl);
  if (!given.ok) return given;
  const dataFolder = resolve(folder, run.dataFolder);
  const workspace = run.workspace ?? (await selectedWorkspace(dataFolder));
  const installed = plan?.modules ?? (await installedModules(folder, dataFolder));
  const recorded = await recordedBackend(dataFolder);
  const opened: OpenedProject = {
    folder,
    workspace,
    root: { ...root.value, backend: backendInUse(root.value.backend, recorded === 'unreadable' ? null : recorded) },
    given: plan === null ? given.value : heldTo(plan, root.value, given.value),
    childModule: childModules(installed, plan === null, readModule),
    surroundings: surroundingsOf(folder),
  };
  const reading =
    run.subcommand === 'test'
      ? await readTests(opened, run, readHcl)
      : succeeded(await readWhole(opened, plan?.state ?? (await stateOf(opened, recorded, run))));
  if (!reading.ok) return reading;
  const parsed = ProjectReading.safeParse(reading.value);
  return parsed.success ? succeeded(parsed.data) : failed(appError('project-too-large', { folder }));
}

/** Reads a project of which it is not known whether Terraform or OpenTofu runs it: it is OpenTofu's where only OpenTofu finds files. */
export async function readProjectOfEither(project: ProjectRun): Promise<Result<ProjectReading>> {
  const reading = await readProject(project);
  if (reading.ok || reading.error.code !== 'project-empty') return reading;
  const ofTofu = await readProject({ ...project, run: { ...project.run, program: 'tofu' } });
  return ofTofu.ok || ofTofu.error.code !== 'project-empty' ? ofTofu : reading;
}

async function readWhole({ given, ...opened }: OpenedProject, state: StateContent): Promise<ProjectReading> {
  return interpretProject({ ...opened, given, inputs: inputVariables(opened.root, given), state });
}

async function stateOf({ folder, workspace, root }: OpenedProject, recorded: Recorded, { stateFile }: TerraformRun): Promise<StateContent> {
  return stateContent({ folder, workspace, stateFile, recorded, declared: root.backend === null ? null : (root.backend.labels[0] ?? 'cloud') });
}

/** A plan keeps the values that it was made with, but for those of ephemeral variables, which are given again. */
function heldTo({ values }: SavedPlan, { variables }: Module, given: readonly Assignment[]): readonly Assignment[] {
  const ephemeral = new Set(variables.flatMap(({ labels, body }) => (body['ephemeral'] === true ? labels : [])));
  return [...given.filter(({ name }) => ephemeral.has(name)), ...values.filter(({ name }) => !ephemeral.has(name))];
}

/** Where a local module is, the files say: what was installed may be from before a change. A plan holds all of its modules. */
function childModules(installed: ReadonlyMap<string, string>, areLocalOnDisk: boolean, readModule: ReadModule): ProjectSources['childModule'] {
  return async (path, source, caller) => {
    const isLocal = typeof source === 'string' && /^\.\.?([/\\]|$)/.test(source);
    return found(areLocalOnDisk && isLocal ? join(caller, source) : installed.get(path), readModule);
  };
}

async function found(folder: string | undefined, readModule: ReadModule): Promise<FoundModule> {
  if (folder === undefined) return { unread: 'not-installed' };
  const module = await readModule(folder);
  if (module.ok) return { folder, module: module.value };
  return { unread: module.error.code === 'project-folder-missing' || module.error.code === 'project-empty' ? 'not-installed' : 'broken' };
}

const ModuleList = z.object({ Modules: z.array(z.object({ Key: z.string(), Dir: z.string() })) });

/** The folders of installed modules by the path of their calls, as `terraform init` lists them. */
async function installedModules(folder: string, dataFolder: string): Promise<ReadonlyMap<string, string>> {
  const text = (await filesOnDisk.read(join(dataFolder, 'modules', 'modules.json'))) ?? '{}';
  try {
    return new Map(ModuleList.parse(JSON.parse(text)).Modules.map(({ Key, Dir }) => [Key, resolve(folder, Dir)]));
  } catch {
    return new Map();
  }
}

async function selectedWorkspace(dataFolder: string): Promise<string> {
  const selected = (await filesOnDisk.read(join(dataFolder, 'environment'))) ?? '';
  return selected.trim() || 'default';
}
