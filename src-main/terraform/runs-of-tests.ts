import { join } from 'node:path';
import type { Result } from '../contract/app-error.ts';
import type { ProjectReading } from '../contract/terraform-project.ts';
import { succeeded } from '../core/errors.ts';
import { evaluate } from '../core/terraform/language/evaluate.ts';
import { inputVariables, type Assignment } from '../core/terraform/language/input-variables.ts';
import type { Block } from '../core/terraform/language/blocks.ts';
import type { Module } from '../core/terraform/language/module-files.ts';
import type { Body } from '../core/terraform/structure/body.ts';
import { moduleScope, nothingBehind, type Inputs } from '../core/terraform/language/module-scope.ts';
import type { Scope } from '../core/terraform/language/scope.ts';
import { interpretProject } from '../core/terraform/reading/interpret-project.ts';
import type { ProjectSources } from '../core/terraform/reading/modules/module-tree.ts';
import type { UsualRegistry } from '../core/terraform/reading/providers/provider-sources.ts';
import { mergedReadings } from '../core/terraform/reading/merged-readings.ts';
import { moduleInRun, scopeFor, testRuns, type TestRun } from '../core/terraform/reading/runs-of-tests.ts';
import type { TerraformRun } from '../core/terraform/runs/run.ts';
import type { ReadHcl } from './hcl.ts';
import { readConfiguration } from './module-folder.ts';
import { filesOnDisk } from './project-files.ts';
import { automaticAssignments } from './variable-files.ts';

/** A project whose root module has been read. */
export type OpenedProject = Omit<ProjectSources, 'inputs'> & { readonly registry: UsualRegistry; readonly given: readonly Assignment[] };

/**
 * What `terraform test` reaches: every run of every test file with its own variables, providers and module
 * (Terraform language documentation, "Tests"). Tests have a state of their own, which is empty. Fails with `project-broken`.
 */
export async function readTests(project: OpenedProject, run: Pick<TerraformRun, 'program' | 'testFolder'>, readHcl: ReadHcl): Promise<Result<ProjectReading>> {
  const readings: (readonly [run: string, reading: ProjectReading])[] = [];
  for (const place of new Set(['', run.testFolder])) {
    const names = ((await filesOnDisk.names(join(project.folder, place))) ?? []).filter((name) => isTestFile(name, run.program));
    const automatic = place === '' ? succeeded([]) : await automaticAssignments(join(project.folder, place), readHcl);
    if (!automatic.ok) return automatic;
    for (const name of names) {
      const path = join(place, name);
      const body = await readConfiguration(path, await filesOnDisk.read(join(project.folder, path)), readHcl);
      if (!body.ok) return body;
      const within = { ...project, given: [...project.given, ...automatic.value] };
      for (const one of testRuns({ path, body: body.value })) readings.push([`${path}: ${one.name}`, await readRun(within, one, keyOf(path, one))]);
    }
  }
  const { folder, workspace } = project;
  return succeeded(mergedReadings({ folder, workspace }, readings));
}

function isTestFile(name: string, program: TerraformRun['program']): boolean {
  return /\.tftest\.(hcl|json)$/.test(name) || (program === 'tofu' && /\.tofutest\.(hcl|json)$/.test(name));
}

/** Under which `terraform init` lists a module that a run names. */
function keyOf(path: string, { name }: TestRun): string {
  return ['test', ...path.replace(/\.\w+\.\w+$/, '').split(/[/\\]/), name].join('.');
}

async function readRun(project: OpenedProject, run: TestRun, path: string): Promise<ProjectReading> {
  const { folder, sourceDir, workspace, root, registry, given, childModule, surroundings } = project;
  const helper = run.source === undefined ? { folder, sourceDir, module: root } : await childModule(path, run.source, project);
  if ('unread' in helper) return { ...mergedReadings({ folder, workspace }, []), unreadModules: [{ path, reason: helper.unread }] };
  const common = inputVariables(root, given);
  const module = seenByTest(root, given, run);
  // Nothing else is known before it runs.
  const scopeWith = (inputs: Inputs): Scope => moduleScope({ module, inputs, workspace, surroundings });
  const ofFile = over(common, run.variables.file, scopeWith(common));
  const fileScope = scopeWith(ofFile);
  return interpretProject({
    folder: helper.folder,
    sourceDir: helper.sourceDir,
    workspace,
    root: moduleInRun(helper.module, run),
    registry,
    inputs: over(ofFile, run.variables.run, fileScope),
    childModule: (inner, source, caller) => childModule(run.source === undefined ? inner : `${path}.${inner}`, source, caller),
    surroundings,
    state: 'none',
    given: [given, run.variables],
    scopeOf: scopeFor(run, fileScope),
    mocks: run.mocks,
  });
}

/** What a test file sees: the variables of the project, and those that only it, or another file, gives a value. These are of any type. */
function seenByTest(root: Module, given: readonly Assignment[], { variables: { file, run } }: TestRun): Module {
  const declared = new Set(root.variables.flatMap(({ labels }) => labels));
  const names = new Set([...[...file, ...run].flatMap((body) => Object.keys(body)), ...given.flatMap(({ name }) => name ?? [])]);
  const others = [...names].filter((name) => !declared.has(name)).map((name): Block => ({ labels: [name], body: {}, place: { file: '', line: null } }));
  return { ...root, locals: new Map(), variables: [...root.variables, ...others] };
}

/** Values that win over others. */
function over(inputs: Inputs, bodies: readonly Body[], scope: Scope): Inputs {
  const said = new Map(bodies.flatMap((body) => Object.entries(body)));
  return { valueOf: async (name, world) => (said.has(name) ? evaluate(said.get(name), scope) : inputs.valueOf(name, world)), providersBehind: nothingBehind };
}
