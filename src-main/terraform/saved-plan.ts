import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import type { Assignment } from '../core/terraform/language/input-variables.ts';
import type { StateContent } from '../core/terraform/reading/providers/provider-uses.ts';
import type { ModulePlace } from './installed-modules.ts';
import { readRegularFile } from '../files/read-file.ts';
import { bytesMax, filesInMemory, type ProjectFiles } from './project-files.ts';
import { stateOf } from './project-state.ts';
import { pathIn } from './run-folders.ts';

/** How much of a plan is unpacked, in bytes. */
const unpackedMax = 128 * 1024 * 1024;

/** The part of a plan's JSON that is read (Terraform internals, "JSON Output Format"). */
const Plan = z.object({ variables: z.record(z.string(), z.object({ value: z.json().optional() })).optional() });

const Manifest = z.array(z.object({ Key: z.string(), Dir: z.string() }));

type PlanFile = {
  /** The program that made it, as the command line names it. */
  readonly program: string;
  readonly folder: string;
  readonly planFile: string;
  readonly env: NodeJS.ProcessEnv;
};

/** What `terraform apply` takes out of a saved plan, whatever the folder holds by then. */
export type SavedPlan = {
  readonly files: ProjectFiles;
  /** Its modules by the path of their calls; the root's has an empty one. */
  readonly modules: ReadonlyMap<string, ModulePlace>;
  readonly state: StateContent;
  /** The values that it was made with. */
  readonly values: readonly Assignment[];
};

/** Reads the configuration, the state and the values in a saved plan. Fails with `project-plan-unreadable` `{file}`. */
export async function readSavedPlan(plan: PlanFile): Promise<Result<SavedPlan>> {
  try {
    const bytes = await bytesOf(plan);
    const entries = unpacked(bytes);
    const manifest = Manifest.parse(JSON.parse(entries.get('tfconfig/modules.json') ?? ''));
    const texts = new Map<string, string>();
    for (const { Key, Dir } of manifest) {
      const prefix = `tfconfig/m-${Key}/`;
      for (const [name, text] of entries) if (name.startsWith(prefix)) texts.set(resolve(plan.folder, Dir, name.slice(prefix.length)), text);
    }
    return succeeded({
      files: filesInMemory(texts),
      modules: new Map(manifest.map(({ Key, Dir }) => [Key, { folder: resolve(plan.folder, Dir), sourceDir: Dir }])),
      state: stateOf(entries.get('tfstate') ?? ''),
      values: await valuesOf(plan, bytes),
    });
  } catch {
    return failed(appError('project-plan-unreadable', { file: plan.planFile }));
  }
}

/** A plan is a ZIP file. */
function unpacked(bytes: Uint8Array): ReadonlyMap<string, string> {
  let left = unpackedMax;
  const entries = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (name !== 'tfstate' && !name.startsWith('tfconfig/')) return false;
      left -= originalSize;
      if (left < 0) throw new Error('too large');
      return true;
    },
  });
  return new Map(Object.entries(entries).map(([name, content]) => [name, new TextDecoder().decode(content)]));
}

function bytesOf({ folder, planFile }: PlanFile): Promise<Uint8Array> {
  return readRegularFile(pathIn(folder, planFile), bytesMax);
}

/**
 * The values of the plan that was shown last. To show one, Terraform loads every provider, which can take longer than the
 * app waits for a command to start; and right before that the plan is read again.
 */
let lastShown: { readonly content: string; readonly values: readonly Assignment[] } | null = null;

async function valuesOf(plan: PlanFile, bytes: Uint8Array): Promise<readonly Assignment[]> {
  const content = contentOf(plan, bytes);
  if (lastShown?.content === content) return lastShown.values;
  const values = await shownValues(plan);
  // Another plan may have been put there before it was shown.
  lastShown = contentOf(plan, await bytesOf(plan)) === content ? { content, values } : null;
  return values;
}

function contentOf({ program, folder, planFile }: PlanFile, bytes: Uint8Array): string {
  return JSON.stringify([program, folder, planFile, createHash('sha256').update(bytes).digest('hex')]);
}

/** Only the program itself knows how its plans keep values. */
async function shownValues({ program, folder, planFile, env }: PlanFile): Promise<readonly Assignment[]> {
  // These variables add arguments that the user means for other commands than this one.
  const { TF_CLI_ARGS: _all, TF_CLI_ARGS_show: _own, ...quiet } = env;
  const { stdout } = await promisify(execFile)(program, ['show', '-json', planFile], { cwd: folder, env: quiet, maxBuffer: 1 << 30 });
  const { variables = {} } = Plan.parse(JSON.parse(stdout));
  return Object.entries(variables).map(([name, { value = null }]): Assignment => ({ name, value: { kind: 'literal', json: value } }));
}
